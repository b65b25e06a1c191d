from datetime import timedelta

import pytest

from app.db import db, now
from app.decisions import queries
from app.decisions.services import decisions, meetings, referrals
from app.decisions.services.meetings import Verdict
from app.local_time import day_of
from app.moderation.models import BlockKind
from app.proposals.models import DecisionOutcome, Level
from app.workbench.services import objections
from tests.council.factories import MeetingFactory, text
from tests.decisions.factories import condensed, editor, organiser
from tests.moderation.factories import TextBlockFactory
from tests.pdfs import failures, text_of
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

DESK = "/verwaltung/entscheidungen"
DEFERRED = {"outcome": "deferred", "into": "nothing", "level": "other"}


@pytest.fixture
def account(client):
    found = organiser()
    client.sign_in(found)
    return found


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def referred(*wordings, to=None):
    group = to or OrganizationFactory(name="Arbeitskreis Beispiel", slug="arbeitskreis-beispiel")
    found = [condensed(ProposalFactory(), wording=wording, section=None) for wording in wordings]
    return referrals.refer(found, to=group, by=None)


def test_points_go_to_a_group_and_come_back_with_its_recommendation(client, account):
    working_section()
    group = OrganizationFactory(slug="arbeitskreis-beispiel")
    first, second = (condensed(ProposalFactory(), wording=f"Wunsch {number}") for number in (1, 2))
    client.page(DESK)
    address = f"/verwaltung/ueberweisungen/neu?zusammenfuehrung={first.id}&zusammenfuehrung={second.id}"
    client.page(address)
    client.page(address, 422, "POST", data={"question": "Was kostet das?"})

    data = {"organization": group.slug, "question": "Was kostet das?", "due_on": "2026-12-01"}
    assert client.post(address, data=data).location == "/verwaltung/arbeitskreise/arbeitskreis-beispiel"
    page = client.page("/verwaltung/arbeitskreise/arbeitskreis-beispiel")
    assert texts(page, "main section h2") == ["Wunsch 1", "Wunsch 2"]
    assert texts(client.page("/verwaltung/arbeitskreise"), ".counts a") == [f"2 {group.name}"]
    one, two = (queries.open_referral(subject) for subject in (first, second))

    address = "/verwaltung/arbeitskreise/arbeitskreis-beispiel/empfehlungen"
    client.page(address)
    lines = {"recommended": "01.12.2026", "zeile": [one.id, two.id], f"zeile{one.id}-outcome": "rejected"}
    page = client.page(address, 422, "POST", data=lines)
    assert texts(page, ".kern-error span span") == ["Fehler:"]
    client.post(address, data={**lines, f"zeile{one.id}-reason": "Zu teuer."})

    [recommendation] = queries.recommended()
    assert (recommendation.referral_id, recommendation.reason.current.content) == (one.id, "Zu teuer.")
    page = client.page("/verwaltung/arbeitskreise/arbeitskreis-beispiel")
    assert (texts(page, "main section h2"), texts(page, "main h3")) == (["Wunsch 2"], ["Wunsch 1"])
    client.post(f"/verwaltung/ueberweisungen/{two.id}/rueckholung")
    assert queries.open_referral(second) is None


def test_recommendations_keep_what_was_typed_when_a_point_was_taken_back(client, account):
    one, two = referred("Wunsch 1", "Wunsch 2")
    referrals.take_back(two, by=None)
    data = {"recommended": "01.12.2026", "zeile": [one.id, two.id]}
    data |= {f"zeile{one.id}-outcome": "rejected", f"zeile{one.id}-reason": "Zu teuer."}

    page = client.page("/verwaltung/arbeitskreise/arbeitskreis-beispiel/empfehlungen", 422, "POST", data=data)

    assert texts(page, f"#zeile{one.id}-reason") == ["Zu teuer."]
    assert queries.recommended() == []


def test_agenda_is_printed_as_an_accessible_pdf(client, account):
    referred("Frauen lernen schwimmen")

    response = client.get("/verwaltung/arbeitskreise/arbeitskreis-beispiel/tagesordnung.pdf")

    assert (response.mimetype, failures(response.data, "ua1"), failures(response.data, "2a")) == (
        "application/pdf",
        [],
        [],
    )
    assert "1. Frauen lernen schwimmen" in text_of(response.data)
    assert client.get("/verwaltung/arbeitskreise/unbekannt/tagesordnung.pdf").status_code == 404


def test_refer_without_a_choice_leads_back(client, account):
    assert client.get("/verwaltung/ueberweisungen/neu").location == DESK


def recommended_points(*outcomes):
    made = referred(*(f"Wunsch {number}" for number, _ in enumerate(outcomes)))
    for referral, outcome in zip(made, outcomes, strict=True):
        referrals.recommend(referral, outcome=outcome, reason="Die Gruppe meint das.", by=None)
    return made


def typed(referral, **values):
    names = {"is_chosen": "y", "answer": "Das ist die Antwort.", "into": "nothing", "level": "other", **values}
    return {f"punkt{referral.id}-{name}": value for name, value in names.items()}


def test_a_meeting_decides_after_a_look_and_a_second_person_publishes(client, account):
    working_section()
    meeting, earlier = MeetingFactory(day=day_of(now())), MeetingFactory(day=day_of(now()) - timedelta(days=1))
    one, two = recommended_points(DecisionOutcome.REJECTED, DecisionOutcome.DEFERRED)
    offered = [option["value"] for option in client.page(f"{DESK}/sitzung").select("option")]
    assert (meeting.slug in offered, earlier.slug in offered) == (True, False)
    address = f"{DESK}/sitzung/{meeting.slug}"
    assert client.get(f"{DESK}/sitzung?sitzung={meeting.slug}").location == address
    page = client.page(address)
    assert texts(page, f"#punkt{one.id}-answer") == ["Die Gruppe meint das."]
    data = {"punkt": [one.id, two.id], **typed(one, outcome="rejected"), **typed(two, outcome="deferred")}

    page = client.page(address, method="POST", data={**data, "schritt": "ansehen"})
    assert texts(page, ".notice li") == ["abgelehnt: Wunsch 0", "zurückgestellt: Wunsch 1"]
    assert queries.drafts() == []
    client.post(address, data={**data, "schritt": "entscheiden"})
    assert [(each.outcome, each.meeting) for each in queries.drafts()] == [
        (DecisionOutcome.REJECTED, meeting),
        (DecisionOutcome.DEFERRED, meeting),
    ]

    page = client.page(f"{address}/freigabe")
    assert page.select("form.confirm") == []
    client.sign_in(editor())
    page = client.page(f"{address}/freigabe")
    ids = [tag["value"] for tag in page.select("input[name=antwort]")]
    client.post(f"{address}/freigabe", data={"antwort": ids})
    assert queries.drafts() == []
    client.page(f"{address}/freigabe")
    client.page(DESK)


def test_a_meeting_names_what_is_missing_and_keeps_what_was_typed(client, account):
    working_section()
    meeting = MeetingFactory()
    one, two = recommended_points(DecisionOutcome.ACCEPTED, DecisionOutcome.FORWARDED)
    address = f"{DESK}/sitzung/{meeting.slug}"
    data = {"punkt": [one.id, two.id], "schritt": "entscheiden"}
    data |= {**typed(one, outcome="accepted"), **typed(two, outcome="forwarded")}

    page = client.page(address, 422, "POST", data=data)
    assert texts(page, ".notice li") == [
        "Sagen Sie, welches Ziel oder welche Maßnahme daraus wird.",
        "Schreiben Sie dazu, an wen Sie den Vorschlag weitergeleitet haben.",
    ]
    assert texts(page, f"#punkt{two.id}-answer") == ["Das ist die Antwort."]
    page = client.page(address, 422, "POST", data={**data, f"punkt{one.id}-answer": ""})
    assert texts(page, ".notice li") == ["Hier fehlt noch etwas."]
    page = client.page(address, 422, "POST", data={"punkt": [one.id]})
    assert texts(page, ".notice li") == ["Wählen Sie mindestens einen Punkt aus."]
    page = client.page(address, 422, "POST", data={**data, "punkt": [one.id, two.id, 999]})
    assert texts(page, ".notice li")[0].startswith("Über einen Punkt ist inzwischen anders entschieden.")
    assert queries.drafts() == []


def test_decide_starts_with_what_is_recommended(client, account):
    working_section()
    subject = condensed(ProposalFactory())
    [referral] = referrals.refer([subject], to=OrganizationFactory(name="Arbeitskreis Beispiel"), by=None)
    address = f"{DESK}/zusammenfuehrung/{subject.id}"
    page = client.page(address)
    assert "Empfehlung eintragen oder zurückholen" in texts(page, ".notice a")
    blocked = client.post(address, data={"outcome": "rejected", "answer": "Nein.", "into": "nothing", "level": "other"})
    assert blocked.status_code == 409

    referrals.recommend(referral, outcome=DecisionOutcome.DEFERRED, reason="Erst die Kosten.", by=None)

    page = client.page(address)
    assert texts(page, "#answer") == ["Erst die Kosten."]
    assert page.select_one("input[name=outcome][checked]")["value"] == "deferred"


def test_a_released_answer_is_corrected_by_a_new_one(client, account):
    working_section()
    subject = condensed(ProposalFactory())
    municipality = MunicipalityFactory(name="Beispielort")
    data = {"outcome": "forwarded", "answer": "Das macht der Ort.", "into": "nothing", "level": "municipality"}
    client.page(f"{DESK}/zusammenfuehrung/{subject.id}", 422, "POST", data=data)
    client.post(f"{DESK}/zusammenfuehrung/{subject.id}", data={**data, "municipality": municipality.ags})
    [draft] = queries.drafts()
    assert draft.forwarding.level is Level.MUNICIPALITY
    client.page(f"{DESK}/{draft.id}")
    client.page(f"{DESK}/{draft.id}/antwort")
    client.page(f"{DESK}/{draft.id}/antwort", 422, "POST", data={"answer": " "})
    client.post(f"{DESK}/{draft.id}/antwort", data={"answer": "Das macht Beispielort."})
    decisions.release_decision(draft, by=editor())

    page = client.page(f"{DESK}/{draft.id}")
    correct = page.select_one("main .action-link")["href"]
    page = client.page(correct)
    assert texts(page, "h1, #answer") == ["Antwort berichtigen", "Das macht Beispielort."]
    client.post(correct, data={"outcome": "deferred", "answer": "Später.", "into": "nothing", "level": "other"})

    [correction] = queries.drafts()
    assert (correction.condensation, correction.outcome) == (subject, DecisionOutcome.DEFERRED)


def test_a_correction_keeps_the_goal_it_became(client, account):
    section, subject = working_section(), condensed(ProposalFactory())
    data = {"outcome": "accepted", "answer": "Ja.", "into": "goal", "wording": "Ein Ziel", "section": section.slug}
    client.post(f"{DESK}/zusammenfuehrung/{subject.id}", data={**data, "level": "other"})
    [first] = queries.drafts()
    decisions.release_decision(first, by=editor())

    data = {"outcome": "partly", "answer": "Zum Teil.", "into": "same", "level": "other"}
    client.post(f"{DESK}/zusammenfuehrung/{subject.id}", data=data)

    [second] = queries.drafts()
    assert (second.goal, second.outcome, len(second.goal.text.versions)) == (first.goal, DecisionOutcome.PARTLY, 1)


def test_objections_are_shown_and_ask_for_a_word(client, account):
    working_section()
    proposal = ProposalFactory()
    subject = condensed(proposal)
    objections.object_to(subject, version_id=subject.text.current.id, proposal=proposal, words="So nicht gemeint.")
    data = {"outcome": "rejected", "answer": "Nein.", "into": "nothing", "level": "other"}

    page = client.page(f"{DESK}/zusammenfuehrung/{subject.id}", 422, "POST", data=data)
    assert "So nicht gemeint." in texts(page, ".notice p")
    client.post(f"{DESK}/zusammenfuehrung/{subject.id}", data={**data, "objection_reason": "Die Frist läuft ab."})

    [draft] = queries.drafts()
    assert draft.objection_reply.reason.current.content == "Die Frist läuft ab."


def test_workflow_is_shown_from_the_table(client, account):
    page = client.page(f"{DESK}/ablauf")

    assert texts(page, "tbody th")[0] == "veröffentlichen"
    assert len(page.select("tbody tr")) == 8


def test_index_asks_as_often_for_three_as_for_one(client, account, count_queries):
    meeting = MeetingFactory()
    counts = []
    for number in (1, 2):
        for place in range(number):
            condensed(ProposalFactory(), wording=f"Offen {number} {place}")
            verdict = Verdict(
                condensed(ProposalFactory(), wording=f"{number} {place}"), DecisionOutcome.REJECTED, "Nein."
            )
            meetings.decide_meeting(meeting, verdicts=[verdict], by=None)
        db.session.expire_all()
        with count_queries() as statements:
            client.page(DESK)
        counts.append(len(statements))

    assert counts == [14, 14]


@pytest.mark.parametrize(
    ("block", "own", "answer"),
    [
        ("danke", "", "Danke für Ihren Beitrag."),
        ("danke", "Das gibt es schon.", "Danke für Ihren Beitrag. Das gibt es schon."),
        ("", "Das gibt es schon.", "Das gibt es schon."),
    ],
)
def test_an_answer_is_a_text_block_own_words_or_both(client, account, block, own, answer):
    TextBlockFactory(slug="danke", kind=BlockKind.ANSWER, text=text("Danke für Ihren Beitrag."))
    working_section()
    condensation = condensed(ProposalFactory(), wording="Ein Wunsch.")

    client.post(f"{DESK}/zusammenfuehrung/{condensation.id}", data={**DEFERRED, "block": block, "answer": own})

    assert [draft.answer.current.content for draft in queries.drafts()] == [answer]


def test_an_answer_without_any_words_is_asked_for(client, account):
    TextBlockFactory(slug="grund", kind=BlockKind.REASON)
    working_section()
    condensation = condensed(ProposalFactory(), wording="Ein Wunsch.")

    page = client.page(f"{DESK}/zusammenfuehrung/{condensation.id}", 422, "POST", data=DEFERRED)

    assert texts(page, "#answer-error") == ["Fehler: Zu jeder Entscheidung gehört eine öffentliche Antwort."]
    assert page.select("#block") == []  # blocks for other purposes are not offered

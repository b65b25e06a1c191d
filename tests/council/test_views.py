from datetime import UTC, date, datetime

import pytest

from app.accounts.models import Role
from app.concept.models import Effect
from app.council import services
from app.council.models import AnnexContent, ConsultationRole, Outcome, ResultKind
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from tests.concept.factories import AdoptionFactory, PaperEditionFactory
from tests.council.factories import (
    AnnexFactory,
    ConsultationFactory,
    ConsultationMeetingFactory,
    MeetingFactory,
    MeetingResultFactory,
    PaperFactory,
    ResolutionFactory,
    text,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory


def words(tag):
    return " ".join(tag.text.split())


def body(name, kind=OrganizationKind.COMMITTEE):
    return OrganizationFactory(name=name, kind=kind)


def test_index_lists_papers_with_their_way(client):
    paper = PaperFactory(number="2016/114", title="Rahmenkonzept", dated_on=date(2016, 6, 16))
    advice = ConsultationFactory(paper=paper, organization=body("Sozialausschuss"), position=1)
    ResolutionFactory(consultation=advice)
    ConsultationFactory(paper=paper, organization=body("Kreistag"), position=2)
    PaperFactory(number=None, title="Ohne alles", dated_on=None, is_example=True)
    PaperFactory(title="Entwurf", sent_at=None)

    page = client.page("/vorlagen")

    assert [words(item) for item in page.select(".paper-list > li")] == [
        "Beschlussvorlage 2016/114, 16.06.2016 Rahmenkonzept Sozialausschuss: empfohlen Kreistag: noch offen",
        "Beschlussvorlage ohne Nummer, ohne Datum Beispiel Ohne alles",
    ]


def test_index_finds_by_words_and_body(client):
    found = ConsultationFactory(paper=PaperFactory(title="Rahmenkonzept"), organization=body("Kreistag"))
    ConsultationFactory(paper=PaperFactory(title="Rahmenplan"))
    ConsultationFactory(paper=PaperFactory(title="Anderes"), organization=found.organization)

    page = client.page(f"/vorlagen?suche=rahmen&gremium={found.organization.slug}")

    assert [words(title) for title in page.select("main h2")] == ["Rahmenkonzept"]
    assert page.select_one("#suche")["value"] == "rahmen"
    assert words(page.select_one("option[selected]")) == "Kreistag"
    assert words(client.page("/vorlagen?suche=Brücke").select_one(".empty-title")) == "Dazu gibt es keine Vorlage"


def test_index_says_what_will_be_here(client):
    PaperFactory(sent_at=None)

    assert words(client.page("/vorlagen").select_one(".empty-title")) == "Noch ist keine Vorlage versandt"


def test_show_looks_like_a_paper(client):
    paper = PaperFactory(
        number="2016/114",
        title="Rahmenkonzept",
        organization=OrganizationFactory(name="Amt", kind=OrganizationKind.OFFICE),
        facts=text("### Lage\n\n- eins\n- zwei\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n<b>laut</b>"),
        sent_at=None,
    )
    AnnexFactory(paper=paper, number=1, title="Das Konzept", content=AnnexContent.UPLOAD, key="a.pdf")
    advice = ConsultationFactory(
        paper=paper, organization=body("Sozialausschuss"), position=1, is_public=True, agenda_item="1"
    )
    for day in (date(2016, 7, 4), date(2016, 7, 11)):
        ConsultationMeetingFactory(consultation=advice, meeting__day=day)
    ConsultationFactory(
        paper=paper,
        organization=body("Steuerungsgruppe", OrganizationKind.STEERING_GROUP),
        position=2,
        role=ConsultationRole.DECISION,
        planned=ProcessDate("2016-12"),
    )
    services.mark_sent(paper)
    services.record_outcome(
        advice, outcome=Outcome.RECOMMENDED, decided=ProcessDate("2016-07-11"), wording="Mit einer Änderung."
    )

    page = client.page(f"/vorlagen/{paper.id}")

    assert [words(fact) for fact in page.select(".facts div")] == [
        "Organisationseinheit Amt",
        "Datum 16.06.2016",
        "Drucksachen-Nr. 2016/114",
    ]
    rows = [[words(cell) for cell in row.select(".cell")] for row in page.select(".table tbody tr")]
    assert rows == [
        [
            *("Sozialausschuss", "öffentlich", "04.07.2016, 11.07.2016", "Vorberatung", "1"),
            "empfohlen Mit einer Änderung.",
        ],
        ["Steuerungsgruppe", "nicht genannt", "Dezember 2016", "Entscheidung", "nicht genannt", "noch offen"],
    ]
    assert [words(heading) for heading in page.select("main h2")] == [
        "Beschlussvorschlag",
        "Sachverhalt",
        "Finanzielle Auswirkungen",
        "Anlagen",
        "Vorberatung",
        "Ergebnis",
    ]
    assert words(page.select_one(".paper-proposal")) == "Dem Beispiel wird zugestimmt."
    assert [words(part) for part in page.select(".paper-text :is(h3, li, td, b)")] == ["Lage", "eins", "zwei", "1", "2"]
    assert words(page.select(".page-body .plain-list")[0]) == "Anlage 1 – Das Konzept PDF"
    assert words(page.select_one(".page-aside p")) == (
        "Der Sozialausschuss hat in seiner Sitzung am 11.07.2016 vorberaten. "
        "Empfehlung: dem Beschlussvorschlag zustimmen."
    )


def test_show_gives_the_days_in_their_order_and_says_which_were_called_off(client):
    advice = ConsultationFactory(paper=PaperFactory())
    ConsultationMeetingFactory(consultation=advice, meeting__day=date(2016, 7, 11), meeting__is_cancelled=True)
    ConsultationMeetingFactory(consultation=advice, meeting__day=date(2016, 7, 4))

    days = client.page(f"/vorlagen/{advice.paper_id}").find("td", {"data-label": "Termine"})
    assert words(days) == "04.07.2016, 11.07.2016 (abgesagt)"


def test_show_puts_the_seal_of_each_body_beside_the_paper(client):
    consultation = ConsultationFactory(organization=body("Sozialausschuss"))
    resolution = ResolutionFactory(consultation=consultation, outcome=Outcome.AGREED, decided=ProcessDate("2017-11"))
    assert words(client.page(f"/vorlagen/{consultation.paper_id}").select_one(".seal")) == (
        "Sozialausschuss zugestimmt November 2017"
    )
    edition = PaperEditionFactory(paper=consultation.paper, edition__number="0.9").edition
    AdoptionFactory(edition=edition, resolution=resolution, effect=Effect.PROVISIONAL, decided=resolution.decided)
    AdoptionFactory(resolution__consultation__paper=PaperFactory())

    page = client.page(f"/vorlagen/{consultation.paper_id}")

    assert [words(seal) for seal in page.select(".seal")] == [
        "Sozialausschuss vorläufig verabschiedet: Fassung 0.9 November 2017"
    ]
    assert [link["href"] for link in page.select(".page-aside a")] == [f"/konzept/{edition.slug}"]


def test_show_names_what_the_paper_does_not_say(client):
    paper = PaperFactory(number=None, dated_on=None)

    assert [words(fact) for fact in client.page(f"/vorlagen/{paper.id}").select(".facts div")][1:] == [
        "Datum nicht genannt",
        "Drucksachen-Nr. ohne Nummer",
    ]


@pytest.mark.parametrize("role", [None, Role.ORGANISER, Role.MODERATOR, Role.ADMIN])
def test_show_hides_a_draft(client, role):
    paper = PaperFactory(sent_at=None)
    if role:
        client.sign_in(AccountFactory(roles=(role,)))

    client.page(f"/vorlagen/{paper.id}", 404)
    client.page(f"/vorlagen/{paper.id + 1}", 404)


def test_show_warns_editors_of_advice_after_the_decision(client):
    advice = ConsultationMeetingFactory(
        consultation__organization=body("Sozialausschuss"), meeting__day=date(2016, 8, 1)
    ).consultation
    ConsultationFactory(
        paper=advice.paper,
        role=ConsultationRole.DECISION,
        planned=ProcessDate("2016-07-25"),
        position=advice.position + 1,
    )
    warning = "Achtung: Sozialausschuss berät vor, tagt aber erst nach der Entscheidung. Prüfen Sie die Termine."

    assert client.page(f"/vorlagen/{advice.paper_id}").select(".notice") == []
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    assert [words(notice) for notice in client.page(f"/vorlagen/{advice.paper_id}").select(".notice")] == [warning]


def test_meeting_shows_its_papers_and_results(client):
    meeting = MeetingFactory(
        slug="kreistag-2016-07-25",
        organization=body("Kreistag", OrganizationKind.COUNCIL),
        day=date(2016, 7, 25),
        is_public=True,
    )
    consultation = ConsultationMeetingFactory(
        meeting=meeting,
        consultation__organization=meeting.organization,
        consultation__agenda_item="1",
        consultation__paper__title="Rahmenkonzept",
    ).consultation
    ResolutionFactory(consultation=consultation, outcome=Outcome.AGREED)
    MeetingResultFactory(
        meeting=meeting,
        kind=ResultKind.DISSOLUTION,
        text="Die Runde wird aufgelöst.",
        organization=body("Runde"),
        source="Vorlage 2016/114",
    )

    page = client.page("/sitzungen/kreistag-2016-07-25")

    assert [words(fact) for fact in page.select(".facts div")] == [
        "Gremium Kreistag",
        "Wann Montag, 25. Juli 2016",
        "Sitzungsart öffentlich",
    ]
    assert [words(item) for item in page.select(".plain-list > li")] == [
        "TOP 1: Rahmenkonzept zugestimmt",
        "Auflösung Die Runde wird aufgelöst. Betrifft: Runde. Quelle: Vorlage 2016/114",
    ]


@pytest.mark.parametrize(
    ("ends_at", "when"),
    [
        (datetime(2026, 3, 16, 16, tzinfo=UTC), "Wann Montag, 16. März 2026, 14.30 bis 17 Uhr"),
        (None, "Wann Montag, 16. März 2026, ab 14.30 Uhr"),
    ],
)
def test_meeting_says_when_and_where(client, ends_at, when):
    meeting = MeetingFactory(
        day=date(2026, 3, 16),
        starts_at=datetime(2026, 3, 16, 13, 30, tzinfo=UTC),
        ends_at=ends_at,
        place="Saal",
        is_cancelled=True,
    )

    page = client.page(f"/sitzungen/{meeting.slug}")

    assert [words(fact) for fact in page.select(".facts div")][1:3] == [when, "Wo Saal"]
    assert words(page.select_one(".notice")) == "Achtung: Diese Sitzung ist abgesagt."


def test_meeting_knows_no_other_address(client):
    MeetingFactory(slug="eine")

    client.page("/sitzungen/keine", 404)


def test_annex_contents_have_words():
    from app.council.forms import ANNEX_LABELS

    assert set(ANNEX_LABELS) == set(AnnexContent)

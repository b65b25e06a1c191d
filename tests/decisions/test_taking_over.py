"""From a contribution to what binds nobody: an idea for municipalities, an example of good practice."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Role
from app.concept import municipal, services
from app.concept.models import SectionKind
from app.db import db
from app.decisions import queries
from app.decisions.services import decisions
from app.decisions.services.acceptance import NewIdea, NewPractice
from app.moderation import copies
from app.moderation.services import redactions
from app.process_date import ProcessDate
from app.proposals import news_items, thread
from app.proposals.entries import entries
from app.proposals.models import Decision, DecisionOutcome
from app.proposals.services import follows, notices
from app.texts import services as texts
from app.texts.services import Span
from tests.concept.factories import GoalFactory, MunicipalIdeaFactory, SectionFactory
from tests.decisions.factories import condensed, editor, organiser
from tests.factories import AccountFactory
from tests.proposals.factories import FollowFactory, ProposalFactory, working_section
from tests.structures.factories import MunicipalityFactory

DESK = "/verwaltung/entscheidungen"
SAID = "Unser Begegnungscafé öffnet jeden Samstag. Familie Beispiel hilft mit."


def practice_in(section, wording=SAID):
    town = MunicipalityFactory(name="Musterdorf")
    facts = services.PracticeFacts(section=section, municipality=town, title="Begegnungscafé", wording=wording)
    return NewPractice(facts)


def told(found):
    return [(entry["kind"], entry.get("title")) for entry in entries(found) if entry["kind"] in {"answer", "wording"}]


def test_a_contribution_becomes_good_practice_and_both_ends_know(app, client, mails):
    proposal = ProposalFactory(content=SAID)
    FollowFactory(text=proposal.text, email="p@example.org")
    decision = decisions.accept(
        Span.of(proposal.text.current, "Unser Begegnungscafé öffnet jeden Samstag."),
        into=practice_in(working_section()),
        answer="Das zeigen wir allen.",
        by=organiser(),
    )
    practice = decision.practice
    with app.test_request_context():
        assert told(thread.of_proposal(proposal)) == []  # nobody released it yet

        decisions.release_decision(decision, by=editor())

        assert told(thread.of_proposal(proposal)) == [
            ("answer", "Entscheidung: angenommen"),
            ("wording", "Praxisbeispiel: Begegnungscafé"),
        ]
        [worded] = [step for step in thread.of_result(practice).steps if isinstance(step, thread.Worded)]
        assert (worded.holder, [each.quote for each in worded.passages]) == (practice, [SAID[:42]])

    assert notices.tell_followers() == 1
    assert "Im Konzept: Praxisbeispiel: Begegnungscafé." in mails()[-1].text
    answers = client.page(f"/vorschlaege/{proposal.reference}").select(".answer a")
    assert [(link.text, link["href"]) for link in answers] == [
        ("Daraus wurde: Praxisbeispiel: Begegnungscafé", f"/konzept/praxisbeispiele/{practice.id}/weg")
    ]
    [origin] = client.page("/konzept/praxisbeispiele").select(f"#beispiel-{practice.id} a")
    assert SAID in client.page(origin["href"]).text
    assert client.get("/konzept/praxisbeispiele/9999/weg").status_code == 404


def test_a_wording_becomes_an_idea_and_stays_with_it_through_editions(app):
    proposal, section = ProposalFactory(), working_section()
    subject = condensed(proposal, wording="Ein Beet für alle", section=section)
    decision = decisions.accept(subject, into=NewIdea(section, "Ein Beet in jedem Ort"), answer="Ja.", by=organiser())
    decisions.release_decision(decision, by=editor())
    first = services.cut_edition(slug="1", number="1", title="Erste", reason="x", by=None, allow_incomplete=True)
    services.reword_idea(decision.idea, wording="Ein Beet in jeder Gemeinde", by=None)
    services.drop_idea(decision.idea, reason="Alle haben eines.", by=None)

    for found in (thread.of_proposal(proposal), thread.of_result(decision.idea)):
        worded = [step for step in found.steps if isinstance(step, thread.Worded)]
        assert [(step.edition, step.version.content) for step in worded] == [(first, "Ein Beet in jedem Ort")]
        assert [voice.proposal for voice in found.voices] == [proposal]


def test_blackening_finds_the_example_that_took_the_words_up():
    proposal = ProposalFactory(content=SAID)
    into = practice_in(working_section(), "Familie Beispiel lädt ein.")
    decisions.accept(Span.whole(proposal.text.current), into=into, answer="Ja.", by=organiser())

    redactions.redact(proposal, ["Familie Beispiel"], reason="Nennt eine Familie.", by=None)

    assert [str(each.label) for each in copies.copies_of(proposal)] == ["Praxisbeispiel"]


def test_what_it_became_is_followed_by_its_name(app, client):
    idea = MunicipalIdeaFactory(section=working_section())
    account = AccountFactory()
    client.sign_in(account)

    assert client.post(f"/konzept/ideen/{idea.id}/folgen").status_code == 303

    follow = follows.find_of(account, idea.text)
    with app.test_request_context():
        assert news_items.subject_of(follow).reference == f"Idee für Kommunen, {idea.section.title}"
        assert news_items.followed_address(follow).endswith(f"/konzept/ideen/{idea.id}/weg")


def test_a_decision_has_one_result():
    made = Decision(
        condensation=condensed(ProposalFactory()),
        outcome=DecisionOutcome.ACCEPTED,
        answer=texts.write("Ja.", language="de").text,
        decided=ProcessDate(),
        goal=GoalFactory(),
        idea=MunicipalIdeaFactory(),
    )
    db.session.add(made)

    with pytest.raises(IntegrityError, match="one_result_idea"):
        db.session.flush()


def test_the_desk_leads_from_a_contribution_to_its_idea(client):
    section = working_section()
    proposal = ProposalFactory(content="A garden for all.", language="en", section=section)
    proposal.translation = texts.write("Ein Garten für alle.", language="de").text
    db.session.commit()
    client.sign_in(AccountFactory(roles=[Role.MODERATOR]))
    review = f"/verwaltung/moderation/{proposal.reference}"
    assert "Als Idee für Kommunen übernehmen" not in client.page(review).text

    client.sign_in(organiser())
    [link] = [each for each in client.page(review).select("a") if each.text == "Als Idee für Kommunen übernehmen"]
    page = client.page(link["href"])
    assert page.select_one("[name=wording]").text.strip() == "Ein Garten für alle."
    assert [each["value"] for each in page.select("[name=into][checked], [name=section] [selected]")] == [
        "idea",
        section.slug,
    ]
    data = {"passage": "ganz", "outcome": "accepted", "answer": "Ja.", "level": "other", "section": section.slug}
    client.page(link["href"], 422, "POST", data={**data, "into": "practice", "wording": "Ein Garten"})
    other = SectionFactory(kind=SectionKind.CROSS_CUTTING)
    refused = {**data, "into": "idea", "wording": "Ein Garten", "section": other.slug}
    page = client.page(link["href"], 422, "POST", data=refused)
    assert "nur zu Handlungsfeldern" in page.select_one("#section-error").text

    assert client.post(link["href"], data={**data, "into": "idea", "wording": "Ein Garten"}).status_code == 303

    [draft] = queries.drafts()
    assert (draft.idea.text.current.content, draft.idea) == ("Ein Garten", municipal.ideas()[0])
    assert "Im Konzept: Idee für Kommunen" in client.page(f"{DESK}/{draft.id}").text


def test_the_desk_leads_from_a_wording_to_good_practice(client):
    section, town = working_section(), MunicipalityFactory()
    subject = condensed(ProposalFactory(), wording="Ein Café, das viele tragen.", section=section)
    client.sign_in(organiser())
    page = client.page(f"/verwaltung/zusammenfuehrung/{subject.id}")
    [link] = [each for each in page.select("a") if each.text == "Als Praxisbeispiel übernehmen"]
    data = {"outcome": "accepted", "answer": "Ja.", "level": "other", "into": "practice", "section": section.slug}
    typed = {"wording": "Ein Café", "example_title": "Café", "example_from": town.ags}
    for empty in ("wording", "example_title"):
        page = client.page(link["href"], 422, "POST", data={**data, **typed, empty: " \u200b"})
        assert page.select_one(f"#{empty}-error")

    assert client.post(link["href"], data={**data, **typed}).status_code == 303

    [practice] = municipal.good_practice()
    assert (practice.title, practice.municipality, queries.drafts()[0].practice) == ("Café", town, practice)

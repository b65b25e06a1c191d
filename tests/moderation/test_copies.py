import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.moderation import copies
from app.moderation.naming import hints_in
from app.moderation.services import redactions
from app.proposals.models import Referral
from app.texts.models import TextVersion
from app.texts.services import Span
from app.workbench.services import objections
from app.workbench.services.condensation import Source, condense
from tests.comments.factories import CommentFactory
from tests.decisions.factories import ReferralFactory, condensed
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

DESK = "/verwaltung/moderation"


@pytest.fixture
def named():
    """A contribution that names somebody, and all that says the same."""
    proposal = ProposalFactory(content="Frau Beispiel vom Amt half uns. Danke dafür.")
    subject = condensed(proposal, wording="Menschen wie FRAU  Beispiel helfen.")
    objections.object_to(
        subject, version_id=subject.text.current.id, proposal=proposal, words="Frau Beispiel war es nicht.", at=now()
    )
    drawn = Source(Span.of(proposal.text.current, "Frau Beispiel vom Amt"))
    condense(wording="Das Amt hilft freundlich.", sources=[drawn], section=None, by=None)
    CommentFactory(proposal=proposal, content="Ich kenne Frau Beispiel auch.")
    ReferralFactory(proposal=proposal, question="Was sagt Frau Beispiel dazu?")
    ProposalFactory(content="Sonst.", title="Gespräch mit Frau Beispiel")
    CommentFactory(content="Das ist ein Beispiel, Frau Beispielhaft.")
    return proposal


def test_blackened_words_are_found_in_all_that_repeats_them(named, client):
    assert copies.copies_of(named) == []

    redactions.redact(named, ["Frau Beispiel"], reason="Der Name einer Person.", by=None)

    found = copies.copies_of(named)
    assert sorted(str(each.label) for each in found) == sorted(
        ["Zusammenführung", "Zusammenführung", "Einspruch", "Kommentar", "Frage an einen Arbeitskreis"]
        + [each.label for each in found if each.proposal]
    )
    assert [each.proposal.title for each in found if each.proposal] == ["Gespräch mit Frau Beispiel"]
    assert {each.excerpt for each in found} == {
        "Menschen wie FRAU  Beispiel helfen.",
        "Das Amt hilft freundlich.",
        "Frau Beispiel war es nicht.",
        "Ich kenne Frau Beispiel auch.",
        "Was sagt Frau Beispiel dazu?",
        "Gespräch mit Frau Beispiel",
    }


def test_the_desk_leads_to_each_place_blackens_there_and_takes_it_back(named, client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    page = f"{DESK}/{named.reference}/schwaerzung"
    sent = {"passages": "Frau Beispiel", "reason": "Der Name einer Person."}

    response = client.post(page, data=sent)

    assert (response.status_code, response.location) == (303, page)
    links = [a["href"] for a in client.page(page).select("main ul li a") if a["href"].startswith(f"{page}/")]
    assert len(links) == 5
    review = client.page(f"{DESK}/{named.reference}")
    assert "noch an 6 anderen Stellen" in review.main.text
    comment = next(link for link in links if "Ich kenne" in client.page(link).main.text)
    assert client.page(comment).find("textarea", id="passages").text.strip() == "Frau Beispiel"
    assert client.page(comment, 422, "POST", data={**sent, "passages": "Muster"}).select_one(".kern-error") is not None
    assert client.post(comment, data=sent).location == page
    blackened = select(TextVersion.content).where(TextVersion.content.startswith("Ich kenne"))
    assert db.session.scalars(blackened).all() == ["Ich kenne █████████████ auch."]
    client.page(comment, 404)

    question = next(link for link in links if "/frage/" in link)
    assert client.post(question, data={"passages": "Frau Beispiel"}).location == page
    assert db.session.scalars(select(Referral.question)).all() == ["Was sagt █████████████ dazu?"]

    back = client.page(page).select_one("form[action$=aufhebung][action*='schwaerzung/']")["action"]
    lifts = [form["action"] for form in client.page(page).select("form[action]") if form["action"] != back]
    assert f"{DESK}/{named.reference}/schwaerzung/aufhebung" in {back, *lifts}
    [lift] = [each for each in {back, *lifts} if each.startswith(f"{page}/") and each != f"{page}/aufhebung"]
    assert client.post(lift).location == page
    assert db.session.scalars(blackened).all() == ["Ich kenne Frau Beispiel auch."]
    client.page(f"{page}/wortlaut/{named.text_id}", 404)


@pytest.mark.parametrize(
    ("content", "hints"),
    [
        ("Frau Müller vom Amt sagt nichts.", ["Frau Müller"]),
        (
            "Mit Herrn Ali Beispiel, Tel. 07531 / 12 34 56 oder ali@example.org",
            ["Herrn Ali Beispiel", "07531 / 12 34 56", "ali@example.org"],
        ),
        ("Ask Mrs. Example. Ayşe Hanım weiß es.", ["Mrs. Example", "Ayşe Hanım"]),
        ("пані Приклад допомогла, السيد مثال", ["пані Приклад", "السيد مثال"]),
        ("Jede Frau und jeder Herr soll am 01.02.2026 um 09:30 kommen, für 0,50 Euro.", []),
        ("Die Frau braucht Hilfe. PLZ 78462, Drucksache 2016/114.", []),
    ],
)
def test_a_hint_names_what_may_say_who_somebody_is(content, hints):
    assert hints_in(content) == hints

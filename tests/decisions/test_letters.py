import csv
import io
from datetime import UTC, datetime, timedelta

from app.db import db, now
from app.decisions import letters
from app.decisions.services import decisions
from app.decisions.services import letters as services
from app.moderation.services import moderation
from app.privacy import persons
from app.proposals.models import Contributor, DecisionOutcome, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Contact, Statement
from app.texts.services import Span
from tests.decisions.factories import editor, organiser
from tests.pdfs import failures, text_of
from tests.proposals.factories import ProposalFactory

ADDRESS = "Beispielweg 7\n78462 Konstanz"


def handed_in(name="Olga Beispiel", *, address=ADDRESS, email="", is_confirmed=False, content="Mehr Bänke im Park."):
    proposal = ProposalFactory(content=content)
    confirmed = now() if is_confirmed else None
    db.session.add(
        Contributor(proposal=proposal, name=name, postal_address=address, email=email, email_confirmed_at=confirmed)
    )
    db.session.commit()
    return proposal


def answer(proposal, content="Die Bänke kommen.", *, is_released=True):
    passage = Span.whole(proposal.text.current)
    decision = decisions.decide(passage, outcome=DecisionOutcome.DEFERRED, answer=content, by=organiser())
    if is_released:
        decisions.release_decision(decision, by=editor())
    return decision


def pairs():
    return {(each.contributor.id, decision.id) for each in letters.waiting() for decision in each.decisions}


def test_waiting_are_those_without_mail_once_an_answer_is_public():
    by_letter = handed_in()
    unconfirmed = handed_in(email="nie@example.org")
    for proposal in (
        by_letter,
        unconfirmed,
        handed_in(email="da@example.org", is_confirmed=True),
        handed_in(address=""),
    ):
        answer(proposal)
    answer(handed_in(), is_released=False)
    hidden = handed_in()
    answer(hidden)
    moderation.withhold([hidden], reason="Nennt eine Person.", by=None)

    assert [each.proposal for each in letters.waiting()] == [by_letter, unconfirmed]


def test_mark_sent_keeps_what_came_in_since_and_writes_nobody_twice():
    proposal = handed_in()
    answer(proposal)
    shown = pairs()
    late = handed_in("Ali Beispiel")
    answer(late)

    assert [services.mark_sent(shown, by=organiser()), services.mark_sent(shown, by=None)] == [1, 0]
    assert [each.proposal for each in letters.waiting()] == [late]
    assert [each.contributor.proposal for each in letters.sent()] == [proposal]


def test_a_corrected_answer_is_written_again():
    proposal = handed_in()
    answer(proposal)
    services.mark_sent(pairs(), by=None)

    corrected = answer(proposal, "Die Bänke kommen im Mai.")

    assert [each.decisions for each in letters.waiting()] == [[corrected]]


def test_forget_addresses_after_the_last_letter():
    proposal, waiting = handed_in(), handed_in()
    answer(proposal)
    services.mark_sent(pairs(), by=None, at=datetime(2026, 3, 1, tzinfo=UTC))
    answer(waiting)

    counts = [services.forget_addresses_before(datetime(2026, month, 1, tzinfo=UTC)) for month in (2, 3, 4)]

    assert counts == [0, 1, 0]
    assert [each.contributor.postal_address for each in (proposal, waiting)] == ["", ADDRESS]


def test_forget_addresses_of_what_is_never_answered():
    withdrawn, withheld, public = (handed_in() for _ in range(3))
    intake.withdraw(withdrawn)
    moderation.withhold([withheld], reason="Nennt eine Person.", by=None)

    counts = [services.forget_addresses_before(now() + timedelta(days=days)) for days in (-1, 1)]

    assert counts == [0, 2]
    assert [each.contributor.postal_address for each in (withdrawn, withheld, public)] == ["", "", ADDRESS]


def test_erasing_a_person_takes_their_letters_along():
    proposal = handed_in()
    answer(proposal)
    services.mark_sent(pairs(), by=None)

    persons.erase("nie@example.org", names=["Olga Beispiel"])
    db.session.expire_all()

    assert (letters.sent(), letters.waiting(), proposal.contributor) == ([], [], None)


def test_waiting_asks_as_often_for_three_as_for_one(count_queries):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            answer(handed_in())
        db.session.expunge_all()
        with count_queries() as statements:
            letters.waiting()
        counts.append(len(statements))

    assert counts == [11, 11]


def test_letters_are_printed_listed_and_ticked_off(client):
    proposal = handed_in(content="Mehr Bänke im Park. ✨")
    answer(proposal)
    client.sign_in(organiser())
    page = client.page("/verwaltung/antwortbriefe")

    pdf = client.get("/verwaltung/antwortbriefe/alle.pdf").data
    assert (failures(pdf, "ua1"), failures(pdf, "2a")) == ([], [])
    words = " ".join(text_of(pdf).split())
    for part in ("Olga Beispiel Beispielweg 7 78462 Konstanz", "„Mehr Bänke im Park.", "Die Bänke kommen."):
        assert part in words
    assert text_of(pdf).count("\f") == 1
    content = client.get("/verwaltung/antwortbriefe/anschriften.csv").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [(row["reference"], row["name"], row["address"], row["outcome"]) for row in rows] == [
        (proposal.reference, "Olga Beispiel", ADDRESS, "zurückgestellt")
    ]
    shown = [tag["value"] for tag in page.select("input[name=brief]")]
    client.post("/verwaltung/antwortbriefe/verschickt", data={"brief": [*shown, "x-y", "1"]})
    assert letters.waiting() == []
    client.page("/verwaltung/antwortbriefe")
    assert client.get("/verwaltung/antwortbriefe/alle.pdf").status_code == 404


def test_address_is_typed_with_a_letter(client):
    client.sign_in(organiser())
    data = {"channel": "letter", "received_on": "2026-06-20", "text": "Mehr Bänke.", "kind": "goal", "language": "de"}
    client.post("/verwaltung/beitraege/neu", data={**data, "name": "Olga Beispiel", "postal_address": ADDRESS})

    [contributor] = db.session.query(Contributor)
    assert contributor.postal_address.splitlines() == ADDRESS.splitlines()


def test_whoever_has_only_a_receipt_reads_the_answer(client):
    submission = intake.submit(Statement("Mehr Bänke."), contact=Contact())
    moderation.release([submission.proposal], by=None)
    answer(submission.proposal)
    assert submission.proposal.state is ProposalState.RELEASED

    page = client.page(client.post("/vorschlaege/beleg", data={"code": submission.receipt_code}).location)

    assert page.select_one(".answer p").text.strip() == "Die Bänke kommen."

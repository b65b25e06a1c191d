import pytest

from app.accounts.models import Role
from app.db import db
from app.errors import AnswerMissing
from app.limits import MOST, Action, LimitReached
from app.moderation import queries
from app.moderation.errors import AlreadyAnswered
from app.moderation.models import Report, ReportKind, ReportOutcome
from app.moderation.services import moderation, redactions, reports
from app.privacy import persons
from app.proposals.errors import NotReleased
from app.proposals.models import ProposalState
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

DESK = "/verwaltung/meldungen"


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_reader_reports_confirms_and_hears_back_once(client, mails):
    proposal = ProposalFactory()
    address = f"/vorschlaege/{proposal.reference}/meldung"
    client.page(address)
    page = client.page(address, 422, "POST", data={"email": "keine"})
    assert [each["id"] for each in page.select(".kern-error")] == ["kind-error", "email-error"]
    data = {"kind": "hate", "words": "Das verletzt.", "email": "Liest@Example.org"}
    assert client.post(address, data=data).location == "/vorschlaege/meldung/gesendet"
    client.page("/vorschlaege/meldung/gesendet")
    [made] = db.session.query(Report)
    assert (made.kind, made.words, made.email, made.confirmed_at) == (
        *(ReportKind.HATE, "Das verletzt.", "liest@example.org", None),
    )
    [mail] = mails()
    [link] = [each.removeprefix("http://127.0.0.1:8000") for each in mail.links]
    client.page(link)
    client.post(link)
    assert proposal.is_released

    reports.answer([made], outcome=ReportOutcome.KEPT, words="Scharf, aber erlaubt.", by=AccountFactory())

    assert made.email == ""
    [_, answer] = mails()
    assert answer.to == "liest@example.org"
    assert "Der Beitrag bleibt, wie er ist.\n\nScharf, aber erlaubt." in answer.text
    client.page(link, 409)


def test_nobody_hears_back_who_did_not_confirm(mails):
    made = reports.report(ProposalFactory(), kind=ReportKind.OTHER, email="liest@example.org")

    reports.answer([made], outcome=ReportOutcome.KEPT, words="Nein.", by=AccountFactory())

    assert [mail.subject for mail in mails()] == []
    assert made.email == ""


def test_many_reports_hide_nothing_and_rank(client, moderator):
    often, once = ProposalFactory.create_batch(2)
    for proposal, count in ((once, 1), (often, 12)):
        for _ in range(count):
            reports.report(proposal, kind=ReportKind.HATE)

    assert [each.proposal for each in queries.reported()] == [often, once]
    assert often.is_released
    page = client.page(DESK)
    assert [" ".join(each.text.split()) for each in page.select("h2 a")] == [
        f"{often.reference}: 12 Meldungen",
        f"{once.reference}: eine Meldung",
    ]
    assert "2 Beiträge sind gemeldet" in client.page("/verwaltung/moderation").main.text


def test_desk_answers_all_reports_of_a_contribution(client, moderator):
    proposal = ProposalFactory()
    made = [reports.report(proposal, kind=kind) for kind in (ReportKind.HATE, ReportKind.PERSON)]
    other = reports.report(ProposalFactory(), kind=ReportKind.HATE)
    address = f"{DESK}/{proposal.reference}"
    client.page(address)
    client.page(address, 422, "POST", data={"outcome": "kept"})

    client.post(address, data={"outcome": "kept", "words": "Erlaubt."})

    assert [each.outcome for each in (*made, other)] == [ReportOutcome.KEPT] * 2 + [None]
    assert "Zu diesem Beitrag wartet keine Meldung." in client.page(address).main.text
    client.page(f"{DESK}/V-2026-0000", 404)
    with pytest.raises(AlreadyAnswered):
        reports.answer(made, outcome=ReportOutcome.WITHHELD, words="Doch.", by=moderator)
    with pytest.raises(AnswerMissing):
        reports.answer([other], outcome=ReportOutcome.KEPT, words=" ", by=moderator)


@pytest.mark.parametrize("outcome", [ReportOutcome.WITHHELD, ReportOutcome.REDACTED])
def test_an_answer_says_only_what_was_done(client, moderator, outcome):
    proposal = ProposalFactory(content="Herr Beispiel will das.")
    made = reports.report(proposal, kind=ReportKind.PERSON)
    address = f"{DESK}/{proposal.reference}"

    page = client.page(address, 422, "POST", data={"outcome": outcome, "words": "Getan."})

    assert (made.outcome, page.select_one("textarea").text.strip()) == (None, "Getan.")
    redactions.redact(proposal, ["Herr Beispiel"], reason="Name", by=moderator)
    moderation.withhold([proposal], reason="Name", by=moderator)
    client.post(address, data={"outcome": outcome, "words": "Getan."})
    assert made.outcome is outcome


def test_only_what_is_public_can_be_reported(client):
    proposal = ProposalFactory(state=ProposalState.RECEIVED)
    withheld = ProposalFactory(state=ProposalState.WITHHELD, state_reason="Werbung.")

    assert client.get(f"/vorschlaege/{proposal.reference}/meldung").status_code == 404
    assert client.post(f"/vorschlaege/{withheld.reference}/meldung", data={"kind": "hate"}).status_code == 303
    with pytest.raises(NotReleased):
        reports.report(proposal, kind=ReportKind.HATE)
    assert db.session.query(Report).count() == 0


def test_one_network_reports_so_often_and_no_more():
    proposal = ProposalFactory()
    for _ in range(MOST[Action.REPORT]):
        reports.report(proposal, kind=ReportKind.HATE, source="a" * 64)

    with pytest.raises(LimitReached):
        reports.report(proposal, kind=ReportKind.HATE, source="a" * 64)
    reports.report(proposal, kind=ReportKind.HATE, source="b" * 64)

    assert db.session.query(Report).count() == MOST[Action.REPORT] + 1


def test_a_robot_sees_the_same_page_and_leaves_nothing(client):
    proposal = ProposalFactory()

    answer = client.post(f"/vorschlaege/{proposal.reference}/meldung", data={"kind": "hate", "website": "x"})

    assert (answer.location, db.session.query(Report).count()) == ("/vorschlaege/meldung/gesendet", 0)


def test_erasing_a_person_empties_their_address():
    made = reports.report(ProposalFactory(), kind=ReportKind.OTHER, email="liest@example.org")
    assert persons.export("liest@example.org")["report"][0]["email"] == "liest@example.org"

    assert persons.erase("liest@example.org").counts["report"] == 1

    assert made.email == ""


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions(count_queries, count):
    for _ in range(count):
        reports.report(ProposalFactory(), kind=ReportKind.HATE)
    db.session.expire_all()

    with count_queries() as statements:
        assert len(queries.reported()) == count
    assert len(statements) == 5

from datetime import UTC, date, datetime, timedelta

from app.accounts.models import Role
from app.db import now
from app.decisions import due
from app.decisions.services import decisions, reminders
from app.local_time import day_of
from app.moderation.periods import next_working_day
from app.moderation.services import moderation
from app.proposals.models import DecisionOutcome, ProposalState
from app.texts.services import Span
from tests.decisions.factories import editor, organiser
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

TODAY = date(2026, 9, 16)


def released(days_ago, *, today=TODAY):
    proposal = ProposalFactory(state=ProposalState.RECEIVED)
    at = datetime(today.year, today.month, today.day, 12, tzinfo=UTC) - timedelta(days=days_ago)
    moderation.release([proposal], by=None, at=at)
    return proposal


def answered(proposal, *, is_released=True):
    passage = Span.whole(proposal.text.current)
    decision = decisions.decide(passage, outcome=DecisionOutcome.REJECTED, answer="Nein.", by=organiser())
    if is_released:
        decisions.release_decision(decision, by=editor())


def test_unanswered_are_those_due_until_then_the_longest_waiting_first():
    soon, late, draft = released(80), released(91), released(90)
    released(70)
    answered(released(95))
    answered(draft, is_released=False)
    moderation.withhold([released(95)], reason="Nennt eine Person.", by=None)

    found = due.unanswered(90, until=TODAY + timedelta(days=14))

    assert [(each.proposal, each.on) for each in found] == [
        (late, date(2026, 9, 15)),
        (draft, TODAY),
        (soon, date(2026, 9, 28)),  # the 26th is a Saturday
    ]
    assert due.count(90, today=TODAY, until=TODAY + timedelta(days=14)) == (1, 2)


def test_what_falls_due_at_christmas_is_late_on_the_day_after():
    christmas = date(2026, 12, 25)  # a Friday; Monday is the next day on which offices work
    proposal = released(90, today=christmas)

    assert due.answer_due(proposal, 90) == date(2026, 12, 28)
    counts = [due.count(90, today=date(2026, 12, day), until=date(2026, 12, day)) for day in (27, 28, 29)]
    assert counts == [(0, 0), (0, 1), (1, 0)]


def test_answer_due_counts_from_the_first_publication():
    proposal = released(30)
    moderation.withhold([proposal], reason="Nennt eine Person.", by=None)
    assert due.answer_due(proposal, 90) is None
    moderation.release([proposal], by=None)

    assert due.answer_due(proposal, 90) == date(2026, 11, 16)  # sixty days from today are a Sunday


def test_organisers_are_reminded_once_a_week(mails):
    today = day_of(now())
    account, other = organiser("Nora Beispiel"), AccountFactory(roles=[Role.MODERATOR])
    late, soon = released(100, today=today), released(80, today=today)
    released(10, today=today)

    counts = [reminders.remind_of_answers(90, at=now() + timedelta(days=days)) for days in (0, 1, 6)]
    assert counts == [1, 0, 0]
    [mail] = mails()
    assert (mail.to, mail.subject) == (account.email, "Antworten: 1 überfällig, 1 bald fällig")
    days = [next_working_day(today + timedelta(days=each)) for each in (-10, 10)]
    lines = [f"{late.reference}: {days[0]:%d.%m.%Y} (überfällig)", f"{soon.reference}: {days[1]:%d.%m.%Y}"]
    assert [line for line in mail.text.splitlines() if line.startswith("V-")] == lines
    assert mail.links[0].endswith("/verwaltung/entscheidungen/faellig")
    assert other.email != mail.to
    assert reminders.remind_of_answers(90, at=now() + timedelta(days=7)) == 1


def test_nobody_is_reminded_of_nothing(mails):
    organiser()
    answered(released(100, today=day_of(now())))

    assert reminders.remind_of_answers(90) == 0
    assert mails() == []


def test_a_reminder_loses_its_reason_when_all_is_answered(mails):
    proposal = released(100, today=day_of(now()))
    organiser()
    assert reminders.remind_of_answers(90) == 1
    answered(proposal)

    assert mails() == []


def test_due_answers_are_listed_and_shown_to_everyone(client):
    today = day_of(now())
    proposal = released(100, today=today)
    day = today - timedelta(days=10)
    page = client.page(f"/vorschlaege/{proposal.reference}")
    assert [tag.text.strip() for tag in page.select("dt")][-1] == "Antwort bis"
    client.sign_in(organiser())

    page = client.page("/verwaltung/entscheidungen/faellig")

    assert [" ".join(tag.text.split()) for tag in page.select("tbody td")] == [
        "geprüft",
        f"{day:%d.%m.%Y} überfällig",
    ]
    answered(proposal)
    page = client.page("/verwaltung/entscheidungen/faellig")
    assert page.select("tbody tr") == []
    page = client.page(f"/vorschlaege/{proposal.reference}")
    assert "Antwort bis" not in [tag.text.strip() for tag in page.select("dt")]


def test_due_asks_as_often_for_three_as_for_one(client, count_queries):
    client.sign_in(organiser())
    counts = []
    for number in (1, 2):
        for _ in range(number):
            released(100, today=day_of(now()))
        with count_queries() as statements:
            client.page("/verwaltung/entscheidungen/faellig")
        counts.append(len(statements))

    assert counts == [12, 12]

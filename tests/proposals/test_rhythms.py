from datetime import UTC, datetime

import pytest

from app.db import db
from app.moderation.services import moderation
from app.proposals.models import Follow, ProposalState, Rhythm
from app.proposals.rhythms import told_until
from app.proposals.services import follows, notices
from tests.proposals.factories import FollowFactory, ProposalFactory, ThemeTableFactory

WEEKLY, MONTHLY, AT_ONCE = Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.AT_ONCE
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(month, day, hour=12):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "moment", "until"),
    [
        (AT_ONCE, at(9, 16), at(9, 16)),
        (WEEKLY, at(9, 16), at(9, 14, 5)),  # Monday at seven in summer
        (WEEKLY, at(9, 14, 5), at(9, 14, 5)),
        (WEEKLY, at(9, 14, 4), at(9, 7, 5)),
        (WEEKLY, at(11, 3), at(11, 2, 6)),  # and in winter
        (MONTHLY, at(9, 16), at(9, 1, 5)),
        (MONTHLY, at(9, 1, 4), at(8, 1, 5)),
        (MONTHLY, at(1, 1, 1), datetime(2025, 12, 1, 6, tzinfo=UTC)),
    ],
)
def test_told_until(rhythm, moment, until):
    assert told_until(rhythm, moment) == until


def released(email, on, *, rhythm=AT_ONCE):
    """A contribution that somebody follows and that is released then."""
    proposal = ProposalFactory(state=ProposalState.RECEIVED)
    FollowFactory(email=email, text=proposal.text, rhythm=rhythm, created_at=LONG_AGO)
    moderation.release([proposal], by=None, at=on)
    return proposal


def test_weekly_hears_on_monday_of_all_together(mails):
    released("woche@example.org", at(9, 8), rhythm=WEEKLY)
    released("woche@example.org", at(9, 11), rhythm=WEEKLY)
    released("sofort@example.org", at(9, 11))

    assert [notices.tell_followers(at=moment) for moment in (at(9, 11, 13), at(9, 13), at(9, 14), at(9, 15))] == [
        *(1, 0, 1, 0)
    ]
    assert [(mail.to, mail.subject) for mail in mails()] == [
        ("sofort@example.org", "Es geht weiter: eine Neuigkeit für Sie"),
        ("woche@example.org", "Es geht weiter: 2 Neuigkeiten für Sie"),
    ]


def test_monthly_hears_of_the_whole_month(mails):
    for day in (1, 15, 31):
        released("monat@example.org", at(8, day), rhythm=MONTHLY)

    assert [notices.tell_followers(at=moment) for moment in (at(8, 31, 13), at(9, 1), at(10, 1))] == [0, 1, 0]
    assert mails()[0].subject == "Es geht weiter: 3 Neuigkeiten für Sie"


def test_nothing_is_lost_or_told_twice_when_the_rhythm_changes(mails):
    released("wechsel@example.org", at(9, 8), rhythm=MONTHLY)
    follow = db.session.query(Follow).one()
    assert notices.tell_followers(at=at(9, 9)) == 0

    follows.set_rhythm(follow, AT_ONCE)
    assert notices.tell_followers(at=at(9, 10)) == 1
    follows.set_rhythm(follow, WEEKLY)
    assert [notices.tell_followers(at=moment) for moment in (at(9, 14), at(9, 21), at(10, 1))] == [0, 0, 0]
    assert len(mails()) == 1


def test_an_address_hears_of_a_step_once_however_it_follows():
    proposal = released("doppelt@example.org", at(9, 8), rhythm=WEEKLY)
    table = ThemeTableFactory()
    proposal.table = table
    FollowFactory(email="doppelt@example.org", table=table, rhythm=AT_ONCE, created_at=LONG_AGO)

    assert [notices.tell_followers(at=moment) for moment in (at(9, 9), at(9, 14), at(9, 21))] == [1, 0, 0]


def test_set_rhythm_is_for_everything_an_address_follows_and_for_what_follows():
    first, second = (FollowFactory(email="alle@example.org", text=ProposalFactory().text) for _ in range(2))
    other = FollowFactory(email="andere@example.org", text=ProposalFactory().text)

    follows.set_rhythm(first, WEEKLY)
    third = follows.follow(email="alle@example.org", text=ProposalFactory().text)

    assert [each.rhythm for each in (first, second, third, other)] == [WEEKLY, WEEKLY, WEEKLY, AT_ONCE]


def test_rhythm_is_chosen_when_confirming_and_changed_on_ones_page(client):
    follow = FollowFactory(email="neu@example.org", text=ProposalFactory().text, confirmed_at=None)
    address = f"/folgen/{follows.follow_link(follow)}"
    page = client.page(address)
    assert page.select_one("input[name=rhythm][checked]")["value"] == "at_once"

    client.post(f"{address}/bestaetigung", data={"rhythm": "monthly"})
    assert (follow.rhythm, follow.is_active) == (MONTHLY, True)
    page = client.page(address)
    assert page.select_one("input[name=rhythm][checked]")["value"] == "monthly"
    client.page(f"{address}/rhythmus", 422, "POST", data={"rhythm": "hourly"})
    client.post(f"{address}/rhythmus", data={"rhythm": "weekly"})
    assert follow.rhythm is WEEKLY


def test_confirming_without_a_choice_hears_at_once(client):
    follow = FollowFactory(email="neu@example.org", text=ProposalFactory().text, confirmed_at=None)

    client.post(f"/folgen/{follows.follow_link(follow)}/bestaetigung")

    assert (follow.rhythm, follow.is_active) == (AT_ONCE, True)

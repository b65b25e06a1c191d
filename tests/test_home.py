from datetime import UTC, datetime

import pytest

from app.accounts.models import Role
from app.drafting.models import HearingBody
from app.events.models import AttendanceMode
from app.pages import queries
from tests.drafting.factories import HearingFactory
from tests.events.factories import EventFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import OrganizationFactory

MAY = datetime(2099, 5, 1, 16, tzinfo=UTC)
JUNE = datetime(2099, 6, 1, 16, tzinfo=UTC)


def starting(at: datetime) -> dict[str, datetime]:
    return {"starts_at": at, "ends_at": at.replace(hour=18), "registration_closes_at": at}


def test_home_names_the_next_event_with_places_and_how_many():
    full = EventFactory(capacity=1, **starting(MAY))
    RegistrationFactory(event=full)
    event = EventFactory(title="Dialog", capacity=3, **starting(JUNE))
    RegistrationFactory(event=event)

    found = queries.next_event(datetime(2099, 4, 1, tzinfo=UTC))

    assert (found.event.title, found.places_left) == ("Dialog", 2)


def test_home_counts_both_ways_of_a_hybrid_event():
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=5, **starting(MAY))
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, persons=2, is_online=True)
    assert queries.next_event(datetime(2099, 4, 1, tzinfo=UTC)).places_left == 3

    event.online_capacity = None
    assert queries.next_event(datetime(2099, 4, 1, tzinfo=UTC)).places_left is None


def test_home_names_a_full_event_where_no_other_is_open():
    event = EventFactory(capacity=1, **starting(MAY))
    RegistrationFactory(event=event)

    assert queries.next_event(datetime(2099, 4, 1, tzinfo=UTC)).places_left == 0


def test_home_of_an_empty_installation_invites_to_contribute(client):
    page = client.page("/")

    assert [link["href"] for link in page.select(".tasks a")] == ["/vorschlaege/neu"]


@pytest.mark.parametrize(
    ("role", "areas"),
    [
        (
            Role.MODERATOR,
            ["/verwaltung/boegen", "/verwaltung/moderation", "/verwaltung/kommentare", "/verwaltung/zusammenfuehrung"],
        ),
        (Role.ADMIN, ["/verwaltung/konten"]),
        (
            Role.EDITOR,
            [
                "/verwaltung/aufrufe",
                *("/verwaltung/entscheidungen", "/verwaltung/konzept", "/verwaltung/druck", "/verwaltung/vorlagen"),
                *("/verwaltung/sitzungen", "/verwaltung/gremien"),
            ],
        ),
    ],
)
def test_desk_lists_only_what_one_may_open(client, role, areas):
    client.sign_in(AccountFactory(roles=(role,)))

    page = client.page("/verwaltung")

    assert [link["href"] for link in page.select(".page-body ul a")] == areas


def test_home_names_the_draft_that_lies_out_for_everybody(client):
    HearingFactory(title="Wohnen neu gefasst")
    HearingFactory(title="Nur für Gremien", bodies=[HearingBody(organization=OrganizationFactory())])

    [draft] = client.page("/").select('.tasks a[href="/anregungen"]')
    assert draft.text == "Wohnen neu gefasst"

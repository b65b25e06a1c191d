from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.council.models import (
    Meeting,
    ResultKind,
)
from app.db import db
from app.process_date import ProcessDate
from tests.council.factories import (
    MeetingFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory


def words(tag):
    return " ".join(tag.text.split())


@pytest.fixture
def organiser(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))


TIMES = {"day": "2026-03-16", "starts_at": "14:30", "ends_at": "17:00", "is_public": "no"}
START = datetime(2026, 3, 16, 13, 30, tzinfo=UTC)
END = datetime(2026, 3, 16, 16, tzinfo=UTC)


def test_create_meeting_reads_the_clock_on_the_wall(client, organiser):
    OrganizationFactory(slug="kreis")
    client.page("/verwaltung/sitzungen/neu")

    answer = client.post("/verwaltung/sitzungen/neu", data={"organization": "kreis", "title": "Sitzung", **TIMES})

    assert answer.location == "/verwaltung/sitzungen/kreis-2026-03-16"
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.starts_at, meeting.ends_at, meeting.is_public, meeting.place) == (START, END, False, "")


def test_create_meeting_says_at_the_field_what_cannot_be(client, organiser):
    OrganizationFactory(slug="kreis")
    OrganizationFactory(slug="aus", dissolved=ProcessDate("2016"), dissolution_reason="Aus")
    fields = {"organization": "kreis", "title": "Sitzung", **TIMES}

    turned = client.page("/verwaltung/sitzungen/neu", 422, "POST", data={**fields, "ends_at": "14:00"})
    gone = client.page("/verwaltung/sitzungen/neu", 422, "POST", data={**fields, "organization": "aus"})

    assert words(turned.select_one("#ends_at-error")) == "Fehler: Die Sitzung endet, bevor sie anfängt."
    assert turned.select_one("#starts_at")["value"] == "14:30"
    assert gone.select_one("#organization-error")
    assert db.session.scalars(select(Meeting)).all() == []


def test_edit_meeting_shows_local_times_and_changes_nothing_by_itself(client, organiser):
    meeting = MeetingFactory(day=START.date(), starts_at=START, ends_at=END, is_public=False, place="Saal")
    before = meeting.revised_at
    address = f"/verwaltung/sitzungen/{meeting.slug}"
    page = client.page(address)
    shown = {field["name"]: field["value"] for field in page.select("main input:not([type=hidden])")}
    assert shown == {
        "title": meeting.title,
        "day": "2026-03-16",
        "starts_at": "14:30",
        "ends_at": "17:00",
        "place": "Saal",
    }
    assert page.select_one("option[selected]")["value"] == "no"

    client.post(address, data={**shown, "is_public": "no"})
    assert (meeting.revised_at, meeting.sequence) == (before, 0)

    client.post(address, data={**shown, "is_public": "no", "starts_at": "15:00"})
    assert (meeting.starts_at, meeting.sequence) == (datetime(2026, 3, 16, 14, tzinfo=UTC), 1)


def test_edit_meeting_says_at_the_field_what_cannot_be(client, organiser):
    body = OrganizationFactory(dissolved=ProcessDate("2026-03"), dissolution_reason="Aus")
    meeting = MeetingFactory(organization=body, day=START.date())
    address = f"/verwaltung/sitzungen/{meeting.slug}"
    fields = {"title": "Sitzung", **TIMES}

    late = client.page(address, 422, "POST", data={**fields, "day": "2026-04-01"})
    turned = client.page(address, 422, "POST", data={**fields, "ends_at": "14:30"})

    assert words(late.select_one("#day-error")) == "Fehler: Dieses Gremium gibt es an diesem Tag nicht mehr."
    assert words(turned.select_one("#ends_at-error")) == "Fehler: Die Sitzung endet, bevor sie anfängt."


def test_cancel_meeting_leaves_it_readable(client, organiser):
    meeting = MeetingFactory()
    address = f"/verwaltung/sitzungen/{meeting.slug}"

    client.post(f"{address}/absage")

    assert meeting.is_cancelled
    page = client.page(address)
    assert [words(notice) for notice in page.select(".notice")][-1] == "Achtung: Diese Sitzung ist abgesagt."
    assert page.select("main form") == []
    client.page(f"{address}/absage", 409, "POST")


def test_results_are_written_down(client, organiser):
    meeting, about = MeetingFactory(slug="sitzung"), OrganizationFactory(slug="kreis")
    client.page("/verwaltung/sitzungen/sitzung/ergebnis")

    answer = client.post(
        "/verwaltung/sitzungen/sitzung/ergebnis",
        data={"kind": "founding", "text": "Der Kreis wird gegründet.", "organization": "kreis"},
    )

    assert answer.location == "/sitzungen/sitzung"
    [result] = meeting.results
    assert (result.kind, result.text, result.organization) == (
        ResultKind.FOUNDING,
        "Der Kreis wird gegründet.",
        about,
    )


def test_desk_lists_what_comes_before_what_was(client, organiser):
    assert words(client.page("/verwaltung/sitzungen").select_one(".empty-title")) == "Noch keine Sitzung"
    MeetingFactory(title="Gewesen", organization__short_name="AK")
    MeetingFactory(title="Kommt", organization__short_name="SG", day=date(2099, 1, 1), is_cancelled=True)

    page = client.page("/verwaltung/sitzungen")

    assert [words(tag) for tag in page.select("caption, tbody .cell")] == [
        *("Nächste Sitzungen", "Kommt abgesagt", "01.01.2099", "SG"),
        *("Frühere Sitzungen", "Gewesen", "04.07.2016", "AK"),
    ]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MODERATOR, Role.ADMIN])
def test_desk_of_meetings_refuses_others(client, role):
    meeting = MeetingFactory()
    client.sign_in(AccountFactory(roles=(role,)))

    client.page("/verwaltung/sitzungen", 403)
    client.page(f"/verwaltung/sitzungen/{meeting.slug}/absage", 403, "POST")

    assert not meeting.is_cancelled

from datetime import timedelta

from sqlalchemy import func, select

from app.accounts.models import Role
from app.db import db
from app.events import services
from app.events.models import AttendanceMode, Event, EventMeasure, EventStatus, PersonRole, TableChoice
from app.events.services import PersonFields
from app.registrations.models import QuestionKind, Registration
from app.registrations.questionnaire import questions_of
from app.registrations.services.questions import add_question
from tests.concept.factories import MeasureFactory
from tests.events.factories import (
    EventFactory,
    EventSectionFactory,
    EventSeriesFactory,
    ProgrammeItemFactory,
    TeamMemberFactory,
    ThemeTableFactory,
)
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

YEAR = timedelta(days=364)
OWN = {
    *("id", "title", "status", "starts_at", "ends_at", "registration_opens_at", "registration_closes_at"),
    *("changes_until", "created_at", "revised_at", "sequence", "cancelled_at", "meeting_id", "import_uid"),
}


def full_event():
    """Every column has something other than its default."""
    event = EventFactory(
        attendance_mode=AttendanceMode.HYBRID,
        online_address="https://example.org/raum",
        municipality=MunicipalityFactory(),
        organization=OrganizationFactory(),
        series=EventSeriesFactory(),
        latitude=47.66,
        longitude=9.17,
        capacity=50,
        online_capacity=20,
        requires_approval=True,
        is_by_invitation=True,
        hold_hours=12,
        offer_hours=6,
        offers_stop_hours=3,
        table_choice=TableChoice.CHOOSE,
        table_rounds=3,
        offers=["Kinderbetreuung"],
        is_example=True,
        is_all_day=True,
        status=EventStatus.CANCELLED,
        sequence=4,
        **dict.fromkeys(("place", "address", "contact", "motto", "format", "summary"), "Beispiel"),
        guiding_question="Was fehlt?",
        accessibility="Stufenlos",
    )
    event.registration_opens_at = event.starts_at - timedelta(days=60)
    event.changes_until = event.starts_at - timedelta(days=1)
    return event


def test_clone_event_takes_every_field_and_moves_every_time():
    event = full_event()

    copy = services.clone_event(event, title="Neu", starts_at=event.starts_at + YEAR, by=None)

    columns = {column.name for column in Event.__table__.columns}
    assert {name for name in columns - OWN if getattr(copy, name) != getattr(event, name)} == set()
    times = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "changes_until")
    assert {name: getattr(copy, name) - getattr(event, name) for name in times} == dict.fromkeys(times, YEAR)
    assert (copy.title, copy.status, copy.sequence, copy.cancelled_at) == ("Neu", EventStatus.PLANNED, 0, None)


def test_clone_event_takes_programme_tables_and_attachments_but_nobody():
    event = EventFactory()
    section = EventSectionFactory(event=event).section
    db.session.add(EventMeasure(event=event, measure=MeasureFactory()))
    people = [PersonFields(PersonRole.HOST, "Beispielperson")]
    services.change_table(ThemeTableFactory(event=event, number=7, capacity=9), people=people, by=None)
    ProgrammeItemFactory(event=event, title="Beginn", materials="[Folien](https://example.org)")
    TeamMemberFactory(event=event)
    RegistrationFactory(event=event)
    account = AccountFactory(roles=(Role.ORGANISER,))

    copy = services.clone_event(event, title="Neu", starts_at=event.starts_at + YEAR, by=account)

    assert [(table.number, table.capacity, table.people) for table in copy.tables] == [(7, 9, [])]
    [item] = copy.programme
    assert (item.title, item.starts_at, item.materials, item.people) == ("Beginn", event.starts_at + YEAR, "", [])
    assert [each.section for each in copy.sections] == [section]
    assert [each.measure for each in copy.measures] == [each.measure for each in event.measures]
    assert [member.account for member in copy.team] == [account]
    assert db.session.scalars(select(func.count(Registration.id)).where(Registration.event_id == copy.id)).one() == 0


def test_clone_at_the_desk_brings_the_questions(client):
    event = EventFactory()
    add_question(event, kind=QuestionKind.TEXT, label="Woher wissen Sie davon?", by=None)
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    address = f"/verwaltung/veranstaltungen/{event.id}/kopie"
    assert client.page(address).select_one("#title")["value"] == event.title

    client.page(address, 422, "POST", data={"title": "Neu", "starts_at": "bald"})
    response = client.post(address, data={"title": "Neu", "starts_at": "2030-06-22T09:30"})

    copy = db.session.scalars(select(Event).where(Event.title == "Neu")).one()
    assert response.location == f"/verwaltung/veranstaltungen/{copy.id}"
    assert [question.label for question in questions_of(copy.id)] == ["Woher wissen Sie davon?"]

"""One event with everything that is scarce, and what people and organisers do there."""

from datetime import timedelta
from functools import cached_property

from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, lock, transactional
from app.errors import DomainError
from app.events.models import AttendanceMode, Event, ProgrammeItem, TableChoice, ThemeTable
from app.registrations import services
from app.registrations.models import Question, QuestionKind, QuestionOption, Registration
from tests.events.factories import EventFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.registrations.factories import InvitationCodeFactory, QuestionFactory

HOUR = timedelta(hours=1)
CODE = "K7QM34XW"


def make_scene(capacity, capacity_of_things, **event):
    """A hybrid event with two tables, three items of which two overlap, an option counted in persons and one once."""
    event = {"online_capacity": capacity, **event}
    event = EventFactory(
        capacity=capacity, attendance_mode=AttendanceMode.HYBRID, table_choice=TableChoice.CHOOSE, **event
    )
    ThemeTableFactory.create_batch(2, event=event, capacity=capacity_of_things)
    for hour in (0, 0.5, 1.5):
        start = event.starts_at + hour * HOUR
        ProgrammeItemFactory(event=event, is_bookable=True, starts_at=start, capacity=capacity_of_things)
    for counts_persons in (True, False):
        QuestionFactory(
            event=event,
            kind=QuestionKind.SEVERAL,
            counts_persons=counts_persons,
            options=[("Beispiel", capacity_of_things)],
        )
    InvitationCodeFactory(event=event, code=CODE, persons=capacity_of_things)
    organiser = AccountFactory(roles=(Role.ORGANISER,))
    return Scene(event.id, organiser.id)


class Scene:
    """Everything loaded anew by its id, so that any thread can act. `who` counts the registrations from 0."""

    def __init__(self, event_id, organiser_id):
        self.event_id = event_id
        self.organiser_id = organiser_id

    @property
    def event(self):
        return db.session.get_one(Event, self.event_id)

    @property
    def organiser(self):
        from app.accounts.models import Account

        return db.session.get_one(Account, self.organiser_id)

    @cached_property
    def ids(self):
        """Of tables, items and options, in order."""
        options = select(QuestionOption.id).join(Question).where(Question.event_id == self.event_id)
        tables = select(ThemeTable.id).where(ThemeTable.event_id == self.event_id)
        items = select(ProgrammeItem.id).where(ProgrammeItem.event_id == self.event_id)
        return {
            model: db.session.scalars(statement.order_by(model.id)).all()
            for model, statement in ((ThemeTable, tables), (ProgrammeItem, items), (QuestionOption, options))
        }

    def some(self, model, chosen):
        """Those of a kind whose bit is set."""
        return [db.session.get_one(model, row_id) for bit, row_id in enumerate(self.ids[model]) if chosen >> bit & 1]

    def choices(self, chosen):
        """No table or one of two, any of three items, any of two options: 0 to 95."""
        table, others = chosen % 3, chosen // 3
        return {
            "tables": self.some(ThemeTable, table),
            "items": self.some(ProgrammeItem, others & 0b111),
            "options": self.some(QuestionOption, others >> 3),
        }

    def thing(self, number):
        flat = [(model, row_id) for model, row_ids in self.ids.items() for row_id in row_ids]
        model, row_id = flat[number % len(flat)]
        return db.session.get_one(model, row_id)

    def party(self, who):
        statement = select(Registration.id).where(Registration.event_id == self.event_id).order_by(Registration.id)
        known = db.session.scalars(statement).all()
        if not known:
            raise DomainError
        return db.session.get_one(Registration, known[who % len(known)])

    def register(self, size, chosen, is_online, with_code):
        services.register(
            self.event,
            name="Beispielperson",
            email="person@example.org",
            persons=size,
            is_online=is_online,
            code=CODE if with_code else "",
            **self.choices(chosen),
        )

    def type_in(self, size, chosen, beyond):
        services.register(
            self.event,
            name="Beispielperson",
            email=None,
            persons=size,
            by=self.organiser,
            beyond=beyond,
            **self.choices(chosen),
        )

    def confirm(self, who):
        services.confirm(self.party(who))

    def cancel(self, who):
        services.cancel(self.party(who))

    def change(self, who, size, chosen):
        services.change(self.party(who), persons=size, **self.choices(chosen))

    def switch(self, who, is_online):
        party = self.party(who)
        services.change(party, persons=party.persons, is_online=is_online)

    def resize(self, number, capacity):
        """The event, its online part, or one of the things."""
        if number < 2:
            services.change_capacity(self.event, capacity, online=bool(number), by=self.organiser)
        else:
            services.change_capacity_of(self.thing(number - 2), capacity, by=self.organiser)

    def offer(self, who):
        services.offer(self.party(who), by=self.organiser)

    def admit_beyond(self, who):
        services.admit_beyond_limit(self.party(who), by=self.organiser)

    def move(self, who, number, beyond):
        party = self.party(who)
        to = self.thing(number)
        same = [booking for booking in party.bookings if booking.thing.kind == to.__tablename__.split("_")[-1]]
        services.move(party, to, instead_of=same[0] if same else None, beyond=beyond, by=self.organiser)

    def book_beyond(self, who):
        waiting = [booking for booking in self.party(who).bookings if booking.is_in_line]
        if waiting:
            services.book_beyond_limit(waiting[0], by=self.organiser)

    def decide(self, who, says_yes):
        party = self.party(who)
        if says_yes:
            services.approve(party, by=self.organiser)
        else:
            services.decline(party, reason="Die Veranstaltung ist für andere.", by=self.organiser)

    @transactional
    def wait(self, hours):
        """Time passes for everybody who has to answer: no clock is moved, other threads look at it."""
        lock(self.event)
        statement = select(Registration).where(Registration.event_id == self.event_id)
        for party in db.session.scalars(statement.execution_options(populate_existing=True)):
            for name in ("held_until", "offered_until"):
                if getattr(party, name) is not None:
                    setattr(party, name, getattr(party, name) - hours * HOUR)

    def expire(self):
        services.expire_due()

"""What organisers say when they decide about one registration."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.events.models import Event, TableChoice
from app.registrations.counting import Titled
from app.registrations.models import Booking, Registration, Thing, ThingKind

LONGEST_REASON = 500


class DeclineForm(FlaskForm):
    reason = TextAreaField(
        _("Warum sagen Sie ab?"),
        description=_("Der Grund steht in der Mail. Schreiben Sie auch, was stattdessen möglich ist."),
        filters=[lambda value: (value or "").strip()],
        validators=[
            DataRequired(_("Geben Sie einen Grund an.")),
            Length(max=LONGEST_REASON, message=_("Der Grund hat höchstens 500 Zeichen.")),
        ],
        render_kw={"rows": 4},
    )


class MoveForm(FlaskForm):
    to = SelectField(_("Wohin?"))
    instead_of = SelectField(
        _("Statt wovon?"),
        description=_("Bei Tischen gilt immer nur einer: Der neue tritt an die Stelle des alten."),
    )
    beyond = BooleanField(_("Auch wenn dort kein Platz mehr ist"))

    def choose_from(self, event: Event, registration: Registration, things: Sequence[Titled]) -> Self:
        """Everything the party has not chosen yet; tables only where they are chosen for good."""
        chosen = {booking.thing for booking in registration.bookings}
        with_tables = event.table_choice is TableChoice.CHOOSE
        offered = [
            each for each in things if each.thing not in chosen and (with_tables or each.thing.kind != ThingKind.TABLE)
        ]
        self.to.choices = [SelectChoice(_written(each.thing), each.title) for each in offered]
        booked = [SelectChoice(str(booking.id), booking.title) for booking in registration.bookings]
        self.instead_of.choices = [SelectChoice("", _("kommt dazu")), *booked]
        return self

    @property
    def thing(self) -> Thing:
        kind, _slash, row_id = self.to.data.partition("/")
        return Thing(ThingKind(kind), int(row_id))

    def booking(self, registration: Registration) -> Booking | None:
        return next((each for each in registration.bookings if str(each.id) == self.instead_of.data), None)


def _written(thing: Thing) -> str:
    return f"{thing.kind.value}/{thing.id}"

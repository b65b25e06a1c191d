"""Input of organisers who seat people."""

from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from app.registrations.models import Attendee, Registration
from app.seating.models import SeatingPlan
from app.seating.parties import groups_in


class PlanForm(FlaskForm):
    includes_held = BooleanField(_("Auch wer noch nicht bestätigt hat, bekommt einen Platz"))


class MoveForm(FlaskForm):
    group = SelectField(_("Wer"), coerce=int)
    number = SelectField(_("Runde"), coerce=int)
    table = SelectField(_("Tisch"), coerce=int)

    @classmethod
    def of(cls, plan: SeatingPlan, registration: Registration) -> Self:
        """Without the question who, where all of them sit together, and which round, where there is one."""
        form = cls()
        form.groups = groups_in(registration)
        form.group.choices = [SelectChoice(number, _named(group)) for number, group in enumerate(form.groups)]
        form.number.choices = [
            SelectChoice(number, gettext("Runde %(number)s", number=number)) for number in range(1, plan.rounds + 1)
        ]
        form.table.choices = [SelectChoice(table.id, f"{table.number}. {table.title}") for table in plan.event.tables]
        if len(form.groups) == 1:
            del form.group
        if plan.rounds == 1:
            del form.number
        return form

    @property
    def members(self) -> list[Attendee]:
        found: list[Attendee] = self.groups[self.group.data if self.group else 0]
        return found

    @property
    def round_number(self) -> int:
        return self.number.data if self.number else 1


def _named(group: list[Attendee]) -> str:
    return ", ".join(member.name or gettext("ohne Namen") for member in group)

"""Input for what happens to an event as a whole: its new time, and who is in its team."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.models import Account
from app.events.forms.parts import GIVE_A_MOMENT, LOCAL, find, optional_id
from app.web.fields import MomentField


class RescheduleForm(FlaskForm):
    starts_at = MomentField(_("Beginn"), **LOCAL, validators=[GIVE_A_MOMENT])
    ends_at = MomentField(_("Ende"), **LOCAL, validators=[GIVE_A_MOMENT])
    registration_closes_at = MomentField(
        _("Anmeldung bis"),
        **LOCAL,
        description=_("Leer: so lange vor dem Beginn wie bisher."),
        validators=[Optional()],
    )

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError(gettext("Das Ende muss nach dem Beginn liegen."))


class CloneForm(FlaskForm):
    title = StringField(_("Titel"), validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200)])
    starts_at = MomentField(
        _("Beginn"), **LOCAL, description=_("Alles andere verschiebt sich mit."), validators=[GIVE_A_MOMENT]
    )


class TeamForm(FlaskForm):
    account = SelectField(
        _("Wer kommt dazu?"), coerce=optional_id, validators=[DataRequired(_("Wählen Sie eine Person aus."))]
    )

    def choose_from(self, accounts: Sequence[Account]) -> "TeamForm":
        self.known = accounts
        self.account.choices = [
            SelectChoice("", _("Bitte wählen")),
            *(SelectChoice(account.id, account.name) for account in accounts),
        ]
        return self

    @property
    def chosen(self) -> Account:
        account = find(self.known, self.account.data)
        assert account is not None  # the choices are checked
        return account

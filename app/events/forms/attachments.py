"""Input for what an event is attached to: typed, with the browser's own suggestions."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, ValidationError

MOST_NAMED = 3


class AttachForm(FlaskForm):
    name = StringField(_("Suchen und hinzufügen"), validators=[DataRequired(_("Schreiben Sie, was dazukommt."))])

    def choose_from(self, known: Mapping[str, Any]) -> "AttachForm":
        """What can be named, by the words it is shown with."""
        self.known = known
        return self

    @property
    def chosen(self) -> Any:  # noqa: ANN401 -- a row of whatever is offered
        return self.known[self._matching()[0]]

    def validate_name(self, field: Field) -> None:
        found = self._matching()
        if not found:
            raise ValidationError(gettext("Das kennen wir nicht. Wählen Sie einen der Vorschläge."))
        if len(found) > 1:
            named = "; ".join(found[:MOST_NAMED])
            raise ValidationError(gettext("Das passt auf mehrere: %(named)s. Schreiben Sie mehr davon.", named=named))

    def _matching(self) -> list[str]:
        """Exactly so, or the only one that holds these words."""
        typed = " ".join(self.name.data.casefold().split())
        exact = [words for words in self.known if words.casefold() == typed]
        return exact or [words for words in self.known if typed in words.casefold()]

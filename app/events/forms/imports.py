"""Input for taking in events: a file, then the same file once it was looked at."""

import binascii
from base64 import b64decode, b64encode

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import ValidationError

LARGEST_FILE = 250_000  # bytes; it comes back with the preview's form


class ImportForm(FlaskForm):
    file = FileField(
        _("Datei"),
        description=_("CSV oder Kalender (.ics), höchstens 250 Kilobyte."),
        validators=[FileRequired(_("Wählen Sie eine Datei aus."))],
    )
    publish = BooleanField(_("Gleich veröffentlichen"))

    def validate_file(self, field: Field) -> None:
        self.content = field.data.read(LARGEST_FILE + 1)
        if len(self.content) > LARGEST_FILE:
            raise ValidationError(gettext("Die Datei ist zu groß. Teilen Sie sie in mehrere."))

    @property
    def name(self) -> str:
        return (self.file.data.filename or "")[:200]


class TakeInForm(FlaskForm):
    """What the preview sends back: the file as it was."""

    name = HiddenField()
    content = HiddenField()
    publish = BooleanField(_("Gleich veröffentlichen"))

    def validate_content(self, field: Field) -> None:
        try:
            self.read = b64decode(field.data or "", validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(
                gettext("Die Datei ist unterwegs verloren gegangen. Wählen Sie sie noch einmal.")
            ) from None
        if not self.read:
            raise ValidationError(gettext("Die Datei ist unterwegs verloren gegangen. Wählen Sie sie noch einmal."))

    @classmethod
    def of(cls, form: ImportForm) -> "TakeInForm":
        encoded = b64encode(form.content).decode()
        return cls(formdata=None, name=form.name, content=encoded, publish=form.publish.data)

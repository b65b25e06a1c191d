"""Input for founding a concept, and for taking one in from a file."""

import binascii
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length

from app.concept.forms import title_rules
from app.concept.models import CONCEPT_KIND_LABELS, Concept, ConceptKind
from app.web.fields import choices

LARGEST_FILE = 16 * 1024 * 1024  # here; the command takes more
SENT_AGAIN = LARGEST_FILE * 3 // 2  # packed and in Base64 it is never larger


class ConceptForm(FlaskForm):
    title = StringField(_("Titel"), validators=title_rules(200))
    kind = RadioField(_("Was es ist"), choices=choices(CONCEPT_KIND_LABELS), coerce=ConceptKind)
    predecessor = SelectField(_("Führt fort"), validate_choice=True)
    reason = TextAreaField(
        _("Warum ein neues"),
        description=_("Nötig, wenn es ein Konzept fortführt. Der Grund ist öffentlich."),
        validators=[Length(max=1000, message=_("Ein Grund hat höchstens 1000 Zeichen."))],
    )

    def offer(self, concepts: Iterable[Concept]) -> None:
        nothing = SelectChoice("", _("Nichts: Es ist das erste"))
        self.predecessor.choices = [nothing, *(SelectChoice(each.slug, each.title) for each in concepts)]

    def validate_kind(self, field: Field) -> None:
        if field.data is ConceptKind.CONTINUATION and not self.predecessor.data:
            raise ValidationError(gettext("Eine Fortschreibung führt ein Konzept fort. Sagen Sie, welches."))

    def validate_reason(self, field: Field) -> None:
        if self.predecessor.data and not (field.data or "").strip():
            raise ValidationError(gettext("Sagen Sie, warum es ein neues Konzept gibt."))


class ConceptFileForm(FlaskForm):
    file = FileField(
        _("Datei"),
        description=_("Eine konzept.json aus Teilhabe, höchstens 16 MB."),
        validators=[FileRequired(_("Wählen Sie eine Datei aus."))],
    )

    def validate_file(self, field: Field) -> None:
        self.content = bytes(field.data.read(LARGEST_FILE + 1))
        if len(self.content) > LARGEST_FILE:
            raise ValidationError(
                gettext("Die Datei ist zu groß für diese Seite. Der Befehl „teilhabe concept import“ nimmt sie.")
            )


class TakeInForm(FlaskForm):
    """What the preview sends back: the file as it was, packed."""

    packed = HiddenField()

    @classmethod
    def of(cls, content: bytes) -> "TakeInForm":
        return cls(formdata=None, packed=b64encode(zlib.compress(content)).decode())

    def validate_packed(self, field: Field) -> None:
        lost = gettext("Die Datei ist unterwegs verloren gegangen. Wählen Sie sie noch einmal.")
        reader = zlib.decompressobj()
        try:
            self.content = reader.decompress(b64decode(field.data or "", validate=True), LARGEST_FILE)
        except (binascii.Error, ValueError, zlib.error):
            raise ValidationError(lost) from None
        if not reader.eof:
            raise ValidationError(lost)

"""Input of a table's scribe, on the page and as a device sends it later; and of the organisers."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.capture.entries import Change, Entry, Line, Points, Show, Undo
from app.capture.models import TableLine
from app.capture.services.lines import MOST_POINTS, new_key
from app.db import now
from app.events.errors import PictureOfAPhone
from app.events.models import ThemeTable
from app.events.pictures import is_heic
from app.proposals import languages
from app.proposals.forms import KINDS, language_choices
from app.proposals.models import ProposalKind
from app.registrations.forms.words import one_line
from app.web.fields import IntegerField
from app.web.sent_entries import Said, count_in, key_in, moment_in, text_in

LINE_LENGTH = 1000
MOST_ROUNDS = 99


class CaptureForm(FlaskForm):
    """One line; with `line` filled in, that line anew. The key counts a form once that is sent twice.

    Whoever holds the link may write, also when a session has ended meanwhile: no token of a form.
    """

    class Meta:
        csrf = False

    text = StringField(
        _("Was wurde gesagt?"),
        filters=[one_line],
        validators=[
            DataRequired(_("Schreiben Sie einen Satz auf, so wie er gesagt wurde.")),
            Length(max=LINE_LENGTH, message=_("Bitte bleiben Sie unter 1.000 Zeichen.")),
        ],
        render_kw={"autofocus": True, "autocomplete": "off", "maxlength": LINE_LENGTH, "enterkeyhint": "send"},
    )
    language = SelectField(_("Sprache"), default=languages.SOURCE)
    kind = SelectField(_("Art"), choices=KINDS, default=ProposalKind.GOAL.value, coerce=ProposalKind)
    round = SelectField(_("Runde"), coerce=int, default=1)
    key = HiddenField()
    line = HiddenField()

    @classmethod
    def of(cls, table: ThemeTable, line: TableLine | None = None, **kept: Any) -> Self:  # noqa: ANN401 -- of WTForms
        """For the next line, with what stays from the one before; or for a line that is to be corrected."""
        if line is not None:
            version = line.proposal.text.versions[0]
            kept = {"text": version.content, "language": version.language, "kind": line.proposal.kind, "line": line.key}
        form = cls(**{"key": new_key(), **kept})
        form.language.choices = language_choices()
        rounds = table.event.table_rounds
        form.round.choices = [SelectChoice(number, str(number)) for number in range(1, rounds + 1)]
        if rounds == 1 or line is not None:
            del form.round
        return form

    def validate_key(self, field: Field) -> None:
        """One that is none gets another: it is no mistake of whoever writes."""
        try:
            field.data = key_in({"uuid": field.data})
        except ValueError:
            field.data = new_key()

    @property
    def kept(self) -> dict[str, Any]:
        """What stays for the next line."""
        return {"language": self.language.data, "kind": self.kind.data, "round": self.chosen_round}

    @property
    def chosen_round(self) -> int:
        return self.round.data if "round" in self else 1

    def entry(self) -> Line | Change:
        what = {"text": self.text.data, "kind": self.kind.data, "language": self.language.data}
        if self.line.data:
            return Change(self.key.data, now(), self.line.data[:36], **what)
        return Line(self.key.data, now(), **what, round=self.chosen_round)


class PointsForm(FlaskForm):
    """The points of all lines of a table in one round: fields of their own in the list, named by the line's key."""

    class Meta:
        csrf = False

    def changes(self, typed: Mapping[str, str], known: Mapping[str, int], number: int) -> list[Points]:
        """What differs from what is known. Raises ValueError with the keys of those that are no number."""
        wanted = {key: _points(typed.get(f"punkte-{key}", "").strip()) for key in known if f"punkte-{key}" in typed}
        wrong = [key for key, points in wanted.items() if points is None]
        if wrong:
            raise ValueError(*wrong)
        return [
            Points(new_key(), now(), key, number, to=points) for key, points in wanted.items() if points != known[key]
        ]


class SettingsForm(FlaskForm):
    points_each = IntegerField(
        _("Punkte für jede Person, in jeder Runde"),
        description=_("0 heißt: An den Tischen werden keine Punkte vergeben."),
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(0, 20, _("Geben Sie eine Zahl von 0 bis 20 an.")),
        ],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


class ReopenForm(FlaskForm):
    reason = StringField(
        _("Warum wird der Tisch wieder geöffnet?"),
        filters=[one_line],
        validators=[
            DataRequired(_("Schreiben Sie, warum der Tisch wieder geöffnet wird.")),
            Length(max=300, message=_("Bitte bleiben Sie unter 300 Zeichen.")),
        ],
    )


class PhotoForm(FlaskForm):
    file = FileField(
        _("Foto vom Flipchart"),
        description=_(
            "JPEG, PNG oder WebP, höchstens 12 MB. Ort, Zeit und Gerät, die darin stehen, nehmen wir heraus."
        ),
        validators=[FileRequired(_("Nehmen Sie ein Foto auf oder wählen Sie eines aus."))],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )

    def validate_file(self, field: FileField) -> None:
        self.content = field.data.read()
        if not self.content:
            raise StopValidation(gettext("Diese Datei ist leer."))
        if is_heic(self.content):
            raise ValidationError(str(PictureOfAPhone()))


def read_entry(said: Said) -> Entry:
    """One entry as a device sends it; raises ValueError for what is none."""
    key, at = key_in(said), moment_in(said)
    match said.get("kind"):
        case "line":
            return Line(key, at, *_words(said), count_in(said, "round", MOST_ROUNDS))
        case "changed":
            return Change(key, at, text_in(said, "line", 36), *_words(said))
        case "undone":
            return Undo(key, at, text_in(said, "line", 36))
        case "points":
            number, line = count_in(said, "round", MOST_ROUNDS), text_in(said, "line", 36)
            if "to" in said:
                return Points(key, at, line, number, to=count_in(said, "to", MOST_POINTS, least=0))
            return Points(key, at, line, number, by=count_in(said, "by", MOST_POINTS, least=-MOST_POINTS))
        case "hidden" | "shown":
            return Show(key, at, text_in(said, "line", 36), on_wall=said["kind"] == "shown")
    raise ValueError("no kind of entry")


def _words(said: Said) -> tuple[str, ProposalKind, str]:
    """Signs that no keyboard makes fall away, as on the page; the rest stays."""
    typed, language = said.get("text"), text_in(said, "language", 12)
    text = one_line(typed) if isinstance(typed, str) else ""
    if not text or len(text) > LINE_LENGTH or language not in languages.OFFERED:
        raise ValueError("no line")
    return text, ProposalKind(text_in(said, "what", 24)), language


def _points(typed: str) -> int | None:
    """An empty field is 0, as nobody gave a point."""
    if not typed:
        return 0
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_POINTS)) else None

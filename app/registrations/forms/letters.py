"""How an event words a letter, and when it reminds people."""

import re

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.registrations.letters import problem_with
from app.registrations.models import LONGEST_REMINDER, LetterKind

MOST_LETTERS = 5000
DAY = 24  # hours
SPAN = re.compile(r"(\d{1,4})\s*(tag|stunde)(e|en|n)?", re.IGNORECASE)


def unix_lines(value: str | None) -> str:
    return "\n".join((value or "").strip().splitlines())


class WordingForm(FlaskForm):
    subject = StringField(
        _("Betreff"),
        filters=[unix_lines],
        validators=[
            DataRequired(_("Schreiben Sie einen Betreff.")),
            Length(max=200, message=_("Ein Betreff hat höchstens %(max)d Zeichen.")),
        ],
    )
    body = TextAreaField(
        _("Text"),
        description=_(
            "Ein Absatz endet mit einer leeren Zeile. Steht {link} allein in einem Absatz, wird daraus der Knopf."
        ),
        filters=[unix_lines],
        validators=[
            DataRequired(_("Schreiben Sie einen Text.")),
            Length(max=MOST_LETTERS, message=_("Das sind mehr als %(max)d Zeichen.")),
        ],
        render_kw={"rows": 16},
    )

    def is_wording_of(self, letter: LetterKind) -> bool:
        """Whether everything typed is a wording this letter may have; otherwise the field says why not."""
        if not self.validate_on_submit():
            return False
        problem = problem_with(letter, self.subject.data, self.body.data)
        if problem is None:
            return True
        self[problem.field].errors = [str(problem.message)]
        return False


def in_words(hours: int) -> str:
    """„7 Tage“, „3 Stunden“."""
    if hours % DAY == 0:
        return str(ngettext("%(num)s Tag", "%(num)s Tage", hours // DAY))
    return str(ngettext("%(num)s Stunde", "%(num)s Stunden", hours))


def hours_in(words: str) -> int:
    """Raise ValueError for what is no span of time."""
    match = SPAN.fullmatch(words.strip())
    if match is None:
        raise ValueError(words)
    return int(match[1]) * (DAY if match[2].lower() == "tag" else 1)


class RemindersForm(FlaskForm):
    before = TextAreaField(
        _("Wie lange vor dem Beginn erinnern wir?"),
        description=_("Eine Angabe je Zeile: „7 Tage“, „1 Tag“ oder „3 Stunden“. Leer: gar nicht."),
        filters=[unix_lines],
        render_kw={"rows": 3},
    )
    after = StringField(
        _("Wie lange nach dem Ende danken wir?"),
        description=_("„1 Tag“ oder „3 Stunden“. Leer: gar nicht."),
        filters=[unix_lines],
    )

    def validate_before(self, field: Field) -> None:
        _check_spans(field)

    def validate_after(self, field: Field) -> None:
        _check_spans(field)

    @property
    def hours_before(self) -> list[int]:
        return _spans(self.before)

    @property
    def hours_after(self) -> list[int]:
        return _spans(self.after)


def _spans(field: Field) -> list[int]:
    return [hours_in(line) for line in (field.data or "").splitlines() if line.strip()]


def _check_spans(field: Field) -> None:
    for line in (field.data or "").splitlines():
        try:
            hours = hours_in(line) if line.strip() else 1
        except ValueError:
            raise ValidationError(
                gettext("„%(words)s“ verstehen wir nicht. Schreiben Sie „7 Tage“.", words=line)
            ) from None
        if not 1 <= hours <= LONGEST_REMINDER:
            raise ValidationError(gettext("„%(words)s“ ist zu kurz oder länger als 60 Tage.", words=line))
    spans = _spans(field)
    if len(set(spans)) != len(spans):
        raise ValidationError(gettext("Eine Angabe kommt zweimal vor."))

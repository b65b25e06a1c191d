"""Input about calls and the sheets that came in for them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, MultipleFileField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.calls.models import Call, CallWording
from app.calls.services.calls import CallFields, Words
from app.concept.models import Section
from app.events.models import Event
from app.local_time import end_of, start_of
from app.web.fields import BoxesField, DayField, IntegerField

GIVE_A_DAY = InputRequired(_("Geben Sie den Tag an."))
MOST_HOPED_FOR = 100_000


class WordsForm(FlaskForm):
    """What a call says in one language."""

    title = StringField(
        _("Titel"),
        validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200, message=_("Höchstens 200 Zeichen."))],
    )
    question = TextAreaField(
        _("Leitfrage"),
        description=_("Eine Frage, auf die man mit einem Satz antworten kann: „Was fehlt beim Wohnen?“"),
        validators=[DataRequired(_("Stellen Sie eine Frage.")), Length(max=400, message=_("Höchstens 400 Zeichen."))],
        render_kw={"rows": 2},
    )
    introduction = TextAreaField(
        _("Worum es geht"),
        description=_("Zwei, drei Absätze: warum Sie fragen und was mit den Antworten geschieht."),
        validators=[Length(max=4000, message=_("Höchstens 4.000 Zeichen."))],
        render_kw={"rows": 5},
    )

    @property
    def words(self) -> Words:
        introduction = self.introduction.data or ""
        return Words(self.title.data.strip(), self.question.data.strip(), introduction.strip())

    @classmethod
    def of(cls, wording: CallWording | None) -> "WordsForm":
        return cls(obj=wording)


class CallForm(WordsForm):
    first_day = DayField(_("Erster Tag"), validators=[GIVE_A_DAY])
    last_day = DayField(_("Letzter Tag"), description=_("Bis 24 Uhr."), validators=[GIVE_A_DAY])
    sections = BoxesField(
        _("Themen"),
        description=_("Keines gewählt: nach allen ist gefragt."),
        coerce=int,
    )
    target = IntegerField(
        _("Wie viele Beiträge erhoffen Sie sich?"),
        validators=[Optional(), NumberRange(1, MOST_HOPED_FOR, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
    )
    event = SelectField(
        _("Gehört zu einer Veranstaltung"),
        description=_("Was an ihren Tischen gesagt wird, zählt zu diesem Aufruf."),
        coerce=lambda value: int(value or 0),
        validators=[Optional()],
    )
    phone = StringField(
        _("Telefon für Beiträge"),
        description=_("Leer: Die Seite bietet kein Telefon an."),
        validators=[Length(max=100, message=_("Höchstens 100 Zeichen."))],
    )
    return_address = TextAreaField(
        _("Wohin der Bogen auf Papier geht"),
        description=_("Anschrift, eine Zeile je Zeile. Sie steht auf jedem gedruckten Bogen."),
        validators=[Length(max=400, message=_("Höchstens 400 Zeichen."))],
        render_kw={"rows": 4},
    )

    def choose_from(self, sections: Sequence[Section], events: Collection[Event]) -> "CallForm":
        self.known_sections = {each.id: each for each in sections}
        self.known_events = {each.id: each for each in events}
        self.sections.choices = [SelectChoice(each.id, each.title) for each in sections]
        named = [SelectChoice(each.id, each.title) for each in events]
        self.event.choices = [SelectChoice(0, gettext("zu keiner")), *named]
        return self

    def validate_last_day(self, field: Field) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(gettext("Der letzte Tag liegt vor dem ersten."))

    @property
    def fields(self) -> CallFields:
        return {
            "opens_at": start_of(self.first_day.data),
            "closes_at": end_of(self.last_day.data),
            "sections": [self.known_sections[each] for each in self.sections.data],
            "target": self.target.data,
            "event": self.known_events.get(self.event.data),
            "phone": (self.phone.data or "").strip(),
            "return_address": (self.return_address.data or "").strip(),
        }

    def fields_of(self, call: Call) -> CallFields:
        """Its days as they are, where a day of the form is meant that the call ends on, if only for hours."""
        fields = self.fields
        if (self.first_day.data, self.last_day.data) == (call.first_day, call.last_day):
            fields["opens_at"], fields["closes_at"] = call.opens_at, call.closes_at
        return fields

    @classmethod
    def of_call(cls, call: Call) -> "CallForm":
        return cls(
            title=call.title,
            question=call.wording.question,
            introduction=call.wording.introduction,
            first_day=call.first_day,
            last_day=call.last_day,
            sections=[section.id for section in call.sections],
            target=call.target,
            event=call.event_id or 0,
            phone=call.phone,
            return_address=call.return_address,
        )


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _("Grund, den alle lesen"),
        validators=[
            DataRequired(_("Bitte nennen Sie den Grund. Er steht auf der Seite des Aufrufs.")),
            Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen.")),
        ],
        render_kw={"rows": 3},
    )


class AsideForm(FlaskForm):
    """Stands on one page with the form for typing in."""

    why = StringField(
        _("Warum legen Sie den Bogen weg?"),
        description=_("Etwa: leer, unleserlich, doppelt."),
        validators=[
            DataRequired(_("Schreiben Sie dazu, warum.")),
            Length(max=200, message=_("Höchstens 200 Zeichen.")),
        ],
    )


class EndForm(ReasonForm):
    last_day = DayField(_("Neuer letzter Tag"), description=_("Bis 24 Uhr."), validators=[GIVE_A_DAY])

    @property
    def closes_at(self) -> datetime:
        return end_of(self.last_day.data)


class UploadForm(FlaskForm):
    files = MultipleFileField(
        _("Scans"),
        description=_("PDF mit einer oder mehreren Seiten, oder Fotos (JPEG, PNG). Je Datei bis 10 MB und 60 Seiten."),
    )
    received_on = DayField(_("Eingegangen am"), validators=[GIVE_A_DAY])

    def __init__(self, *, today: date) -> None:
        super().__init__(received_on=today)
        self.today = today

    def validate_received_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("Der Tag liegt in der Zukunft."))

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Name and content of each file that was sent."""
        sent = [file for file in self.files.data or [] if getattr(file, "filename", "")]
        return [(file.filename, file.read()) for file in sent]

"""Input about needs: what a party says it needs, and what organisers ask and plan."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.i18n import translations
from wtforms import BooleanField, Field, Form, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import TextInput

from app.events.models import Event
from app.languages import OFFERED, SOURCE, name_of
from app.registrations.models import FOOD, KEEP_NEEDS, NEED_KIND_LABELS, ConsentText, NeedFields, NeedKind, Resource
from app.registrations.services.needs import ResourceFields
from app.web.fields import BoxesField, IntegerField, choices

K = NeedKind
MOST = 50  # persons of a party
OLDEST = 17
NOTE_LENGTH = 300
# What is asked by a number alone
COUNTED = (K.SIGN_LANGUAGE, K.WRITTEN_INTERPRETATION, K.WHEELCHAIR, K.ASSISTANCE, *FOOD, K.TRAVEL)


class CountField(IntegerField):
    """How many persons; empty or 0: none. What was typed stays when it is no number."""

    widget = TextInput()

    def __init__(self, label: object, *, most: int = MOST, **options: object) -> None:
        super().__init__(label, **{"validators": [Optional()], "render_kw": {"inputmode": "numeric"}, **options})
        self.most = most

    def process_formdata(self, values: list[str]) -> None:
        try:
            self.data = int(values[0]) if values and values[0].strip() else None
        except ValueError as error:
            self.data = None
            raise ValueError(self._asked_for()) from error

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and not 0 <= self.data <= self.most:
            raise ValidationError(self._asked_for())

    def _asked_for(self) -> str:
        return str(gettext("Geben Sie eine Zahl von 1 bis %(most)s an, oder nichts.", most=self.most))


def language_choices() -> list[SelectChoice]:
    """In the reader's language and order; German is what everybody speaks there."""
    reader = str(get_locale() or SOURCE)
    named = sorted((name_of(code, reader), code) for code in OFFERED if code != SOURCE)
    return [SelectChoice("", _("Keine")), *(SelectChoice(code, name) for name, code in named)]


class NeedsPart(Form):
    """The part of a form where a party says what it needs: `FormField(NeedsPart)`, then `offer`."""

    class Meta:
        def get_translations(self, form: Form) -> object:
            return translations

    language = SelectField(_("Dolmetschen in diese Sprache"), choices=language_choices, default="")
    interpretation = CountField(_("Für wie viele Personen?"))
    second_language = SelectField(_("Und in diese"), choices=language_choices, default="")
    second_interpretation = CountField(_("Für wie viele Personen?"))
    sign_language = CountField(_("Dolmetschen in Gebärdensprache (DGS)"))
    written_interpretation = CountField(_("Schriftdolmetschen: Gesagtes zum Mitlesen"))
    wheelchair = CountField(_("Platz für einen Rollstuhl"))
    assistance = CountField(_("Jemand, der vor Ort begleitet und hilft"))
    childcare = StringField(
        _("Wie alt sind die Kinder, auf die wir achten sollen?"),
        description=_("Alle Alter mit Komma, zum Beispiel: 3, 5, 7"),
        validators=[Length(max=NOTE_LENGTH)],
    )
    vegetarian = CountField(_("Vegetarisch"))
    vegan = CountField(_("Vegan"))
    halal = CountField(_("Halal"))
    kosher = CountField(_("Koscher"))
    without_nuts = CountField(_("Ohne Nüsse"))
    without_gluten = CountField(_("Ohne Gluten"))
    without_lactose = CountField(_("Ohne Laktose"))
    travel = CountField(_("Hilfe, um zu uns zu kommen"))
    travel_from = StringField(
        _("Woher kommen Sie?"),
        description=_("Ort oder Haltestelle genügt."),
        validators=[Length(max=NOTE_LENGTH, message=_("Schreiben Sie höchstens 300 Zeichen."))],
    )
    other = TextAreaField(
        _("Was brauchen Sie noch, um dabei zu sein?"),
        description=_("Schreiben Sie, was wir tun sollen. Warum Sie es brauchen, müssen Sie nicht sagen."),
        validators=[Length(max=NOTE_LENGTH, message=_("Schreiben Sie höchstens 300 Zeichen."))],
        render_kw={"rows": 3},
    )
    consent = BooleanField(_("Ja, ich bin einverstanden"))

    consent_text: ConsentText | None = None
    gone_on: datetime  # the day by which the nightly deletion has done its work

    @staticmethod
    def data_of(needs: Sequence[NeedFields]) -> dict[str, object]:
        """What the party said before, for `needs=` of the form; who said something has consented."""
        data: dict[str, object] = {"consent": True} if needs else {}
        for need in needs:
            data |= _shown(need, is_second="language" in data)
        return data

    def offer(self, event: Event, consent_text: ConsentText | None) -> Self:
        """Leave out what the event does not ask, and say what is agreed to. Without anything asked nothing is left."""
        asked = {K(kind) for kind in event.asked_needs}
        for kind, names in FIELDS.items():
            for name in names if kind not in asked else ():
                delattr(self, name)
        self.gone_on = event.ends_at + KEEP_NEEDS + timedelta(days=1)
        self.consent_text = consent_text
        return self

    @property
    def asks(self) -> bool:
        return [field.short_name for field in self] != ["consent"]

    @property
    def is_open(self) -> bool:
        """Whether there is something to see: what was said, or what has to be mended."""
        return bool(self.fields or self.errors or self.consent.data)

    @property
    def fields(self) -> list[NeedFields]:
        """What the party needs, in the order of the house."""
        found = [
            *self._languages(),
            *(_need(kind, self._count(kind.value)) for kind in COUNTED[:4] if self._count(kind.value)),
            *([_need(K.CHILDCARE, len(self.ages), ages=self.ages)] if self.ages else []),
            *(_need(kind, self._count(kind.value)) for kind in FOOD if self._count(kind.value)),
        ]
        travel, travel_from = self._count("travel"), self._words("travel_from")
        if travel or travel_from:
            found.append(_need(K.TRAVEL, max(travel, 1), note=travel_from))
        if other := self._words("other"):
            found.append(_need(K.OTHER, 1, note=other))
        return found

    @property
    def consents(self) -> list[ConsentText]:
        """What was agreed to; nothing where nothing is needed."""
        return [self.consent_text] if self.fields and self.consent_text and self.consent.data else []

    @property
    def ages(self) -> list[int]:
        return sorted(map(int, re.findall(r"\d+", self._words("childcare"))))

    def fits(self, persons: int | None) -> bool:
        """Whether no more persons need something than come; says so at the fields."""
        too_large = [field for field in self if isinstance(field, CountField) and (field.data or 0) > (persons or MOST)]
        too_large += [self.childcare] if "childcare" in self and len(self.ages) > (persons or MOST) else []
        for field in too_large:
            field.errors = [*field.errors, gettext("Das sind mehr Personen, als Sie anmelden.")]
        return not too_large

    def validate_childcare(self, field: Field) -> None:
        if field.data and (re.search(r"[^\d\s,;.und]", field.data) or not self.ages):
            raise ValidationError(gettext("Schreiben Sie die Alter als Zahlen mit Komma: 3, 5, 7"))
        if any(age > OLDEST for age in self.ages):
            raise ValidationError(gettext("Wir achten auf Kinder bis 17 Jahre."))

    def validate_language(self, field: Field) -> None:
        self._check_language(field, self.interpretation)

    def validate_second_language(self, field: Field) -> None:
        self._check_language(field, self.second_interpretation)

    def validate_consent(self, field: Field) -> None:
        """Explicit, and only where something is to be kept (GDPR article 9)."""
        if self.fields and not field.data:
            raise ValidationError(gettext("Ohne Ihr Einverständnis dürfen wir Ihren Bedarf nicht speichern."))

    def _check_language(self, field: Field, count: Field) -> None:
        if count.data and not field.data:
            raise ValidationError(gettext("Wählen Sie die Sprache."))

    def _languages(self) -> list[NeedFields]:
        """The same language twice is one need."""
        persons: dict[str, int] = {}
        for language, count in (("language", "interpretation"), ("second_language", "second_interpretation")):
            if code := self._words(language):
                persons[code] = persons.get(code, 0) + max(self._count(count), 1)
        return [_need(K.INTERPRETATION, number, language=code) for code, number in persons.items()]

    def _count(self, name: str) -> int:
        return (self[name].data or 0) if name in self else 0

    def _words(self, name: str) -> str:
        return " ".join((self[name].data or "").split()) if name in self else ""


FIELDS: dict[NeedKind, tuple[str, ...]] = {
    K.INTERPRETATION: ("language", "interpretation", "second_language", "second_interpretation"),
    K.CHILDCARE: ("childcare",),
    K.OTHER: ("other",),
    **{kind: (kind.value,) for kind in COUNTED},
    K.TRAVEL: ("travel", "travel_from"),
}


def _need(kind: NeedKind, persons: int, *, language: str = "", ages: Sequence[int] = (), note: str = "") -> NeedFields:
    return {"kind": kind, "language": language, "persons": persons, "ages": list(ages), "note": note}


def _shown(need: NeedFields, *, is_second: bool) -> dict[str, object]:
    match need["kind"]:
        case K.INTERPRETATION:
            prefix = "second_" if is_second else ""
            return {f"{prefix}language": need["language"], f"{prefix}interpretation": need["persons"]}
        case K.CHILDCARE:
            return {"childcare": ", ".join(map(str, need["ages"]))}
        case K.TRAVEL:
            return {"travel": need["persons"], "travel_from": need["note"]}
        case K.OTHER:
            return {"other": need["note"]}
        case kind:
            return {kind.value: need["persons"]}


class AskedNeedsForm(FlaskForm):
    kinds = BoxesField(
        _("Wonach fragen wir bei der Anmeldung?"),
        description=_("Fragen Sie nur nach dem, was Sie auch anbieten können."),
        choices=choices(NEED_KIND_LABELS),
        coerce=NeedKind,
    )


class ResourceForm(FlaskForm):
    kind = SelectField(
        _("Was ist geplant?"),
        choices=[SelectChoice("", _("Bitte wählen")), *choices(NEED_KIND_LABELS)],
        coerce=lambda value: NeedKind(value) if value else None,
        validators=[InputRequired(_("Wählen Sie aus, was geplant ist."))],
    )
    language = SelectField(
        _("In welche Sprache wird gedolmetscht?"),
        description=_("Nur beim Dolmetschen."),
        choices=language_choices,
        default="",
    )
    persons = CountField(
        _("Für wie viele Personen reicht es?"), most=10_000, description=_("Leer: für alle, die es brauchen.")
    )
    who = StringField(
        _("Wer macht es?"),
        validators=[
            DataRequired(_("Schreiben Sie, wer es macht oder gefragt ist.")),
            Length(max=200, message=_("Schreiben Sie höchstens 200 Zeichen.")),
        ],
    )
    is_confirmed = BooleanField(_("Ist fest zugesagt"))

    @classmethod
    def of(cls, resource: Resource) -> Self:
        return cls(
            kind=resource.kind,
            language=resource.language,
            persons=resource.persons,
            who=resource.who,
            is_confirmed=resource.is_confirmed,
        )

    def validate_language(self, field: Field) -> None:
        if self.kind.data is K.INTERPRETATION and not field.data:
            raise ValidationError(gettext("Wählen Sie die Sprache."))

    @property
    def fields(self) -> ResourceFields:
        kind: Any = self.kind.data
        return {
            "kind": kind,
            "language": self.language.data if kind is K.INTERPRETATION else "",
            "persons": self.persons.data or None,
            "who": " ".join(self.who.data.split()),
            "is_confirmed": self.is_confirmed.data,
        }

"""Which tables and which items of the programme a party would like."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.events.models import ProgrammeItem, TableChoice, ThemeTable
from app.events.models.programme import overlapping
from app.languages import name_of
from app.registrations.asking import Asking
from app.registrations.models import COMES_AS_LABELS, ComesAs, ThingKind
from app.web.fields import BoxesField
from app.web.filters import clock
from app.web.language import COUNTY_LANGUAGES, EASY, SOURCE

WISHES = ("wish_1", "wish_2", "wish_3")
SPOKEN = (SOURCE, *(code for code in COUNTY_LANGUAGES if code != EASY))
NO_MATTER = SelectChoice("", _("Ist mir gleich"))
NO_WISH = SelectChoice("", _("Kein weiterer Wunsch"))


def optional_id(value: str | int | None) -> int | None:
    return int(value) if value else None


def table_field(label: object, description: object = "") -> SelectField:
    return SelectField(label, description=description, coerce=optional_id, validators=[Optional()])


class TablesPart(FlaskForm):
    table = table_field(_("An welchem Tisch möchten Sie mitreden?"))
    wish_1 = table_field(_("1. Wunsch"))
    wish_2 = table_field(_("2. Wunsch"))
    wish_3 = table_field(_("3. Wunsch"))
    sits_together = BooleanField(_("Wir möchten am selben Tisch sitzen"), default=True)
    spoken_languages = BoxesField(
        _("Welche Sprachen sprechen Sie?"),
        description=_("So sitzt an Ihrem Tisch jemand, mit dem Sie reden können."),
        choices=lambda: [SelectChoice(code, name_of(code, SOURCE)) for code in SPOKEN],
    )
    comes_as = RadioField(
        _("In welcher Rolle kommen Sie?"),
        description=_("So mischen wir die Tische gut. Wo Sie herkommen, fragen wir nicht."),
        choices=[
            *(SelectChoice(each.value, label) for each, label in COMES_AS_LABELS.items()),
            SelectChoice("", _("Das möchte ich nicht sagen")),
        ],
        default="",
        validators=[Optional()],
    )

    def offer_tables(self, asking: Asking) -> None:
        """Leave out what is not asked: tables to choose or to rank, and what only mixing them needs."""
        self.tables_asked = asking.tables
        is_ranked = asking.event.table_choice is TableChoice.RANK
        choices = [SelectChoice(table.id, table_label(table, asking)) for table in asking.tables]
        asked = WISHES[: len(choices)] if is_ranked else ("table",)
        for name in ("table", *WISHES):
            if choices and name in asked:
                self[name].choices = [NO_MATTER if name in {"table", "wish_1"} else NO_WISH, *choices]
            else:
                delattr(self, name)
        if not (choices and is_ranked):
            del self.sits_together, self.spoken_languages, self.comes_as

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        seen: set[int] = set()
        for name in WISHES:
            wish = self[name].data if name in self else None
            if wish in seen:
                self[name].errors = [gettext("Diesen Tisch haben Sie schon oben gewählt.")]
                is_valid = False
            elif wish:
                seen.add(wish)
        return is_valid

    @property
    def tables(self) -> list[ThemeTable]:
        by_id = {table.id: table for table in self.tables_asked}
        chosen = (self[name].data for name in ("table", *WISHES) if name in self)
        return [by_id[row_id] for row_id in chosen if row_id in by_id]

    @property
    def capacity_in(self) -> ComesAs | None:
        return ComesAs(self.comes_as.data) if self.comes_as is not None and self.comes_as.data else None


class ProgrammePart(FlaskForm):
    items = BoxesField(_("Woran möchten Sie teilnehmen?"), coerce=int)

    def offer_items(self, asking: Asking) -> None:
        self.items_asked = asking.items
        if asking.items:
            self.items.choices = [SelectChoice(item.id, item_label(item, asking)) for item in asking.items]
        else:
            del self.items

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        pair = overlapping(self.items_chosen)
        if pair:
            self.items.errors = [
                gettext(
                    "„%(first)s“ und „%(second)s“ sind zur selben Zeit. Wählen Sie eines davon.",
                    first=titled(pair[0]),
                    second=titled(pair[1]),
                )
            ]
        return is_valid and not pair

    @property
    def items_chosen(self) -> list[ProgrammeItem]:
        if self.items is None:
            return []
        return [item for item in self.items_asked if item.id in (self.items.data or ())]


def table_label(table: ThemeTable, asking: Asking) -> str:
    """„3. Wohnen (Deutsch, Ukrainisch; noch 4 Plätze)“; places only where they are chosen for good."""
    notes = [", ".join(name_of(code, asking.language) for code in table.languages)]
    if asking.event.table_choice is TableChoice.CHOOSE:
        notes.append(left_in_words(asking.left(ThingKind.TABLE, table.id)))
    return _with_notes(f"{table.number}. {table.title}", notes)


def item_label(item: ProgrammeItem, asking: Asking) -> str:
    notes = [item.room, left_in_words(asking.left(ThingKind.ITEM, item.id))]
    return _with_notes(titled(item), notes)


def titled(item: ProgrammeItem) -> str:
    """„10.30 bis 12 Uhr: Workshop A“."""
    return str(
        gettext(
            "%(start)s bis %(end)s Uhr: %(title)s",
            start=clock(item.starts_at),
            end=clock(item.ends_at),
            title=item.title,
        )
    )


def left_in_words(left: int | None) -> str:
    if left is None:
        return ""
    return str(ngettext("noch %(num)s Platz", "noch %(num)s Plätze", left) if left else gettext("voll, mit Warteliste"))


def _with_notes(words: str, notes: Sequence[str]) -> str:
    told = "; ".join(note for note in notes if note)
    return f"{words} ({told})" if told else words

"""How the public list is narrowed: what can be chosen, what is chosen, and the address that says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import request, url_for
from flask_babel import gettext as _

from app.calls.queries import published_calls
from app.proposals import outcomes, queries
from app.proposals.models import CHANNEL_LABELS, PROPOSAL_KIND_LABELS
from app.proposals.queries import EVERYTHING, Filters
from app.web.filters import language
from app.web.parameters import whole


class Choice(NamedTuple):
    """One select of the form. `name` is what the address calls it, `field` the Filters."""

    name: str
    field: str
    label: str
    unchosen: str
    options: Sequence[tuple[str, object]]
    is_main: bool = False


class Chip(NamedTuple):
    """A filter that is on, in words, and the address of the list without it."""

    label: str
    url: str


def choices() -> list[Choice]:
    """What one can choose from; only where there is something to read."""
    return [
        Choice("feld", "section", _("Thema"), _("alle Themen"), _sections(), is_main=True),
        Choice("ausgang", "outcome", _("Was daraus wurde"), _("alles"), _outcomes(), is_main=True),
        Choice("aufruf", "call", _("Aufruf"), _("alle"), _calls()),
        Choice("reihenfolge", "order", _("Reihenfolge"), _("das Neueste zuerst"), _orders()),
        Choice("gemeinde", "municipality", _("Gemeinde"), _("überall"), _municipalities()),
        Choice("sprache", "language", _("Sprache"), _("alle Sprachen"), _languages()),
        Choice("art", "kind", _("Art"), _("alles"), _labelled(PROPOSAL_KIND_LABELS)),
        Choice("kanal", "channel", _("Wie er zu uns kam"), _("auf allen Wegen"), _labelled(CHANNEL_LABELS)),
        Choice("veranstaltung", "event", _("Veranstaltung"), _("alle"), _events()),
        Choice("tisch", "table", _("Tisch"), _("alle Tische"), _tables()),
    ]


def read(offered: Sequence[Choice]) -> Filters:
    """What the address asks for; what nobody could have chosen counts as not chosen."""
    chosen: dict[str, Any] = {"search": request.args.get("suche", "").strip()}
    for choice in offered:
        value = request.args.get(choice.name, "")
        if value in {option for option, _label in choice.options}:
            chosen[choice.field] = int(value) if choice.field in {"event", "table"} else value
    return replace(EVERYTHING, **chosen)


def chips(filters: Filters, offered: Sequence[Choice]) -> list[Chip]:
    found = [
        Chip(f"{choice.label}: {label}", address(_without(filters, choice.field), offered))
        for choice in offered
        for option, label in choice.options
        if choice.field != "order" and option == _value(filters, choice)
    ]
    if filters.search:
        found.append(Chip(_("„%(words)s“", words=filters.search), address(_without(filters, "search"), offered)))
    return found


def address(filters: Filters, offered: Sequence[Choice], number: int = 1) -> str:
    """A page of the list with its filters; what is not filtered stays out of the address."""
    chosen: dict[str, Any] = values(filters, offered) | {"suche": filters.search}
    page = number if number > 1 else None
    return url_for("proposals.index", seite=page, **{name: value for name, value in chosen.items() if value})


def values(filters: Filters, offered: Sequence[Choice]) -> dict[str, str]:
    """What is chosen, by its name in the address."""
    return {choice.name: _value(filters, choice) for choice in offered}


def _without(filters: Filters, field: str) -> Filters:
    nothing: Any = {field: getattr(EVERYTHING, field)}
    return replace(filters, **nothing)


def _value(filters: Filters, choice: Choice) -> str:
    return str(getattr(filters, choice.field) or "")


def _labelled(labels: dict[Any, Any]) -> list[tuple[str, object]]:
    return [(key.value, label) for key, label in labels.items()]


def _sections() -> list[tuple[str, object]]:
    return [(section.slug, section.title) for section in queries.sections()]


def _calls() -> list[tuple[str, object]]:
    return [(call.slug, call.title) for call in published_calls()]


def _outcomes() -> list[tuple[str, object]]:
    return [(slug, outcomes.label_of(slug)) for slug in outcomes.OUTCOME_CONDITIONS]


def _orders() -> list[tuple[str, object]]:
    return [
        ("unterstuetzung", _("was die meisten unterstützen")),
        ("punkte", _("was an den Tischen die meisten Punkte bekam")),
    ]


def _municipalities() -> list[tuple[str, object]]:
    return [(each.ags, each.name) for each in queries.municipalities_told()]


def _languages() -> list[tuple[str, object]]:
    return [(code, language(code)) for code in queries.languages_in_use()]


def _events() -> list[tuple[str, object]]:
    return [(str(event.id), event.title) for event in queries.events_told()]


def _tables() -> list[tuple[str, object]]:
    """Of the event that is chosen, or of the table's own."""
    event_id, table_id = (request.args.get(name, 0, type=whole) for name in ("veranstaltung", "tisch"))
    if not (event_id or table_id):
        return []
    found = queries.tables_told(event_id, table_id)
    return [(str(each.id), _("%(number)s: %(title)s", number=each.number, title=each.title)) for each in found]

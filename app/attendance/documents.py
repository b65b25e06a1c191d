"""The papers of the day as PDF: tickets, badges, lists, table cards."""

from collections.abc import Mapping, Sequence

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from app.attendance.queries import Expected, Seat, label_of, published_seats
from app.attendance.services.tickets import qr_svg, token_of, token_of_party
from app.events.models import Event, ThemeTable
from app.registrations.models import Registration
from app.typesetting import compile_pdf
from app.web.filters import day, period

BOX = "[]"  # a cell that is a box to tick


def ticket_pdf(registration: Registration) -> bytes:
    """The party's ticket, and one for each person where there are several; in the language of the page or mail."""
    event, people = registration.event, registration.attendees
    labels = {
        "heading": _("Ihr Ticket"),
        "code": _("QR-Code: Ihr Ticket"),
        "show": _("Zeigen Sie den Code am Einlass, auf Papier oder auf dem Telefon. Ohne Code genügt Ihr Name."),
        "each": _("Wenn Sie nicht zusammen kommen"),
        "each_hint": _("Jede Person hat auch ein eigenes Ticket, zum Ausschneiden."),
        "example": _("Ein Beispiel: Diese Veranstaltung ist erfunden."),
    }
    content = {
        "name": registration.name,
        "persons": _("%(count)s Personen: ein Scan für alle", count=len(people)) if len(people) > 1 else "",
        "place": ", ".join(filter(None, (event.place, event.address))),
        "seats": [seat_in_words(seat) for seat in published_seats(event.id).get(people[0].id, ())],
        "accessibility": event.accessibility,
        "code": qr_svg(token_of_party(registration)),
        "people": _own_tickets(registration) if len(people) > 1 else [],
        "is_example": event.is_example,
    }
    return _set("ticket.typ", event, content, labels)


def badges_pdf(event: Event, people: Sequence[Expected]) -> bytes:
    """Name badges, eight on a sheet, in the order of names."""
    content = {
        "people": [
            {"name": person.name, "organization": person.organization, "seats": seats_in_short(person.seats)}
            for person in people
        ]
    }
    return _set("badges.typ", event, content, {"heading": _("Namensschilder")})


def door_list_pdf(event: Event, people: Sequence[Expected]) -> bytes:
    """All names in order, with a box to tick: the last resort when every battery is empty."""
    rows = [[BOX, person.name, seats_in_short(person.seats)] for person in people]
    heads = [_("Da"), _("Name"), _("Tisch")]
    return _list(event, _("Einlassliste"), heads, [1, 8, 4], [("", rows)])


def attendance_list_pdf(event: Event, people: Sequence[Expected], *, by_table: bool) -> bytes:
    """To sign; by name, or a page for each table."""
    groups = by_tables(event, people) if by_table else [("", people)]
    rows = [(title, [[each.name, each.organization, ""] for each in group]) for title, group in groups]
    heads = [_("Name"), _("Organisation"), _("Unterschrift")]
    return _list(event, _("Teilnahmeliste"), heads, [5, 4, 5], rows, each_on_a_page=by_table)


def table_cards_pdf(event: Event, people: Sequence[Expected], codes: Mapping[int, str]) -> bytes:
    """A page for each table: number, title, who sits there. `codes`: the QR code (SVG) of a table, by its id."""
    labels = {
        "heading": _("Tischkarten"),
        "table": _("Tisch"),
        "code": _("Scannen: So erfahren Sie, was aus den Beiträgen dieses Tisches wird."),
    }
    return _set("table_cards.typ", event, {"tables": [_card(table, people, codes) for table in event.tables]}, labels)


def by_tables(event: Event, people: Sequence[Expected]) -> list[tuple[str, list[Expected]]]:
    """Who sits at each table in any round, and at the end those without one."""
    groups = [
        (_("Tisch %(number)s: %(title)s", number=table.number, title=table.title), _at(table, people))
        for table in event.tables
    ]
    others = [person for person in people if not person.seats]
    return [*groups, (_("Ohne Tisch"), others)] if others else groups


def seat_in_words(seat: Seat) -> str:
    number, title = seat.table.number, seat.table.title
    if seat.round_number:
        return str(
            _("Runde %(round)s: Tisch %(number)s, %(title)s", round=seat.round_number, number=number, title=title)
        )
    return str(_("Tisch %(number)s, %(title)s", number=number, title=title))


def seats_in_short(seats: Sequence[Seat]) -> str:
    """Tisch 4, or for three rounds Tische 4, 2, 7."""
    numbers = ", ".join(str(seat.table.number) for seat in seats)
    if not seats:
        return ""
    return str(_("Tisch %(number)s", number=numbers) if len(seats) == 1 else _("Tische %(numbers)s", numbers=numbers))


def _own_tickets(registration: Registration) -> list[dict[str, str]]:
    names = [label_of(registration, number) for number in range(registration.persons)]
    return [
        {
            "name": name,
            "code": qr_svg(token_of(attendee)),
            "alt": str(_("QR-Code: Ticket für %(name)s", name=name)),
        }
        for name, attendee in zip(names, registration.attendees, strict=True)
    ]


def _card(table: ThemeTable, people: Sequence[Expected], codes: Mapping[int, str]) -> dict[str, object]:
    rounds = sorted({seat.round_number for person in people for seat in person.seats if seat.table.id == table.id})
    return {
        "number": str(table.number),
        "title": table.title,
        "languages": ", ".join(table.languages),
        "code": codes.get(table.id, ""),
        "alt": _("QR-Code für Tisch %(number)s", number=table.number),
        "rounds": [
            {
                "title": _("Runde %(number)s", number=number) if number else "",
                "names": [person.name for person in people if (number, table.id) in _places(person)],
            }
            for number in rounds
        ],
    }


def _at(table: ThemeTable, people: Sequence[Expected]) -> list[Expected]:
    return [person for person in people if table.id in {seat.table.id for seat in person.seats}]


def _places(person: Expected) -> set[tuple[int, int]]:
    return {(seat.round_number, seat.table.id) for seat in person.seats}


def _list(
    event: Event,
    heading: str,
    heads: list[str],
    widths: list[int],
    groups: Sequence[tuple[str, list[list[str]]]],
    *,
    each_on_a_page: bool = False,
) -> bytes:
    content = {
        "heads": heads,
        "widths": widths,
        "groups": [{"title": title, "rows": rows} for title, rows in groups],
        "each_on_a_page": each_on_a_page,
    }
    return _set("people.typ", event, content, {"heading": heading, "nobody": _("Noch niemand."), "page": _("Seite")})


def _set(template: str, event: Event, content: Mapping[str, object], labels: Mapping[str, str]) -> bytes:
    when = day(event.starts_at) if event.is_all_day else period(event.starts_at, event.ends_at)
    shared = {"title": event.title, "when": when, "language": get_locale().language}
    said = {**labels, "author": current_app.config["COUNTY"]}
    return compile_pdf(f"attendance/{template}", {**shared, **content, "labels": said}, at=event.revised_at)

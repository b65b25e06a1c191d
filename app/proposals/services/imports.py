"""Contributions that come as a file: good rows go in together, refused ones do not stop them.

What app.proposals.exports writes goes in again without loss of words: a row keeps the reference, channel and working
translation it names. Moderation is not imported: nothing becomes public by a file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from sqlalchemy import select

from app.calls.models import Call
from app.concept.models import Section
from app.db import db, now, transactional
from app.errors import DomainError
from app.local_time import day_of
from app.proposals.models import Channel, Contributor, Proposal, ProposalKind
from app.proposals.services import intake
from app.proposals.services.intake import Origin, Statement
from app.proposals.services.references import is_reference, keep_reference, next_references
from app.spreadsheets import Line
from app.structures.models import Municipality, Organization
from app.texts import services as texts

TITLE_LENGTH = 200


class RowRefused(DomainError):
    """The message says what is wrong with the row."""


@dataclass
class Imported:
    """What became of each row: references of new ones, how many were known already, and why others were refused.

    `without_files`: new ones that name files, which no table holds.
    """

    imported: list[str] = field(default_factory=list)
    skipped: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    without_files: int = 0


@dataclass(frozen=True)
class Entry:
    """A row that can go in."""

    number: int
    text: str
    title: str
    kind: ProposalKind
    language: str | None
    translation: str
    reference: str
    channel: Channel
    section: Section | None
    call: Call | None
    municipality: Municipality | None
    organization: Organization | None
    organization_name: str
    received_on: date
    identity: str
    url: str


@dataclass(frozen=True)
class Known:
    """What a row may name, and what holds for a row that names nothing."""

    channel: Channel
    call: Call | None
    sections: dict[str, Section]
    calls: dict[str, Call]
    municipalities: dict[str, Municipality]  # by AGS and by name


@transactional
def import_rows(
    lines: Sequence[Line], *, channel: Channel, call: Call | None = None, at: datetime | None = None
) -> Imported:
    """Take in the rows of a file. A row's identity is its url, else channel and id: nothing goes in twice.

    `call`: what the rows answer that name no call of their own, whatever day they came.
    """
    entries, report = _examine(lines, channel, call, at or now())
    report.imported = [proposal.reference for proposal in _take_in(entries)]
    return report


def preview(lines: Sequence[Line], *, channel: Channel) -> Imported:
    """What `import_rows` would do; nothing is kept. What would go in is named by the number of its row."""
    entries, report = _examine(lines, channel, None, now())
    report.imported = [str(entry.number) for entry in entries]
    return report


def _examine(lines: Sequence[Line], channel: Channel, call: Call | None, at: datetime) -> tuple[list[Entry], Imported]:
    report = Imported()
    known = {name for row in db.session.execute(select(Proposal.identity, Proposal.reference)) for name in row}
    sections = {section.slug: section for section in db.session.scalars(select(Section))}
    calls = {each.slug: each for each in db.session.scalars(select(Call))}
    named = Known(channel, call, sections, calls, _municipalities())
    entries = []
    for line in lines:
        try:
            entry = _read(line, named, day_of(at))
        except RowRefused as refusal:
            report.refused.append((line.number, str(refusal)))
            continue
        if {entry.identity, entry.reference} & known:
            report.skipped += 1
        else:
            known |= {entry.identity, entry.reference} - {""}
            entries.append(entry)
            report.without_files += bool(line.cells.get("attachments"))
    return entries, report


def _read(line: Line, known: Known, today: date) -> Entry:
    cells = line.cells
    channel = _channel(cells.get("channel", ""), known.channel)
    text = texts.normalize(cells.get("text", ""))
    if not text:
        raise RowRefused(_("Der Text fehlt."))
    if len(text) > intake.MOST_CHARACTERS:
        raise RowRefused(_("Der Text hat mehr als 20.000 Zeichen."))
    title, url, number = cells.get("title", ""), cells.get("url", ""), cells.get("id", "")
    if len(title) > TITLE_LENGTH:
        raise RowRefused(_("Der Titel hat mehr als 200 Zeichen."))
    if not url and not number:
        raise RowRefused(_("Es gibt weder id noch url: So lässt sich die Zeile nicht wiedererkennen."))
    identity = url or f"{channel}:{number}"
    if len(identity) > 500:
        raise RowRefused(_("Die Adresse hat mehr als 500 Zeichen."))
    received_on = _day(cells.get("received_on", ""), today)
    name = cells.get("organisation", "")
    organization = _organization(name) if name else None
    return Entry(
        number=line.number,
        text=text,
        title=title,
        kind=_kind(cells.get("kind", "")),
        language=_language(cells.get("language", "")),
        translation=texts.normalize(cells.get("translation", "")),
        reference=_reference(cells.get("reference", ""), received_on),
        channel=channel,
        section=_section(cells.get("section", ""), known.sections),
        call=_call(cells.get("call", ""), known),
        municipality=_municipality(cells.get("municipality", ""), known.municipalities),
        organization=organization,
        organization_name="" if organization else name[:200],
        received_on=received_on,
        identity=identity,
        url=url,
    )


def _take_in(entries: Iterable[Entry]) -> list[Proposal]:
    by_year: dict[int, list[Entry]] = {}
    proposals = []
    for entry in entries:
        if entry.reference:
            keep_reference(entry.reference)
            proposals.append(_receive(entry, entry.reference))
        else:
            by_year.setdefault(entry.received_on.year, []).append(entry)
    for year, some in sorted(by_year.items()):
        references = next_references(year, len(some))
        proposals += [_receive(entry, reference) for reference, entry in zip(references, some, strict=True)]
    return proposals


def _receive(entry: Entry, reference: str) -> Proposal:
    origin = Origin(
        entry.channel,
        received_on=entry.received_on,
        organization=entry.organization,
        identity=entry.identity,
        source_url=entry.url,
    )
    statement = Statement(
        entry.text,
        entry.kind,
        entry.language,
        entry.title,
        entry.translation,
        section=entry.section,
        call=entry.call,
        municipality=entry.municipality,
    )
    proposal = intake.receive(statement, origin, reference=reference)
    if entry.organization_name:
        proposal.contributor = Contributor(organization_name=entry.organization_name)
    return proposal


def _channel(value: str, otherwise: Channel) -> Channel:
    try:
        return Channel(value) if value else otherwise
    except ValueError:
        raise RowRefused(_("„%(value)s“ ist kein Weg, auf dem Beiträge kommen.", value=value)) from None


def _reference(value: str, received_on: date) -> str:
    if value and not is_reference(value, received_on.year):
        raise RowRefused(_("„%(value)s“ ist keine Nummer eines Beitrags aus diesem Jahr.", value=value))
    return value


def _kind(value: str) -> ProposalKind:
    try:
        return ProposalKind(value) if value else ProposalKind.GOAL
    except ValueError:
        raise RowRefused(_("„%(value)s“ ist keine Art von Beitrag.", value=value)) from None


def _language(value: str) -> str | None:
    try:
        return str(Locale.parse(value.lower(), sep="-").language) if value else None
    except (UnknownLocaleError, ValueError):
        raise RowRefused(_("„%(value)s“ ist keine Sprache.", value=value)) from None


def _section(value: str, sections: dict[str, Section]) -> Section | None:
    if value and value not in sections:
        raise RowRefused(_("Das Thema „%(value)s“ ist nicht bekannt.", value=value))
    return sections.get(value)


def _call(value: str, known: Known) -> Call | None:
    if value and value not in known.calls:
        raise RowRefused(_("Den Aufruf „%(value)s“ gibt es nicht.", value=value))
    return known.calls[value] if value else known.call


def _municipalities() -> dict[str, Municipality]:
    found = db.session.scalars(select(Municipality)).all()
    return {name: each for each in found for name in (each.name, each.ags)}


def _municipality(value: str, municipalities: dict[str, Municipality]) -> Municipality | None:
    if value and value not in municipalities:
        raise RowRefused(_("Die Gemeinde „%(value)s“ ist nicht bekannt.", value=value))
    return municipalities.get(value)


def _organization(name: str) -> Organization | None:
    named = select(Organization).where((Organization.name == name) | (Organization.slug == name))
    return db.session.scalars(named).first()


def _day(value: str, today: date) -> date:
    if not value:
        return today
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise RowRefused(_("„%(value)s“ ist kein Datum.", value=value))

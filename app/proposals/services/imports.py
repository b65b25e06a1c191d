"""Contributions that come as a file: good rows go in together, refused ones do not stop them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from sqlalchemy import select

from app.concept.models import Section
from app.db import db, now, transactional
from app.errors import DomainError
from app.local_time import day_of
from app.proposals.models import Channel, Contributor, Proposal, ProposalKind
from app.proposals.services import intake
from app.proposals.services.intake import Origin
from app.proposals.services.references import next_references
from app.proposals.spreadsheets import Line
from app.structures.models import Organization
from app.texts import services as texts

TITLE_LENGTH = 200


class RowRefused(DomainError):
    """The message says what is wrong with the row."""


@dataclass
class Report:
    """What became of each row: references of new ones, how many were known already, and why others were refused."""

    imported: list[str] = field(default_factory=list)
    skipped: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """A row that can go in."""

    text: str
    title: str
    kind: ProposalKind
    language: str | None
    section: Section | None
    organization: Organization | None
    organization_name: str
    received_on: date
    identity: str
    url: str


@transactional
def import_rows(lines: Sequence[Line], *, channel: Channel, at: datetime | None = None) -> Report:
    """Take in the rows of a file. A row's identity is its url, else channel and id: nothing goes in twice."""
    report = Report()
    known = set(db.session.scalars(select(Proposal.identity).where(Proposal.identity.is_not(None))))
    sections = {section.slug: section for section in db.session.scalars(select(Section))}
    entries = []
    for line in lines:
        try:
            entry = _read(line.cells, channel, sections, day_of(at or now()))
        except RowRefused as refusal:
            report.refused.append((line.number, str(refusal)))
            continue
        if entry.identity in known:
            report.skipped += 1
        else:
            known.add(entry.identity)
            entries.append(entry)
    report.imported = [proposal.reference for proposal in _take_in(entries, channel)]
    return report


def _read(cells: dict[str, str], channel: Channel, sections: dict[str, Section], today: date) -> Entry:
    text = texts.normalize(cells.get("text", ""))
    if not text:
        raise RowRefused(_("Der Text fehlt."))
    title, url, number = cells.get("title", ""), cells.get("url", ""), cells.get("id", "")
    if len(title) > TITLE_LENGTH:
        raise RowRefused(_("Der Titel hat mehr als 200 Zeichen."))
    if not url and not number:
        raise RowRefused(_("Es gibt weder id noch url: So lässt sich die Zeile nicht wiedererkennen."))
    identity = url or f"{channel}:{number}"
    if len(identity) > 500:
        raise RowRefused(_("Die Adresse hat mehr als 500 Zeichen."))
    name = cells.get("organisation", "")
    organization = _organization(name) if name else None
    return Entry(
        text=text,
        title=title,
        kind=_kind(cells.get("kind", "")),
        language=_language(cells.get("language", "")),
        section=_section(cells.get("section", ""), sections),
        organization=organization,
        organization_name="" if organization else name[:200],
        received_on=_day(cells.get("received_on", ""), today),
        identity=identity,
        url=url,
    )


def _take_in(entries: Iterable[Entry], channel: Channel) -> list[Proposal]:
    by_year: dict[int, list[Entry]] = {}
    for entry in entries:
        by_year.setdefault(entry.received_on.year, []).append(entry)
    proposals = []
    for year, some in sorted(by_year.items()):
        for reference, entry in zip(next_references(year, len(some)), some, strict=True):
            origin = Origin(
                channel,
                received_on=entry.received_on,
                organization=entry.organization,
                identity=entry.identity,
                source_url=entry.url,
            )
            proposal = intake.receive(
                text=entry.text,
                title=entry.title,
                kind=entry.kind,
                language=entry.language,
                section=entry.section,
                origin=origin,
                reference=reference,
            )
            if entry.organization_name:
                proposal.contributor = Contributor(organization_name=entry.organization_name)
            proposals.append(proposal)
    return proposals


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

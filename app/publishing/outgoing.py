"""What goes out with a paper: the paper itself and each of its annexes, as PDF; before it is sent, as a preview."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app import storage
from app.concept import queries as concept
from app.concept.catalogue import Catalogue, version_ids
from app.concept.models import Edition
from app.council.models import Annex, AnnexContent, Paper
from app.db import now
from app.languages import SOURCE
from app.local_time import day_of
from app.publishing import queries
from app.publishing.annex import annex_of
from app.publishing.document import Asked, whole
from app.publishing.models import SentFile
from app.publishing.papers import paper_pdf
from app.publishing.pdf import annex_pdf, document_pdf
from app.publishing.voice import speaking
from app.texts import queries as texts

Pair = tuple[str, str]  # code of a measure, slug of a partner


@dataclass(frozen=True)
class Outgoing:
    """A paper, or one of its annexes as an edition gives it; before the paper is sent, as the working edition does."""

    paper: Paper
    annex: Annex | None = None
    edition: Edition | None = None

    @property
    def is_upload(self) -> bool:
        return self.annex is not None and self.annex.content is AnnexContent.UPLOAD

    @property
    def address(self) -> tuple[int | None, int | None]:
        return self.annex.id if self.annex else None, self.edition.id if self.edition else None


class State(NamedTuple):
    """What a file depends on besides what is frozen."""

    redactions: str
    partners: frozenset[Pair]


class Replaced(NamedTuple):
    """A file that went out and is gone: when another one took its place, and why."""

    file: SentFile
    at: datetime
    reasons: list[str]


@dataclass(frozen=True)
class Shelved:
    """What goes out, with the file that is kept of it and those this one replaced."""

    out: Outgoing
    file: SentFile | None = None
    replaced: Sequence[Replaced] = ()

    @property
    def is_amended(self) -> bool:
        """Whether its edition was cut after the paper had been sent."""
        edition, sent_at = self.out.edition, self.out.paper.sent_at
        return edition is not None and sent_at is not None and edition.cut_at > sent_at


def all_of(paper: Paper) -> Iterator[Outgoing]:
    """An annex that is made from the concept comes once for each edition the paper is about, the one sent first."""
    yield Outgoing(paper)
    editions: Sequence[Edition | None] = concept.editions_of(paper) or [None]
    for annex in paper.annexes:
        if annex.content is AnnexContent.UPLOAD:
            yield Outgoing(paper, annex)
        else:
            yield from (Outgoing(paper, annex, edition) for edition in editions)


def files_of(paper: Paper) -> dict[tuple[int | None, int | None], SentFile]:
    """The files of a paper that are there, by what they are."""
    return {(each.annex_id, each.edition_id): each for each in queries.sent_files(paper) if each.is_there}


def shown(out: Outgoing) -> bytes:
    """The file as it went out. Made anew for a draft, and where the file is not kept yet or must no longer be shown.

    Raises FileMissing.
    """
    file = files_of(out.paper).get(out.address)
    catalogue = catalogue_of(out)
    state = state_of(out, catalogue)
    if file is None or is_behind(file, state):
        return made(out, catalogue, state.partners & partners_in(file) if file else state.partners)
    return storage.read(file.key or "")


def shelf(paper: Paper) -> list[Shelved]:
    """All that goes out with a paper."""
    files: dict[tuple[int | None, int | None], list[SentFile]] = {}
    for file in queries.sent_files(paper):
        files.setdefault((file.annex_id, file.edition_id), []).append(file)
    return [_shelved(out, files.get(out.address, [])) for out in all_of(paper)]


def _shelved(out: Outgoing, files: list[SentFile]) -> Shelved:
    if not files:
        return Shelved(out)
    replaced = [Replaced(before, after.kept_at, _why(before, after)) for before, after in pairwise(files)]
    return Shelved(out, files[-1], replaced)


def _why(before: SentFile, after: SentFile) -> list[str]:
    """Each reason once: those of the redactions that came; else what changed."""
    came = set(after.redactions.split()) - set(before.redactions.split())
    reasons = list(dict.fromkeys(each.reason for each in texts.redactions_with(map(int, came))))
    if set(before.redactions.split()) - set(after.redactions.split()):
        reasons.append(_("Eine Schwärzung ist aufgehoben."))
    if partners_in(before) - partners_in(after):
        reasons.append(_("Ein Partner möchte nicht mehr genannt sein."))
    return reasons


def is_behind(file: SentFile, state: State) -> bool:
    """Whether a word in it was blackened since, or a partner it names is no longer to be named."""
    return file.redactions != state.redactions or not partners_in(file) <= state.partners


def partners_in(file: SentFile) -> AbstractSet[Pair]:
    pairs = (each.partition("/") for each in file.partners.split())
    return {(code, slug) for code, _slash, slug in pairs}


def catalogue_of(out: Outgoing) -> Catalogue | None:
    """What an annex is made from; None for a paper itself and for an upload."""
    if out.annex is None or out.is_upload:
        return None
    if out.edition is not None:
        return concept.catalogue_of(out.edition)
    return concept.working_document(on=day_of(now()))


def state_of(out: Outgoing, catalogue: Catalogue | None) -> State:
    if out.is_upload:
        return State("", frozenset())
    if catalogue is None:
        sections = (out.paper.proposal, out.paper.facts, out.paper.financial)
        versions, partners = {section.current.id for section in sections}, set[Pair]()
    else:
        versions = version_ids(catalogue)
        named = {(each.code, slug) for each in catalogue.measures for slug in each.partners}
        partners = named & concept.partners_who_agree([each.code for each in catalogue.measures])
    redactions = (each.id for each in texts.standing_redactions(versions))
    return State(" ".join(map(str, redactions)), frozenset(partners))


def made(out: Outgoing, catalogue: Catalogue | None, partners: AbstractSet[Pair]) -> bytes:
    """As PDF in German, the language that binds."""
    if out.annex is None:
        return paper_pdf(out.paper)
    if catalogue is None:
        return storage.read(out.annex.key or "")
    at = _made_at(out)
    with force_locale(SOURCE):
        title = _title(out.paper, out.annex)
        if out.annex.content is AnnexContent.TABLE:
            return annex_pdf(annex_of(catalogue, partners), at=at, heading=f"{title}: {out.annex.title}")
    with speaking(SOURCE, catalogue) as voice:
        asked = Asked(partners, ())  # as it went out: no body had said anything
        county = current_app.config["COUNTY"]
        document = whole(catalogue, out.edition, voice, county=county, kind=title, asked=asked)
        return document_pdf(document, look="a4", at=at)


def _made_at(out: Outgoing) -> datetime | None:
    return out.edition.cut_at if out.edition else None


def _title(paper: Paper, annex: Annex) -> str:
    """What stands on its first page."""
    title = str(_("Anlage %(number)s", number=annex.number))
    if paper.number:
        title = str(_("Anlage %(number)s zur Vorlage %(paper)s", number=annex.number, paper=paper.number))
    return title if paper.is_sent else str(_("Entwurf: %(title)s", title=title))

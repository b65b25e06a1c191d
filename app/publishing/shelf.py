"""The files of what went out: which are there, which are missing, which must no longer be shown as they were."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from flask_babel import gettext as _

from app import storage
from app.concept import queries as concept
from app.concept.catalogue import digests, parse
from app.council.models import Paper
from app.publishing import queries
from app.publishing.models import Address, SentFile
from app.publishing.outgoing import Outgoing, Pair, all_of, made
from app.publishing.queries import Due
from app.texts import queries as texts


class State(NamedTuple):
    """What a file depends on besides what is frozen."""

    redactions: str = ""
    partners: AbstractSet[Pair] = frozenset()


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


def files_of(paper: Paper) -> dict[Address, SentFile]:
    """The files of a paper that are there, by what they are."""
    return {each.address: each for each in queries.sent_files(paper) if each.is_there}


def shown(out: Outgoing) -> bytes:
    """The file as it went out. Made anew for a draft, and where the file is not kept yet or must no longer be shown.

    Raises FileMissing.
    """
    if not out.paper.is_sent:
        return made(out)
    file = files_of(out.paper).get(out.address)
    state = state_of(out, file)
    if file is None or is_behind(file, state):
        return made(out, state.partners)
    return storage.read(file.key or "")


def shelf(paper: Paper) -> list[Shelved]:
    """All that goes out with a paper."""
    files: dict[Address, list[SentFile]] = {}
    for file in queries.sent_files(paper):
        files.setdefault(file.address, []).append(file)
    ids = {number for of_one in files.values() for file in of_one for number in redactions_in(file)}
    reasons = {each.id: each.reason for each in texts.redactions_with(ids)} if ids else {}
    return [_shelved(out, files.get(out.address, []), reasons) for out in all_of(paper)]


def _shelved(out: Outgoing, files: list[SentFile], reasons: Mapping[int, str]) -> Shelved:
    if not files:
        return Shelved(out)
    replaced = [Replaced(before, after.kept_at, _why(before, after, reasons)) for before, after in pairwise(files)]
    return Shelved(out, files[-1], replaced)


def _why(before: SentFile, after: SentFile, reasons: Mapping[int, str]) -> list[str]:
    """Each reason once: those of the redactions that came; else what changed."""
    old, new = redactions_in(before), redactions_in(after)
    found = list(dict.fromkeys(reasons[number] for number in sorted(new - old)))
    if old - new:
        found.append(_("Eine Schwärzung ist aufgehoben."))
    if partners_in(before) - partners_in(after):
        found.append(_("Ein Partner möchte nicht mehr genannt sein."))
    return found


def due() -> list[Due]:
    """What was sent and has no file, or one that must no longer be shown; no edition is built for it."""
    files = queries.files_with_sources()
    blackened = texts.standing_by_digest()
    agreed = concept.partners_who_agree({code for file in files for code, _slug in partners_in(file)})
    documents = {edition.id: digests(edition.document) for edition in {each.edition for each in files} if edition}
    behind = [
        Due(file.paper_id, file.address)
        for file in files
        if is_behind(file, State(_standing(_held(file, documents), blackened), agreed))
    ]
    return [*queries.missing_files(), *behind]


def state_of(out: Outgoing, before: SentFile | None = None) -> State:
    """How it is to be made now; nobody is named who does not stand in the file it takes the place of."""
    if out.edition is None:
        held = set() if out.annex else _texts_of(out.paper)
        return State(_standing(held, texts.standing_by_digest()))
    document = parse(out.edition.document)
    partners = {(each.code, slug) for each in document.measures for slug in each.partners}
    partners &= concept.partners_who_agree([each.code for each in document.measures])
    redactions = _standing(digests(out.edition.document), texts.standing_by_digest())
    return State(redactions, partners & partners_in(before) if before else partners)


def _held(file: SentFile, documents: Mapping[int, AbstractSet[str]]) -> AbstractSet[str]:
    """The texts a file shows, by digest; none in what was uploaded."""
    if file.edition_id:
        return documents[file.edition_id]
    return set() if file.annex_id else _texts_of(file.paper)


def _texts_of(paper: Paper) -> set[str]:
    return {section.current.digest for section in (paper.proposal, paper.facts, paper.financial)}


def _standing(held: AbstractSet[str], blackened: Mapping[int, str]) -> str:
    """The redactions in these texts, as a file names them."""
    return " ".join(str(number) for number, digest in blackened.items() if digest in held)


def is_behind(file: SentFile, state: State) -> bool:
    """Whether a word in it was blackened since, or a partner it names is no longer to be named."""
    return file.redactions != state.redactions or not partners_in(file) <= state.partners


def redactions_in(file: SentFile) -> set[int]:
    return {int(number) for number in file.redactions.split()}


def partners_in(file: SentFile) -> AbstractSet[Pair]:
    pairs = (each.partition("/") for each in file.partners.split())
    return {(code, slug) for code, _slash, slug in pairs}

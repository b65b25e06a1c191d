"""What goes out with a paper: the paper itself and each of its annexes, as PDF; before it is sent, as a preview."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app import storage
from app.concept import queries as concept
from app.concept.blocks import words
from app.concept.catalogue import Catalogue
from app.concept.models import Edition
from app.council.models import Annex, AnnexContent, Paper
from app.db import now
from app.languages import SOURCE
from app.local_time import day_of
from app.publishing.annex import annex_of
from app.publishing.document import Asked, whole
from app.publishing.models import Address
from app.publishing.papers import checksum_of, paper_pdf
from app.publishing.pdf import annex_pdf, document_pdf
from app.publishing.voice import speaking

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
    def address(self) -> Address:
        return self.annex.id if self.annex else None, self.edition.id if self.edition else None


def all_of(paper: Paper) -> Iterator[Outgoing]:
    """An annex that is made from the concept comes once for each edition the paper is about, the one sent first."""
    yield Outgoing(paper)
    editions: Sequence[Edition | None] = concept.editions_of(paper) or ([] if paper.is_sent else [None])
    for annex in paper.annexes:
        if annex.content is AnnexContent.UPLOAD:
            yield Outgoing(paper, annex)
        else:
            yield from (Outgoing(paper, annex, edition) for edition in editions)


def find(paper: Paper, address: Address) -> Outgoing | None:
    return next((out for out in all_of(paper) if out.address == address), None)


def source_of(out: Outgoing) -> str:
    """What tells whether two files were made from the same: the checksum of what goes into them."""
    if out.annex is None:
        return checksum_of(out.paper)
    return out.edition.sha256 if out.edition else out.annex.key or ""


def made(out: Outgoing, partners: AbstractSet[Pair] | None = None) -> bytes:
    """As PDF in German, the language that binds; it names these partners, by default those who agree today.

    It takes seconds: nobody should hold a lock meanwhile. Raises FileMissing.
    """
    if out.annex is None:
        return paper_pdf(out.paper)
    if out.is_upload:
        return storage.read(out.annex.key or "")
    catalogue = _catalogue(out.edition)
    if partners is None:
        partners = concept.partners_who_agree([each.code for each in catalogue.measures])
    at = _made_at(out)
    with force_locale(SOURCE):
        title = _title(out.paper, out.annex)
        if out.annex.content is AnnexContent.TABLE:
            return annex_pdf(annex_of(catalogue, partners), at=at, heading=f"{title}: {out.annex.title}")
    with speaking(SOURCE, catalogue) as voice:
        asked = Asked(partners, ())  # as it went out: no body had said anything
        county = current_app.config["COUNTY"]
        document = whole(catalogue, out.edition, voice, county=county, kind=words(title), asked=asked)
        return document_pdf(document, look="a4", at=at)


def _catalogue(edition: Edition | None) -> Catalogue:
    """What an annex is made from: the frozen edition, or for a draft the working edition."""
    return concept.catalogue_of(edition) if edition else concept.working_document(on=day_of(now()))


def _made_at(out: Outgoing) -> datetime | None:
    return out.edition.cut_at if out.edition else None


def _title(paper: Paper, annex: Annex) -> str:
    """What stands on its first page."""
    title = str(_("Anlage %(number)s", number=annex.number))
    if paper.number:
        title = str(_("Anlage %(number)s zur Vorlage %(paper)s", number=annex.number, paper=paper.number))
    return title if paper.is_sent else str(_("Entwurf: %(title)s", title=title))

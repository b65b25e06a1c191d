"""Reading the files that went out with papers."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Integer, and_, cast, func, null, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from app.concept.models import PaperEdition
from app.council.models import Annex, AnnexContent, Paper
from app.db import db
from app.publishing.models import Address, SentFile
from app.texts.models import Text


class Due(NamedTuple):
    """A file that is to be made."""

    paper_id: int
    address: Address


def sent_files(paper: Paper) -> Sequence[SentFile]:
    """Of a paper, in the order they were kept: also those whose file was replaced."""
    statement = select(SentFile).where(SentFile.paper_id == paper.id).options(joinedload(SentFile.edition))
    return db.session.scalars(statement.order_by(SentFile.id)).all()


def all_sent_files() -> Sequence[SentFile]:
    """Those that are there."""
    return db.session.scalars(select(SentFile).where(SentFile.key.is_not(None)).order_by(SentFile.id)).all()


def files_with_sources() -> Sequence[SentFile]:
    """The same with the edition or the sections that each was made from."""
    sections = [
        selectinload(SentFile.paper).joinedload(section).selectinload(Text.versions)
        for section in (Paper.proposal, Paper.facts, Paper.financial)
    ]
    statement = select(SentFile).where(SentFile.key.is_not(None)).order_by(SentFile.id)
    return db.session.scalars(statement.options(selectinload(SentFile.edition), *sections)).all()


def missing_files() -> list[Due]:
    """Of all that went out: each paper, each upload, each annex from the concept once for each edition of the paper."""
    is_upload = Annex.content == AnnexContent.UPLOAD
    wanted = union_all(
        select(Paper.id.label("paper_id"), *(cast(null(), Integer).label(name) for name in ("annex_id", "edition_id"))),
        select(Annex.paper_id, Annex.id, cast(null(), Integer)).where(is_upload),
        select(Annex.paper_id, Annex.id, PaperEdition.edition_id)
        .join(PaperEdition, PaperEdition.paper_id == Annex.paper_id)
        .where(~is_upload),
    ).subquery()
    kept = and_(
        SentFile.paper_id == wanted.c.paper_id,
        SentFile.annex_id.is_not_distinct_from(wanted.c.annex_id),
        SentFile.edition_id.is_not_distinct_from(wanted.c.edition_id),
        SentFile.key.is_not(None),
    )
    statement = (
        select(wanted)
        .join(Paper, Paper.id == wanted.c.paper_id)
        .outerjoin(SentFile, kept)
        .where(Paper.sent_at.is_not(None), SentFile.id.is_(None))
        .order_by(wanted.c.paper_id, *(func.coalesce(column, 0) for column in (wanted.c.annex_id, wanted.c.edition_id)))
    )
    return [Due(paper_id, (annex_id, edition_id)) for paper_id, annex_id, edition_id in db.session.execute(statement)]

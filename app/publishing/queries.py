"""Reading the files that went out with papers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.council.models import Paper
from app.db import db
from app.publishing.models import SentFile


def sent_files(paper: Paper) -> Sequence[SentFile]:
    """Of a paper, in the order they were kept: also those whose file was replaced."""
    statement = select(SentFile).where(SentFile.paper_id == paper.id).options(joinedload(SentFile.edition))
    return db.session.scalars(statement.order_by(SentFile.id)).all()


def all_sent_files() -> Sequence[SentFile]:
    """Those that are there."""
    statement = select(SentFile).where(SentFile.key.is_not(None)).options(joinedload(SentFile.paper))
    return db.session.scalars(statement.order_by(SentFile.id)).all()


def sent_papers() -> Sequence[Paper]:
    return db.session.scalars(select(Paper).where(Paper.sent_at.is_not(None)).order_by(Paper.id)).all()

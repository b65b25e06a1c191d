"""The files that went out with papers."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models import Edition
from app.council.models import Annex, Paper
from app.db import FileKey, Model, PrimaryKey, Timestamp, now

Address = tuple[int | None, int | None]  # which annex, of which edition; neither: the paper itself


class SentFile(Model):
    """A sent paper, or one of its annexes, as the PDF that went out. Append-only.

    Where a word in it was blackened later, or a partner is no longer to be named, another row holds the file made anew;
    this one keeps its checksum and loses the file. `redactions` and `partners` say what the file was made with: the
    redactions that stand in its texts, the partners it names.
    """

    __tablename__ = "sent_file"

    id: Mapped[PrimaryKey]
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id), index=True)
    annex_id: Mapped[int | None] = mapped_column(ForeignKey(Annex.id))  # None: the paper itself
    edition_id: Mapped[int | None] = mapped_column(ForeignKey(Edition.id))  # what the annex is made from
    key: Mapped[FileKey | None]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]  # bytes
    pages: Mapped[int]
    redactions: Mapped[str] = mapped_column(default="")  # "3 17"
    partners: Mapped[str] = mapped_column(default="")  # "M-001/caritas M-004/vhs"
    kept_at: Mapped[Timestamp] = mapped_column(default=now)

    paper: Mapped[Paper] = relationship()
    annex: Mapped[Annex | None] = relationship()
    edition: Mapped[Edition | None] = relationship()

    @property
    def address(self) -> Address:
        return self.annex_id, self.edition_id

    @property
    def is_there(self) -> bool:
        """Whether it is the one that is shown."""
        return self.key is not None

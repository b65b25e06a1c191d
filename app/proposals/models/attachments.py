"""Attachments: files that came with a contribution, made anew before they were kept (app/proposals/attachments.py)."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import FileKey, Model, PrimaryKey, Timestamp
from app.proposals.models.proposals import Proposal


class Attachment(Model):
    """Public with its contribution, unless those who moderate keep it back."""

    __tablename__ = "attachment"

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    name: Mapped[str] = mapped_column(String(120))  # as the sender called it: never public, it may name somebody
    media_type: Mapped[str] = mapped_column(String(40))
    key: Mapped[FileKey] = mapped_column(index=True)
    size: Mapped[int]  # bytes
    description: Mapped[str] = mapped_column(String(300), default="")  # what there is to see, for those who do not
    withheld_at: Mapped[Timestamp | None]

    proposal: Mapped[Proposal] = relationship(back_populates="attachments")

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_public(self) -> bool:
        return self.proposal.is_released and self.withheld_at is None

"""One row for each thing somebody did. It holds ids and field names, no personal values (DSGVO Art. 5 (1) c)."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, PrimaryKey, Timestamp, now


class AuditEntry(Model):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id"),)

    id: Mapped[PrimaryKey]
    at: Mapped[Timestamp] = mapped_column(default=now, index=True)
    action: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)

"""What came in from files: a report that stays."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now


class EventImport(Model):
    """One file with what became of each row: number, title, event_id, is_new, is_elsewhen, refusal."""

    __tablename__ = "event_import"

    id: Mapped[PrimaryKey]
    file_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

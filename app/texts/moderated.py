"""What contributions, comments and suggestions share: may the public read them, where is whoever said them reached."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Timestamp
from app.errors import InvalidTransition


class ModerationState(StrEnum):
    """Whether the public may read it. What became of it is derived from the decisions on its passages."""

    RECEIVED = "received"
    RELEASED = "released"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    ModerationState.RECEIVED: _("wird geprüft"),
    ModerationState.RELEASED: _("veröffentlicht"),
    ModerationState.WITHHELD: _("nicht veröffentlicht"),
    ModerationState.WITHDRAWN: _("zurückgezogen"),
}

TRANSITIONS: dict[ModerationState, frozenset[ModerationState]] = {
    ModerationState.RECEIVED: frozenset(
        {ModerationState.RELEASED, ModerationState.WITHHELD, ModerationState.WITHDRAWN}
    ),
    ModerationState.WITHHELD: frozenset({ModerationState.RELEASED, ModerationState.WITHDRAWN}),
    ModerationState.RELEASED: frozenset({ModerationState.WITHHELD, ModerationState.WITHDRAWN}),
}


class Moderated:
    """Somebody's words that are read before the public reads them."""

    state: Mapped[ModerationState] = mapped_column(default=ModerationState.RECEIVED)
    state_reason: Mapped[str] = mapped_column(default="")  # public

    @property
    def is_released(self) -> bool:
        return self.state is ModerationState.RELEASED

    @property
    def may_be_withdrawn(self) -> bool:
        return ModerationState.WITHDRAWN in TRANSITIONS.get(self.state, ())

    def move_to(self, state: ModerationState, *, reason: str = "") -> None:
        if state not in TRANSITIONS.get(self.state, frozenset()):
            raise InvalidTransition
        self.state = state
        self.state_reason = reason


class Reachable:
    """Whoever said it, as far as they told us where to write."""

    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(12), default="de")
    email_confirmed_at: Mapped[Timestamp | None]

    @property
    def is_written_to(self) -> bool:
        return bool(self.email) and self.email_confirmed_at is not None

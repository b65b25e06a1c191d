"""What contributions and comments share: whether the public may read them, and writing to whoever said them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Timestamp
from app.errors import InvalidTransition


class ProposalState(StrEnum):
    """Whether the public may read it. What became of it is derived from the decisions on its passages."""

    RECEIVED = "received"
    RELEASED = "released"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    ProposalState.RECEIVED: _("wird geprüft"),
    ProposalState.RELEASED: _("veröffentlicht"),
    ProposalState.WITHHELD: _("nicht veröffentlicht"),
    ProposalState.WITHDRAWN: _("zurückgezogen"),
}

TRANSITIONS: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.RECEIVED: frozenset({ProposalState.RELEASED, ProposalState.WITHHELD, ProposalState.WITHDRAWN}),
    ProposalState.WITHHELD: frozenset({ProposalState.RELEASED, ProposalState.WITHDRAWN}),
    ProposalState.RELEASED: frozenset({ProposalState.WITHHELD, ProposalState.WITHDRAWN}),
}


class Moderated:
    """Somebody's words that are read before the public reads them."""

    state: Mapped[ProposalState] = mapped_column(default=ProposalState.RECEIVED)
    state_reason: Mapped[str] = mapped_column(default="")  # public

    @property
    def is_released(self) -> bool:
        return self.state is ProposalState.RELEASED

    @property
    def may_be_withdrawn(self) -> bool:
        return ProposalState.WITHDRAWN in TRANSITIONS.get(self.state, ())

    def move_to(self, state: ProposalState, *, reason: str = "") -> None:
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

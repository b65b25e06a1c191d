"""On the way to a decision: given to a working group, what it recommends; and on whose desk something was put."""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.proposals.models.decisions import Condensation, Decision, DecisionOutcome
from app.proposals.models.proposals import Proposal
from app.structures.models import Municipality, Organization
from app.texts.models import Text


def _one_open(subject: str) -> Index:
    """Nothing lies twice before the same group at once."""
    condition = text("returned_on IS NULL")
    columns = (f"{subject}_id", "organization_id")
    return Index(
        f"uq_referral_{subject}_open", *columns, unique=True, postgresql_where=condition, sqlite_where=condition
    )


class Referral(Model):
    """A condensation, or a contribution by itself, lies before a working group or an office, with a question.

    It is open until the recommendation is there or the organisers take it back.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(condensation_id IS NULL) <> (proposal_id IS NULL)", name="one_subject"),
        CheckConstraint("returned_on IS NULL OR returned_on >= referred_on", name="returned_later"),
        _one_open("condensation"),
        _one_open("proposal"),
    )

    id: Mapped[PrimaryKey]
    condensation_id: Mapped[int | None] = mapped_column(ForeignKey(Condensation.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    question: Mapped[str] = mapped_column(String(500), default="")  # public
    due_on: Mapped[date | None]
    referred_on: Mapped[date]
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    returned_on: Mapped[date | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    condensation: Mapped[Condensation | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    organization: Mapped[Organization] = relationship()
    recommendations: Mapped[list["Recommendation"]] = relationship(
        back_populates="referral", order_by="Recommendation.id"
    )

    @property
    def is_open(self) -> bool:
        return self.returned_on is None

    @property
    def subject(self) -> Condensation | Proposal:
        subject = self.condensation or self.proposal
        assert subject is not None, "a referral has one subject (ck_referral_one_subject)"
        return subject

    @property
    def recommendation(self) -> "Recommendation | None":
        """What holds: the last one typed."""
        return self.recommendations[-1] if self.recommendations else None


class Recommendation(Model):
    """What a group recommends, before anything is decided. Append-only: a correction is a new row.

    `reason` becomes the draft of the answer, `wording` that of what stands in the concept. The public reads it once
    the decision is released.
    """

    __tablename__ = "recommendation"

    id: Mapped[PrimaryKey]
    referral_id: Mapped[int] = mapped_column(ForeignKey(Referral.id), index=True)
    outcome: Mapped[DecisionOutcome]
    reason_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    wording_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    recommended: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))  # who typed it

    referral: Mapped[Referral] = relationship(back_populates="recommendations")
    reason: Mapped[Text] = relationship(foreign_keys=reason_id)
    wording: Mapped[Text | None] = relationship(foreign_keys=wording_id)


class Level(StrEnum):
    MUNICIPALITY = "municipality"
    STATE = "state"
    FEDERATION = "federation"
    OTHER = "other"


LEVEL_LABELS = {
    Level.MUNICIPALITY: _("an eine Gemeinde"),
    Level.STATE: _("an das Land"),
    Level.FEDERATION: _("an den Bund"),
    Level.OTHER: _("an eine andere Stelle"),
}


class Forwarding(Model):
    """To whom something was forwarded that the county cannot decide: which level, which office, where, when."""

    __tablename__ = "forwarding"
    __table_args__ = (CheckConstraint("level <> 'municipality' OR municipality_id IS NOT NULL", name="which_one"),)

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), unique=True)
    level: Mapped[Level]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id), index=True)
    office_address: Mapped[str] = mapped_column(String(300), default="")  # of the office, never of a person
    forwarded_on: Mapped[date]

    decision: Mapped[Decision] = relationship(back_populates="forwarding")
    municipality: Mapped[Municipality | None] = relationship()


class ObjectionReply(Model):
    """Why it was decided although somebody quoted had objected; the public reads it with the decision."""

    __tablename__ = "objection_reply"

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), unique=True)
    reason_id: Mapped[int] = mapped_column(ForeignKey(Text.id))

    decision: Mapped[Decision] = relationship(back_populates="objection_reply")
    reason: Mapped[Text] = relationship()

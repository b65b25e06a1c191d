"""Partners of measures: who is asked to agree, what they answered, and whom to write to (2017 paper, step 8).

Requests and answers are append-only. Whether a partner may be named is what it answered last.
"""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models.catalogue import Measure
from app.db import Generation, Model, PrimaryKey, Timestamp, now
from app.structures.models import Organization
from app.texts.models import Text, TextVersion


class Agreement(StrEnum):
    YES = "yes"
    CONDITIONS = "conditions"
    NO = "no"


AGREEMENT_LABELS = {
    Agreement.YES: _("stimmt zu"),
    Agreement.CONDITIONS: _("stimmt unter Bedingungen zu"),
    Agreement.NO: _("stimmt nicht zu"),
}


class Channel(StrEnum):
    """How a partner was asked or answered."""

    LINK = "link"
    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    TALK = "talk"


CHANNEL_LABELS = {
    Channel.LINK: _("über den Link in der E-Mail"),
    Channel.PHONE: _("am Telefon"),
    Channel.MAIL: _("per E-Mail"),
    Channel.LETTER: _("mit einem Brief"),
    Channel.TALK: _("im Gespräch"),
}


class PartnerContact(Model):
    """Whom to write to at an organisation; raising the generation ends the links that went out."""

    __tablename__ = "partner_contact"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    generation: Mapped[Generation]

    organization: Mapped[Organization] = relationship()


class PartnerAnswer(Model):
    """What a partner says to a wording of its measure; append-only, the last one holds."""

    __tablename__ = "partner_answer"

    id: Mapped[PrimaryKey]
    partner_id: Mapped[int] = mapped_column(ForeignKey("measure_partner.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id))
    agreement: Mapped[Agreement | None]  # None: it only took back that it may be named
    may_be_named: Mapped[bool]
    words_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    answered_on: Mapped[date]
    channel: Mapped[Channel]
    recorded_at: Mapped[Timestamp] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    partner: Mapped["MeasurePartner"] = relationship(back_populates="answers")
    words: Mapped[Text | None] = relationship()


class MeasurePartner(Model):
    """An organisation that works on a measure with the office; it is named once it agreed to that."""

    __tablename__ = "measure_partner"
    __table_args__ = (UniqueConstraint("measure_id", "organization_id"),)

    id: Mapped[PrimaryKey] = mapped_column()
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    named_at_entry: Mapped[bool] = mapped_column("may_be_named", default=False)  # known before answers were kept

    measure: Mapped[Measure] = relationship(back_populates="partners")
    organization: Mapped[Organization] = relationship()
    requests: Mapped[list["PartnerRequest"]] = relationship(back_populates="partner", order_by="PartnerRequest.id")
    answers: Mapped[list[PartnerAnswer]] = relationship(back_populates="partner", order_by=PartnerAnswer.id)
    may_be_named: Mapped[bool] = column_property(
        func.coalesce(
            select(PartnerAnswer.may_be_named)
            .where(PartnerAnswer.partner_id == id)  # noqa: A003 -- the column above
            .order_by(PartnerAnswer.id.desc())
            .limit(1)
            .correlate_except(PartnerAnswer)
            .scalar_subquery(),
            named_at_entry,
        )
    )


class PartnerRequest(Model):
    """That a partner was asked to agree to a wording, or reminded of it; append-only."""

    __tablename__ = "partner_request"

    id: Mapped[PrimaryKey]
    partner_id: Mapped[int] = mapped_column(ForeignKey(MeasurePartner.id), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id))
    is_reminder: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[Channel]
    asked_on: Mapped[date]
    recorded_at: Mapped[Timestamp] = mapped_column(default=now)

    partner: Mapped[MeasurePartner] = relationship(back_populates="requests")

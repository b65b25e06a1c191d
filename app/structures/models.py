"""Organisations of every kind, how they hang together over time, and the municipalities."""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Generation, Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn


class OrganizationKind(StrEnum):
    COUNTY = "county"
    OFFICE = "office"
    UNIT = "unit"
    COUNCIL = "council"
    COMMITTEE = "committee"
    STEERING_GROUP = "steering_group"
    EXPERT_ROUND = "expert_round"
    WORKING_GROUP = "working_group"
    PARTICIPATION_STRUCTURE = "participation_structure"
    MUNICIPAL_ASSOCIATION = "municipal_association"
    POLITICAL_GROUP = "political_group"
    MUNICIPALITY_GROUP = "municipality_group"
    MUNICIPALITY = "municipality"
    PARTNER = "partner"
    MIGRANT_ORGANIZATION = "migrant_organization"
    INITIATIVE = "initiative"


KIND_LABELS = {
    OrganizationKind.COUNTY: _("Landkreis"),
    OrganizationKind.OFFICE: _("Amt"),
    OrganizationKind.UNIT: _("Referat"),
    OrganizationKind.COUNCIL: _("Kreistag"),
    OrganizationKind.COMMITTEE: _("Ausschuss"),
    OrganizationKind.STEERING_GROUP: _("Steuerungsgruppe"),
    OrganizationKind.EXPERT_ROUND: _("Fachrunde"),
    OrganizationKind.WORKING_GROUP: _("Arbeitskreis"),
    OrganizationKind.PARTICIPATION_STRUCTURE: _("Beteiligungsstruktur"),
    OrganizationKind.MUNICIPAL_ASSOCIATION: _("Verband der Gemeinden"),
    OrganizationKind.POLITICAL_GROUP: _("Fraktionen"),
    OrganizationKind.MUNICIPALITY_GROUP: _("Städte und Gemeinden"),
    OrganizationKind.MUNICIPALITY: _("Stadt oder Gemeinde"),
    OrganizationKind.PARTNER: _("Kooperationspartner"),
    OrganizationKind.MIGRANT_ORGANIZATION: _("Migrantenorganisation"),
    OrganizationKind.INITIATIVE: _("Initiative"),
}

# What the 2017 paper's chapter 5 calls structures, networks and bodies
BODIES = frozenset(
    {
        OrganizationKind.COUNCIL,
        OrganizationKind.COMMITTEE,
        OrganizationKind.STEERING_GROUP,
        OrganizationKind.EXPERT_ROUND,
        OrganizationKind.WORKING_GROUP,
        OrganizationKind.PARTICIPATION_STRUCTURE,
    }
)


class OrganizationState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    DISSOLVED = "dissolved"


class Municipality(Model):
    """A town or municipality of the county; source: Statistisches Bundesamt, Gemeindeverzeichnis."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("population >= 0", name="population_counted"),)

    id: Mapped[PrimaryKey]
    ags: Mapped[str] = mapped_column(String(8), unique=True)  # Amtlicher Gemeindeschlüssel
    name: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(40))
    post_code: Mapped[str] = mapped_column(String(5))
    population: Mapped[int]
    population_on: Mapped[date]
    association: Mapped[str] = mapped_column(String(100), default="")
    latitude: Mapped[float]
    longitude: Mapped[float]


class Organization(Model):
    """A body, office, association or partner. Told apart by `kind`; what ended stays readable."""

    __tablename__ = "organization"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[OrganizationKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    founded: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    dissolved: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())  # unknown: not dissolved
    dissolution_reason: Mapped[str] = mapped_column(default="")
    is_planned: Mapped[bool] = mapped_column(default=False)
    description: Mapped[str] = mapped_column(default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id))  # whose administration it is
    is_example: Mapped[bool] = mapped_column(default=False)

    municipality: Mapped[Municipality | None] = relationship()
    parent: Mapped["Organization | None"] = relationship(remote_side="Organization.id")
    leaderships: Mapped[list["Leadership"]] = relationship(
        back_populates="organization", foreign_keys="Leadership.organization_id", order_by="Leadership.valid"
    )
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="organization", foreign_keys="Seat.organization_id", order_by="Seat.id"
    )
    successions: Mapped[list["Succession"]] = relationship(
        back_populates="predecessor", foreign_keys="Succession.predecessor_id", order_by="Succession.id"
    )
    preceded_by: Mapped[list["Succession"]] = relationship(
        back_populates="successor", foreign_keys="Succession.successor_id", order_by="Succession.id"
    )

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def state_on(self, day: date) -> OrganizationState:
        """A structure can be planned before it exists (2016 paper: "in näherer Zukunft das Thema Gesundheit")."""
        if self.dissolved and self.dissolved.last_day < day:
            return OrganizationState.DISSOLVED
        if self.is_planned or self.founded.first_day > day:
            return OrganizationState.PLANNED
        return OrganizationState.ACTIVE


class Succession(Model):
    """Who carries on the work of a body that was dissolved."""

    __tablename__ = "succession"
    __table_args__ = (
        Index("uq_succession_pair", "predecessor_id", "successor_id", unique=True),
        CheckConstraint("predecessor_id <> successor_id", name="two_organizations"),
    )

    id: Mapped[PrimaryKey]
    predecessor_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    successor_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)

    predecessor: Mapped[Organization] = relationship(back_populates="successions", foreign_keys=predecessor_id)
    successor: Mapped[Organization] = relationship(back_populates="preceded_by", foreign_keys=successor_id)


class Leadership(Model):
    """Which organisation leads a body, and when (2016 paper: "deren Leitung beim Referat Integration ... liegt")."""

    __tablename__ = "leadership"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    source: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization] = relationship(back_populates="leaderships", foreign_keys=organization_id)
    lead: Mapped[Organization] = relationship(foreign_keys=lead_id)


class Seat(Model):
    """A category of seats in a body, and for whom those who sit there sit (OParl: onBehalfOf)."""

    __tablename__ = "seat"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    category: Mapped[str] = mapped_column(String(120))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id))
    is_voluntary: Mapped[bool] = mapped_column(default=False)
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    source: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization] = relationship(back_populates="seats", foreign_keys=organization_id)
    on_behalf_of: Mapped[Organization | None] = relationship(foreign_keys=on_behalf_of_id)


class Function(Model):
    """A function with a history, such as the Integrationsbeauftragte; never the name of a person."""

    __tablename__ = "function"

    id: Mapped[PrimaryKey]
    title: Mapped[str] = mapped_column(String(120))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization] = relationship()


class Responsibility(Model):
    """Which organisation was responsible for what, and when; old papers keep the old owner."""

    __tablename__ = "responsibility"

    id: Mapped[PrimaryKey]
    subject: Mapped[str] = mapped_column(String(200))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    source: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization] = relationship()


class Mandate(Model):
    """That an account may act for an organisation, since when and until when."""

    __tablename__ = "mandate"
    __table_args__ = (
        Index(
            "uq_mandate_held",
            "account_id",
            "organization_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
            sqlite_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    granted_at: Mapped[Timestamp] = mapped_column(default=now)
    revoked_at: Mapped[Timestamp | None]

    account: Mapped[Account] = relationship()
    organization: Mapped[Organization] = relationship()


class MandateInvitation(Model):
    """That somebody who acts for an organisation asks a colleague to do so, too; gone once it is answered."""

    __tablename__ = "mandate_invitation"
    __table_args__ = (UniqueConstraint("organization_id", "email"),)

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(12))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    link_generation: Mapped[Generation]

    organization: Mapped[Organization] = relationship()
    invited_by: Mapped[Account] = relationship()

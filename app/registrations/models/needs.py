"""What people need in order to take part, encrypted and apart; and what organisers plan against it.

We ask for the service, never for the reason (GDPR article 9; field notes "Standards").
"""

from datetime import timedelta
from enum import StrEnum
from typing import TypedDict

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event
from app.registrations.models.registrations import Registration

KEEP_NEEDS = timedelta(days=14)  # after the event's end


class NeedKind(StrEnum):
    INTERPRETATION = "interpretation"  # into a language
    SIGN_LANGUAGE = "sign_language"
    WRITTEN_INTERPRETATION = "written_interpretation"
    WHEELCHAIR = "wheelchair"
    ASSISTANCE = "assistance"
    CHILDCARE = "childcare"  # with ages
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    WITHOUT_NUTS = "without_nuts"
    WITHOUT_GLUTEN = "without_gluten"
    WITHOUT_LACTOSE = "without_lactose"
    TRAVEL = "travel"
    OTHER = "other"  # in words


NEED_KIND_LABELS = {
    NeedKind.INTERPRETATION: _("Dolmetschen"),
    NeedKind.SIGN_LANGUAGE: _("Gebärdensprache (DGS)"),
    NeedKind.WRITTEN_INTERPRETATION: _("Schriftdolmetschen"),
    NeedKind.WHEELCHAIR: _("Rollstuhlplatz"),
    NeedKind.ASSISTANCE: _("Assistenz vor Ort"),
    NeedKind.CHILDCARE: _("Kinderbetreuung"),
    NeedKind.VEGETARIAN: _("Essen: vegetarisch"),
    NeedKind.VEGAN: _("Essen: vegan"),
    NeedKind.HALAL: _("Essen: halal"),
    NeedKind.KOSHER: _("Essen: koscher"),
    NeedKind.WITHOUT_NUTS: _("Essen: ohne Nüsse"),
    NeedKind.WITHOUT_GLUTEN: _("Essen: ohne Gluten"),
    NeedKind.WITHOUT_LACTOSE: _("Essen: ohne Laktose"),
    NeedKind.TRAVEL: _("Hilfe bei der Anreise"),
    NeedKind.OTHER: _("Etwas anderes"),
}
FOOD = (
    *(NeedKind.VEGETARIAN, NeedKind.VEGAN, NeedKind.HALAL, NeedKind.KOSHER),
    *(NeedKind.WITHOUT_NUTS, NeedKind.WITHOUT_GLUTEN, NeedKind.WITHOUT_LACTOSE),
)
# Somebody of the team has to find or call the person; of everything else the team sees numbers only
WITH_NAMES = frozenset({NeedKind.ASSISTANCE, NeedKind.CHILDCARE, NeedKind.TRAVEL, NeedKind.OTHER})


class NeedFields(TypedDict):
    """One thing a party needs."""

    kind: NeedKind
    language: str  # code of the language to interpret into, else empty
    persons: int
    ages: list[int]  # of the children to look after, else empty
    note: str  # where to be fetched, what else; else empty


class Need(Model):
    """All that one party needs, in one encrypted row: not even how much it is can be read."""

    __tablename__ = "need"

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)  # see app.registrations.needs
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    registration: Mapped[Registration] = relationship()
    event: Mapped[Event] = relationship()


class Resource(Model):
    """What organisers have planned against a need. `persons`: how many it serves, None for as many as come."""

    __tablename__ = "event_resource"
    __table_args__ = (
        CheckConstraint("persons > 0", name="persons_positive"),
        CheckConstraint("(kind = 'interpretation') = (language <> '')", name="language_of_interpretation"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    kind: Mapped[NeedKind]
    language: Mapped[str] = mapped_column(String(12), default="")
    persons: Mapped[int | None]
    who: Mapped[str] = mapped_column(String(200), default="")  # in words: "Dolmetschpool des Landkreises"
    is_confirmed: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship()

"""Reading what binds nobody: ideas for municipalities, who took them up, good practice."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.concept.models import (
    ConceptPicture,
    GoodPractice,
    IdeaUptake,
    MunicipalIdea,
    UptakeKind,
    WorkingSection,
)
from app.db import db
from app.slugs import in_order
from app.structures.models import Mandate, Municipality, Organization
from app.texts.models import Text, TextVersion

WITH_UPTAKES = (
    joinedload(MunicipalIdea.section),
    selectinload(MunicipalIdea.text).selectinload(Text.versions),
    selectinload(MunicipalIdea.uptakes).joinedload(IdeaUptake.municipality),
    selectinload(MunicipalIdea.uptakes).joinedload(IdeaUptake.sentence).selectinload(Text.versions),
)
WITH_ALL = (
    joinedload(GoodPractice.section),
    joinedload(GoodPractice.municipality),
    joinedload(GoodPractice.picture),
    joinedload(GoodPractice.contact),
    selectinload(GoodPractice.text).selectinload(Text.versions),
)


def ideas() -> Sequence[MunicipalIdea]:
    """Those of the working edition in its order, each with all that municipalities said of it."""
    return db.session.scalars(
        select(MunicipalIdea)
        .join(WorkingSection, WorkingSection.section_id == MunicipalIdea.section_id)
        .where(MunicipalIdea.dropped_at.is_(None))
        .options(*WITH_UPTAKES)
        .order_by(WorkingSection.position, MunicipalIdea.position, MunicipalIdea.id)
    ).all()


def find_idea(idea_id: int) -> MunicipalIdea | None:
    return db.session.get(MunicipalIdea, idea_id, options=WITH_UPTAKES)


def standing(uptakes: Iterable[IdeaUptake]) -> list[IdeaUptake]:
    """Who takes it up today: the last word of each municipality, by name."""
    last = {each.municipality_id: each for each in sorted(uptakes, key=lambda each: each.id)}
    held = [each for each in last.values() if each.kind is UptakeKind.TAKEN_UP]
    return sorted(held, key=lambda each: in_order(each.municipality.name))


def uptakes_by_digest(digests: Collection[str]) -> dict[str, list[IdeaUptake]]:
    """Who takes up an idea today, by the digest under which an edition holds it, in whichever wording."""
    rows = db.session.execute(
        select(TextVersion.digest, IdeaUptake)
        .join(MunicipalIdea, MunicipalIdea.text_id == TextVersion.text_id)
        .join(IdeaUptake, IdeaUptake.idea_id == MunicipalIdea.id)
        .where(TextVersion.digest.in_(digests))
        .options(joinedload(IdeaUptake.municipality), joinedload(IdeaUptake.sentence).selectinload(Text.versions))
    ).all()
    found: dict[str, list[IdeaUptake]] = {}
    for digest, uptake in rows:
        found.setdefault(digest, []).append(uptake)
    return {digest: standing(uptakes) for digest, uptakes in found.items()}


def good_practice() -> Sequence[GoodPractice]:
    """What stands in the working edition, in its order."""
    return db.session.scalars(
        select(GoodPractice)
        .join(WorkingSection, WorkingSection.section_id == GoodPractice.section_id)
        .where(GoodPractice.dropped_at.is_(None))
        .options(*WITH_ALL)
        .order_by(WorkingSection.position, GoodPractice.id)
    ).all()


def find_practice(practice_id: int) -> GoodPractice | None:
    return db.session.get(GoodPractice, practice_id, options=WITH_ALL)


def pictures(numbers: Collection[int]) -> dict[int, ConceptPicture]:
    """By their numbers."""
    found = db.session.scalars(select(ConceptPicture).where(ConceptPicture.number.in_(numbers)))
    return {picture.number: picture for picture in found}


def represented_by(account: Account | None) -> Sequence[Municipality]:
    """The municipalities whose administration an account acts for, by name."""
    if account is None:
        return []
    return db.session.scalars(
        select(Municipality)
        .join(Organization, Organization.municipality_id == Municipality.id)
        .join(Mandate, Mandate.organization_id == Organization.id)
        .where(Mandate.account_id == account.id, Mandate.revoked_at.is_(None))
        .order_by(Municipality.name)
        .distinct()
    ).all()

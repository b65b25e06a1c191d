"""What outlives editions: texts with the versions that are named, sections, goals and measures by code, pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app import storage
from app.concept.catalogue import CatalogueGoal, CatalogueMeasure, CatalogueSection, PlannedSection
from app.concept.columns import kept_of
from app.concept.errors import (
    CodeTaken,
    FileRefused,
    NewerThanWorkingEdition,
    PictureNumberTaken,
    PictureOfAnother,
    ReadableHere,
)
from app.concept.exchange import ConceptFile
from app.concept.held import HeldText
from app.concept.importing.registers import Registers
from app.concept.models import (
    BudgetLine,
    ConceptPicture,
    Descent,
    Goal,
    Measure,
    MeasureLifeSituation,
    MeasurePartner,
    MeasureTargetGroup,
    Section,
    WorkingEdition,
)
from app.db import db
from app.texts.models import Redaction, Text, TextVersion

Item = TypeVar("Item", Goal, Measure)


@dataclass(frozen=True)
class Items:
    sections: Mapping[str, Section]
    goals: Mapping[str, Goal]
    measures: Mapping[str, Measure]


def add_texts(file: ConceptFile) -> dict[str, TextVersion]:
    """The versions a document names, by digest. A text is known by the digest of its first version.

    What is blackened here stays blackened, whatever the file says. What only the file has blackened is refused: with a
    digest alone nobody publishes words that stand elsewhere here. Raises NewerThanWorkingEdition, ReadableHere,
    FileRefused.
    """
    held = file.surrounding.texts
    digests, origins = {each.digest for each in held}, {each.origin for each in held}
    statement = select(TextVersion).where(TextVersion.digest.in_(digests | origins))
    there = {each.digest: each for each in db.session.scalars(statement)}
    owners = {each.digest: each.text for each in there.values()} | {
        text.origin: text
        for text in db.session.scalars(
            select(Text).where(Text.origin.in_(origins)).options(selectinload(Text.versions))
        )
    }
    found: dict[str, TextVersion] = {}
    for each in sorted(held, key=lambda text: text.number):
        version = there.get(each.digest)
        if version is None:
            text = owners.get(each.origin)
            if text is None:
                text = owners[each.origin] = Text(origin=each.origin if each.number > 1 else None)
                db.session.add(text)
            version = _add_version(text, each)
        elif version.salt is not None and not each.salt:
            raise ReadableHere
        found[each.digest] = version
    db.session.flush()
    return found


def _add_version(text: Text, held: HeldText) -> TextVersion:
    numbers = [each.number for each in text.versions]
    if held.number in numbers:
        raise FileRefused  # two installations went on writing at the same text
    if numbers and held.number > max(numbers) and db.session.get(WorkingEdition, 1) is not None:
        raise NewerThanWorkingEdition
    version = TextVersion(**kept_of(held), redactions=[Redaction(**kept_of(done)) for done in held.redactions])
    text.versions.append(version)
    return version


def add_items(file: ConceptFile, registers: Registers, texts: Mapping[str, TextVersion]) -> Items:
    """Sections by slug, goals and measures by code; raises CodeTaken."""
    catalogue = file.catalogue
    sections = _sections([*catalogue.sections, *catalogue.planned])
    agreed = {each.measure: each.partners for each in file.surrounding.agreements}
    goals, measures = _there(Goal, catalogue.goals, texts), _there(Measure, catalogue.measures, texts)
    for goal in catalogue.goals:
        if goal.code not in goals:
            goals[goal.code] = Goal(
                code=goal.code, kind=goal.kind, text=texts[goal.digest].text, is_example=goal.is_example
            )
    for measure in catalogue.measures:
        if measure.code not in measures:
            measures[measure.code] = _measure(measure, texts, registers, agreed.get(measure.code, ()))
    db.session.add_all([*goals.values(), *measures.values()])
    _add_descents(file)
    return Items(sections, goals, measures)


def _add_descents(file: ConceptFile) -> None:
    there = {(each.code, each.follows) for each in db.session.scalars(select(Descent))}
    for each in file.surrounding.descents:
        if (each.code, each.follows) not in there:
            db.session.add(Descent(**kept_of(each)))


def add_pictures(file: ConceptFile) -> None:
    """Under the numbers that bodies name.

    Raises PictureNumberTaken where a working edition is to be made, and PictureOfAnother: whatever a picture of the
    concept names is public, so who only knows the key of another file here does not publish that.
    """
    held = file.catalogue.surroundings.pictures
    keys, numbers = {each.key for each in held}, {each.number for each in held}
    gone = {each.key for each in file.surrounding.pictures if not each.content}
    there = db.session.scalars(
        select(ConceptPicture).where(or_(ConceptPicture.key.in_(keys), ConceptPicture.number.in_(numbers)))
    ).all()
    by_key, by_number = {each.key: each for each in there}, {each.number: each for each in there}
    has_working = db.session.get(WorkingEdition, 1) is not None
    free = db.session.scalar(select(func.max(ConceptPicture.number))) or 0
    for each in held:
        here = by_number.get(each.number)
        if not has_working and ((here and here.key != each.key) or (each.key in by_key and here is None)):
            raise PictureNumberTaken(each.number)
        if each.key in by_key:
            continue
        if each.key in gone and storage.holds(each.key):
            raise PictureOfAnother(each.number)
        free = max(free + 1, each.number)
        db.session.add(ConceptPicture(**kept_of(each) | {"number": each.number if here is None else free}))


def _sections(held: list[CatalogueSection | PlannedSection]) -> dict[str, Section]:
    there = {
        each.slug: each
        for each in db.session.scalars(select(Section).where(Section.slug.in_([each.slug for each in held])))
    }
    for each in held:
        if each.slug not in there:
            there[each.slug] = Section(**kept_of(each), is_planned=isinstance(each, PlannedSection))
            db.session.add(there[each.slug])
    return there


def _there(
    model: type[Item], held: Sequence[CatalogueGoal | CatalogueMeasure], texts: Mapping[str, TextVersion]
) -> dict[str, Item]:
    """Goals or measures that are here already, by code; raises CodeTaken for one with another text."""
    digest_of = {each.code: each.digest for each in held}
    found = db.session.scalars(select(model).where(model.code.in_(digest_of))).all()
    for each in found:
        if each.text is not texts[digest_of[each.code]].text:
            raise CodeTaken(each.code)
    return {each.code: each for each in found}


def _measure(
    held: CatalogueMeasure, texts: Mapping[str, TextVersion], registers: Registers, agreed: Sequence[str]
) -> Measure:
    return Measure(
        code=held.code,
        text=texts[held.digest].text,
        duration=held.duration,
        priority=held.priority,
        responsible=registers.organizations[held.responsible],
        starts=held.starts,
        ends=held.ends,
        is_example=held.is_example,
        partners=[MeasurePartner(organization=registers.organizations[slug], named_at_entry=True) for slug in agreed],
        life_situations=[
            MeasureLifeSituation(life_situation=registers.life_situations[slug]) for slug in held.life_situations
        ],
        target_groups=[
            MeasureTargetGroup(target_group=registers.target_groups[each.slug]) for each in held.target_groups
        ],
        budget=[BudgetLine(**kept_of(each)) for each in held.budget],
    )

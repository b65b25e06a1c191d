"""Reading the concept: catalogues, editions and where they stand, goals and measures and their wordings over time."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.concept import catalogue as catalogues
from app.concept import standing, working
from app.concept.catalogue import Catalogue
from app.concept.errors import NoWorkingEdition
from app.concept.models import (
    Adoption,
    CatalogueChange,
    Chapter,
    Concept,
    ConceptPicture,
    Definition,
    Edition,
    EditionChange,
    EditionChangeKind,
    Goal,
    Indicator,
    Measure,
    MeasureLifeSituation,
    MeasurePartner,
    MeasureTargetGroup,
    PaperEdition,
    ProcessStep,
    RoadmapTask,
    Section,
    SectionKind,
    SectionWorkingGroup,
    Standing,
    WorkingEdition,
    WorkingSection,
)
from app.concept.plain import Held
from app.council.models import Consultation, Paper, Resolution
from app.db import db
from app.structures.models import Municipality, Organization, OrganizationState
from app.texts.models import Text, TextVersion

Item = TypeVar("Item", Goal, Measure)


class Wording(NamedTuple):
    """How a goal or measure stands in an edition."""

    edition: Edition
    version: TextVersion
    number: str


def concepts() -> Sequence[Concept]:
    """The latest first."""
    return db.session.scalars(select(Concept).order_by(Concept.id.desc())).all()


def find_working_edition() -> WorkingEdition | None:
    return db.session.scalars(select(WorkingEdition).options(joinedload(WorkingEdition.concept))).one_or_none()


def working_catalogue() -> Catalogue:
    """The working edition as it stands now; raises NoWorkingEdition."""
    edition = find_working_edition()
    if edition is None:
        raise NoWorkingEdition
    return working.read(edition)


def working_document(*, on: date) -> Catalogue:
    """The same with all that stands around it in print, structures as of this day; raises NoWorkingEdition."""
    edition = find_working_edition()
    if edition is None:
        raise NoWorkingEdition
    return working.read_all(edition, on=on)


def catalogue_of(edition: Edition) -> Catalogue:
    """The frozen edition, with its wordings loaded in one query."""
    return catalogues_of([edition])[edition.id]


def catalogues_of(editions: Collection[Edition]) -> dict[int, Catalogue]:
    """The same for several editions, still in one query."""
    texts = _texts(set().union(*(catalogues.digests(edition.document) for edition in editions)))
    return {edition.id: catalogues.parse(edition.document, texts) for edition in editions}


def catalogue_in(document: str) -> Catalogue:
    """What a document says that is no edition's: of a draft laid out."""
    return catalogues.parse(document, _texts(catalogues.digests(document)))


def find_edition(slug: str) -> Edition | None:
    return db.session.scalars(
        select(Edition).where(Edition.slug == slug).options(joinedload(Edition.concept), *_with_adoptions())
    ).one_or_none()


def all_editions() -> Sequence[Edition]:
    """Oldest first, each with its concept, papers and what the bodies made of it."""
    return db.session.scalars(
        select(Edition).options(joinedload(Edition.concept), *_with_adoptions()).order_by(Edition.cut_at, Edition.id)
    ).all()


def editions_of(paper: Paper) -> Sequence[Edition]:
    """The editions a paper is about, in the order in which they were cut."""
    return db.session.scalars(
        select(Edition).join(PaperEdition).where(PaperEdition.paper_id == paper.id).order_by(Edition.cut_at, Edition.id)
    ).all()


def adoptions_of(paper: Paper) -> Sequence[Adoption]:
    """What bodies made of its editions when they dealt with this paper, in the order in which it was recorded."""
    return db.session.scalars(
        select(Adoption)
        .join(Adoption.resolution)
        .join(Resolution.consultation)
        .where(Consultation.paper_id == paper.id)
        .options(joinedload(Adoption.organization), joinedload(Adoption.edition))
        .order_by(Adoption.id)
    ).all()


def edition_in_force() -> Edition | None:
    """The edition whose final adoption is the latest."""
    edition_id = standing.in_force(_cuts(), _acts())
    return db.session.get(Edition, edition_id, options=_with_adoptions()) if edition_id else None


def standings(editions: Collection[Edition]) -> dict[int, Standing]:
    """Where these editions stand, by id; what other editions became counts, too."""
    found = standing.standings(_cuts(), _acts())
    return {edition.id: found[edition.id] for edition in editions}


def get_goal(code: str) -> Goal | None:
    return _item(Goal, code)


def get_measure(code: str) -> Measure | None:
    return db.session.scalars(
        select(Measure)
        .where(Measure.code == code)
        .options(
            joinedload(Measure.placement),
            joinedload(Measure.responsible),
            selectinload(Measure.partners).joinedload(MeasurePartner.organization),
            joinedload(Measure.indicator),
            selectinload(Measure.life_situations).joinedload(MeasureLifeSituation.life_situation),
            selectinload(Measure.target_groups).joinedload(MeasureTargetGroup.target_group),
            selectinload(Measure.budget),
        )
    ).one_or_none()


def wordings_in_editions(item: Goal | Measure) -> list[Wording]:
    """The wording and printed number of a goal or measure in each edition that has it, oldest first."""
    editions = all_editions()
    found = []
    for edition in editions:
        catalogue = catalogues.parse(edition.document)
        entry = catalogue.goal(item.code) or catalogue.measure(item.code)
        if entry is not None:
            found.append((edition, entry.digest, entry.number))
    versions = _versions({digest for _, digest, _ in found})
    return [Wording(edition, versions[digest], number) for edition, digest, number in found]


def measure_ids(codes: Collection[str]) -> dict[str, int]:
    """The rows of measures, by code."""
    rows = db.session.execute(select(Measure.code, Measure.id).where(Measure.code.in_(codes)))
    return {row.code: row.id for row in rows}


def changes_of(item: Goal | Measure) -> Sequence[CatalogueChange]:
    """Why it was added, reworded, moved or dropped, oldest first."""
    column = CatalogueChange.goal_id if isinstance(item, Goal) else CatalogueChange.measure_id
    return db.session.scalars(
        select(CatalogueChange)
        .where(column == item.id)
        .options(selectinload(CatalogueChange.amendments))
        .order_by(CatalogueChange.made_at, CatalogueChange.id)
    ).all()


def reasons_between(after: datetime, until: datetime | None) -> dict[str, list[str]]:
    """Why goals and measures changed in this time, by code: each reason once, in its order in time."""
    statement = (
        select(CatalogueChange)
        .where(CatalogueChange.made_at > after, CatalogueChange.reason != "")
        .options(joinedload(CatalogueChange.goal), joinedload(CatalogueChange.measure))
        .order_by(CatalogueChange.made_at, CatalogueChange.id)
    )
    if until is not None:
        statement = statement.where(CatalogueChange.made_at <= until)
    reasons: dict[str, list[str]] = {}
    for change in db.session.scalars(statement):
        subject = change.goal or change.measure
        assert subject is not None
        known = reasons.setdefault(subject.code, [])
        if change.reason not in known:
            known.append(change.reason)
    return reasons


def find_section(slug: str) -> Section | None:
    return db.session.scalars(
        select(Section).where(Section.slug == slug).options(joinedload(Section.placement))
    ).one_or_none()


def planned_sections() -> Sequence[Section]:
    """What is announced for later."""
    return db.session.scalars(select(Section).where(Section.is_planned).order_by(Section.planned_for, Section.id)).all()


def working_groups() -> dict[str, list[Organization]]:
    """Who works on each section, by its slug; those that ended, too."""
    rows = db.session.execute(
        select(Section.slug, Organization)
        .join(SectionWorkingGroup, SectionWorkingGroup.section_id == Section.id)
        .join(Organization, Organization.id == SectionWorkingGroup.organization_id)
        .order_by(Organization.name)
    ).all()
    found: dict[str, list[Organization]] = {}
    for slug, organization in rows:
        found.setdefault(slug, []).append(organization)
    return found


def sections_of(organization: Organization) -> Sequence[Section]:
    """The fields and themes a working group works on."""
    return db.session.scalars(
        select(Section)
        .join(SectionWorkingGroup, SectionWorkingGroup.section_id == Section.id)
        .where(SectionWorkingGroup.organization_id == organization.id)
        .order_by(Section.id)
    ).all()


def working_groups_of(section_slug: str) -> Sequence[Organization]:
    return db.session.scalars(
        select(Organization)
        .join(SectionWorkingGroup, SectionWorkingGroup.organization_id == Organization.id)
        .join(Section, Section.id == SectionWorkingGroup.section_id)
        .where(Section.slug == section_slug)
        .order_by(Organization.name)
    ).all()


def named_organizations(slugs: Collection[str]) -> dict[str, Organization]:
    """Organisations by slug."""
    found = db.session.scalars(select(Organization).where(Organization.slug.in_(slugs)))
    return {organization.slug: organization for organization in found}


def partners_who_agree(codes: Collection[str]) -> set[tuple[str, str]]:
    """Pairs of measure code and slug of an organisation that may be named there today."""
    rows = db.session.execute(
        select(Measure.code, Organization.slug)
        .join(MeasurePartner, MeasurePartner.measure_id == Measure.id)
        .join(Organization, Organization.id == MeasurePartner.organization_id)
        .where(Measure.code.in_(codes), MeasurePartner.may_be_named)
    )
    return {(code, slug) for code, slug in rows}


def process_steps() -> Sequence[ProcessStep]:
    """In the order of their numbers; their dates overlap."""
    return db.session.scalars(
        select(ProcessStep)
        .options(joinedload(ProcessStep.organization), joinedload(ProcessStep.paper), joinedload(ProcessStep.edition))
        .order_by(ProcessStep.number)
    ).all()


def roadmap() -> Sequence[RoadmapTask]:
    """What comes next."""
    return db.session.scalars(
        select(RoadmapTask).options(joinedload(RoadmapTask.responsible)).order_by(RoadmapTask.position, RoadmapTask.id)
    ).all()


def chapters() -> Sequence[Chapter]:
    """Of the working edition, in their order, with all that is written in them."""
    written = (selectinload(text).selectinload(Text.versions) for text in (Chapter.summary, Chapter.body))
    return db.session.scalars(
        select(Chapter).options(*written, joinedload(Chapter.signature)).order_by(Chapter.number)
    ).all()


def definitions() -> Sequence[Definition]:
    return db.session.scalars(select(Definition).options(joinedload(Definition.text)).order_by(Definition.id)).all()


def concept_pictures() -> Sequence[ConceptPicture]:
    """The latest first."""
    return db.session.scalars(select(ConceptPicture).order_by(ConceptPicture.number.desc())).all()


def indicators(*, of: Measure | None = None) -> Sequence[Indicator]:
    """The latest figure of each series, by title; and the one a measure is to change."""
    found = db.session.scalars(
        select(Indicator)
        .options(joinedload(Indicator.municipality))
        .order_by(Indicator.title, Indicator.as_of, Indicator.id)
    ).all()
    latest = {(each.title, each.unit, each.municipality_id): each for each in found}
    kept = of.indicator_id if of else None
    return [each for each in found if each in latest.values() or each.id == kept]


def fields_without_group(on: date) -> list[str]:
    """Titles of Handlungsfelder of the working edition that no Arbeitskreis works on that day (2016 paper)."""
    groups = working_groups()
    fields = db.session.execute(
        select(Section.slug, WorkingSection.title)
        .join(WorkingSection, WorkingSection.section_id == Section.id)
        .where(Section.kind == SectionKind.FIELD)
        .order_by(WorkingSection.position)
    ).all()
    return [title for slug, title in fields if not any(is_at_work(each, on) for each in groups.get(slug, ()))]


def is_at_work(organization: Organization, on: date) -> bool:
    return organization.state_on(on) is OrganizationState.ACTIVE


def names_of_municipalities() -> dict[str, str]:
    """By their key (AGS)."""
    rows = db.session.execute(select(Municipality.ags, Municipality.name).order_by(Municipality.name))
    return {row.ags: row.name for row in rows}


def is_concept_picture(key: str) -> bool:
    return bool(db.session.scalar(select(exists().where(ConceptPicture.key == key))))


def _item(model: type[Item], code: str) -> Item | None:
    return db.session.scalars(
        select(model).where(model.code == code).options(joinedload(model.placement))
    ).one_or_none()


def _texts(digests: Collection[str]) -> dict[str, Held]:
    return {digest: Held(version.id, version.content) for digest, version in _versions(digests).items()}


def _versions(digests: Collection[str]) -> dict[str, TextVersion]:
    found = db.session.scalars(select(TextVersion).where(TextVersion.digest.in_(digests)))
    return {version.digest: version for version in found}


def _with_adoptions() -> tuple[ORMOption, ...]:
    return (
        selectinload(Edition.adoptions).joinedload(Adoption.organization),
        selectinload(Edition.papers).joinedload(PaperEdition.paper),
    )


def _cuts() -> list[standing.Cut]:
    keeps_standing = EditionChange.kind != EditionChangeKind.AMENDED
    is_corrected = (EditionChange.edition_id == Edition.id) & keeps_standing
    rows = db.session.execute(
        select(Edition.id, Edition.cut_at, EditionChange.base_id).outerjoin(EditionChange, is_corrected)
    )
    return [standing.Cut(*row) for row in rows]


def _acts() -> list[standing.Act]:
    rows = db.session.execute(
        select(
            Adoption.edition_id, Resolution.consultation_id, Adoption.resolution_id, Adoption.effect, Adoption.decided
        ).join(Resolution, Resolution.id == Adoption.resolution_id)
    )
    return [standing.Act(*row) for row in rows]

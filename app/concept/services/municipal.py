"""Ideas for municipalities, what municipalities make of them, and good practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import (
    AlreadyTakenUp,
    ChangedMeanwhile,
    FieldWanted,
    NotInWorkingEdition,
    NotTakenUp,
    WordingChanged,
)
from app.concept.models import (
    ConceptPicture,
    GoodPractice,
    IdeaUptake,
    MunicipalIdea,
    PracticeContact,
    Section,
    SectionKind,
    UptakeKind,
)
from app.concept.municipal import standing
from app.concept.services.working import LANGUAGE, arrange, close_gaps, lock_working, placement_of, write_wording
from app.concept.stand import stand_of
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from app.structures.models import Municipality
from app.texts import services as texts
from app.texts.models import TextVersion

Item = TypeVar("Item", MunicipalIdea, GoodPractice)


@dataclass(frozen=True, kw_only=True)
class PracticeFacts:
    """What a good practice says of itself; a picture has its words."""

    section: Section
    municipality: Municipality
    title: str
    wording: str
    organization_name: str = ""
    since: ProcessDate = ProcessDate()
    picture: ConceptPicture | None = None
    picture_alt: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """Who can be asked; nothing given: nobody."""

    name: str = ""
    email: str = ""
    phone: str = ""
    may_be_named: bool = False

    @property
    def is_given(self) -> bool:
        return bool(self.name or self.email or self.phone)


@transactional
def add_idea(
    *, section: Section, wording: str, by: Account | None, position: int | None = None, is_example: bool = False
) -> MunicipalIdea:
    """A new idea, the last of its field unless a position is given.

    Raises FieldWanted, NotInWorkingEdition, TextEmpty.
    """
    lock_working()
    _check_field(section)
    idea = MunicipalIdea(section=section, position=1, text=write_wording(wording, by=by).text, is_example=is_example)
    siblings = _siblings(section)
    db.session.add(idea)
    arrange(siblings, idea, position)
    log.record("concept.add_idea", idea, by=by)
    return idea


@transactional
def reword_idea(
    idea: MunicipalIdea, *, wording: str, by: Account | None, expected_version_id: int | None = None
) -> TextVersion:
    """The next wording; earlier editions keep theirs. Raises WordingChanged, NotInWorkingEdition, TextEmpty."""
    idea = _hold(idea)
    db.session.expire(idea.text, ["versions"])
    if expected_version_id is not None and idea.text.current.id != expected_version_id:
        raise WordingChanged
    version = write_wording(wording, text=idea.text, by=by)
    log.record("concept.reword_idea", idea, by=by, fields=["text"])
    return version


@transactional
def move_idea(idea: MunicipalIdea, *, section: Section, position: int | None, by: Account | None) -> None:
    """Put it at this place of a field. Raises FieldWanted, NotInWorkingEdition."""
    idea = _hold(idea)
    _check_field(section)
    left = idea.section
    idea.section = section
    db.session.flush()
    close_gaps(_siblings(left))
    arrange(_siblings(section), idea, position)
    log.record("concept.move_idea", idea, by=by, fields=["section", "position"])


@transactional
def drop_idea(idea: MunicipalIdea, *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Frozen editions keep it, and who took it up stays known. Raises NotInWorkingEdition, ReasonMissing."""
    idea = _hold(idea)
    if not reason.strip():
        raise ReasonMissing
    idea.dropped_at, idea.drop_reason = at or now(), reason.strip()
    db.session.flush()
    close_gaps(_siblings(idea.section))
    log.record("concept.drop_idea", idea, by=by)


@transactional
def take_up_idea(
    idea: MunicipalIdea,
    *,
    municipality: Municipality,
    since: ProcessDate = ProcessDate(),
    sentence: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> IdeaUptake:
    """The municipality does it. No edition holds that, since it happens later (2017 paper, section 3: "Ideen").

    Raises AlreadyTakenUp, NotInWorkingEdition.
    """
    idea = _hold(idea)
    if _uptake(idea, municipality) is not None:
        raise AlreadyTakenUp
    said = texts.normalize(sentence)
    uptake = IdeaUptake(
        idea=idea,
        municipality=municipality,
        since=since,
        sentence=texts.write(said, language=LANGUAGE).text if said else None,
        made_at=at or now(),
        made_by_id=by.id if by else None,
    )
    db.session.add(uptake)
    log.record("concept.take_up_idea", uptake, by=by)
    return uptake


@transactional
def take_back_idea(idea: MunicipalIdea, *, municipality: Municipality, by: Account | None) -> None:
    """The municipality does it no longer, or never did; both rows stay. Raises NotTakenUp."""
    idea = lock(idea)
    if _uptake(idea, municipality) is None:
        raise NotTakenUp
    undone = IdeaUptake(
        idea=idea, municipality=municipality, kind=UptakeKind.TAKEN_BACK, made_by_id=by.id if by else None
    )
    db.session.add(undone)
    log.record("concept.take_back_idea", undone, by=by)


@transactional
def add_practice(
    facts: PracticeFacts, *, contact: ContactFacts = ContactFacts(), by: Account | None, is_example: bool = False
) -> GoodPractice:
    """A new example. Raises NotInWorkingEdition, TextEmpty."""
    lock_working()
    placement_of(facts.section)
    practice = GoodPractice(text=write_wording(facts.wording, by=by).text, is_example=is_example)
    _fill(practice, facts, contact)
    db.session.add(practice)
    log.record("concept.add_practice", practice, by=by)
    return practice


@transactional
def change_practice(
    practice: GoodPractice,
    facts: PracticeFacts,
    *,
    contact: ContactFacts,
    by: Account | None,
    expected_stand: str | None = None,
) -> None:
    """Earlier editions keep what they hold. Raises ChangedMeanwhile, NotInWorkingEdition, TextEmpty."""
    practice = _hold(practice)
    placement_of(facts.section)
    if expected_stand is not None and stand_of(practice) != expected_stand:
        raise ChangedMeanwhile
    write_wording(facts.wording, text=practice.text, by=by)
    _fill(practice, facts, contact)
    log.record("concept.change_practice", practice, by=by, fields=["title", "text", "contact", "picture"])


@transactional
def drop_practice(practice: GoodPractice, *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Frozen editions keep it; who could be asked is forgotten at once. Raises NotInWorkingEdition, ReasonMissing."""
    practice = _hold(practice)
    if not reason.strip():
        raise ReasonMissing
    practice.dropped_at, practice.drop_reason = at or now(), reason.strip()
    practice.contact = None
    log.record("concept.drop_practice", practice, by=by)


def _fill(practice: GoodPractice, facts: PracticeFacts, contact: ContactFacts) -> None:
    practice.section, practice.municipality = facts.section, facts.municipality
    practice.title, practice.organization_name = facts.title.strip(), facts.organization_name.strip()
    practice.since, practice.picture, practice.picture_alt = facts.since, facts.picture, facts.picture_alt.strip()
    if not contact.is_given:
        practice.contact = None
        return
    practice.contact = practice.contact or PracticeContact()
    practice.contact.name, practice.contact.email = contact.name.strip(), contact.email.strip()
    practice.contact.phone, practice.contact.may_be_named = contact.phone.strip(), contact.may_be_named


def _hold(item: Item) -> Item:
    lock_working()
    item = lock(item)
    if item.dropped_at is not None:
        raise NotInWorkingEdition
    return item


def _check_field(section: Section) -> None:
    """2017 paper, section 3: ideas are promised for Handlungsfelder only."""
    placement_of(section)
    if section.kind is not SectionKind.FIELD:
        raise FieldWanted


def _siblings(section: Section) -> Sequence[MunicipalIdea]:
    return db.session.scalars(
        select(MunicipalIdea)
        .where(MunicipalIdea.section_id == section.id, MunicipalIdea.dropped_at.is_(None))
        .order_by(MunicipalIdea.position, MunicipalIdea.id)
        .execution_options(populate_existing=True)
    ).all()


def _uptake(idea: MunicipalIdea, municipality: Municipality) -> IdeaUptake | None:
    rows = db.session.scalars(
        select(IdeaUptake).where(IdeaUptake.idea_id == idea.id, IdeaUptake.municipality_id == municipality.id)
    )
    return next(iter(standing(rows)), None)

"""Write a paper, lay down its way through the bodies, send it, record what they decided."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Self

from sqlalchemy.exc import IntegrityError

from app import queue, storage
from app.audit import log
from app.audit.log import Actor
from app.council import queries
from app.council.errors import AnotherBody, AnotherText, NumberTaken, PaperChanged, PaperNotSent, PaperSent, SlugTaken
from app.council.models import (
    Annex,
    AnnexContent,
    Consultation,
    ConsultationMeeting,
    ConsultationRole,
    FinancialEffect,
    Meeting,
    Outcome,
    Paper,
    PaperKind,
    Resolution,
)
from app.db import db, lock, now, transactional
from app.pdfs import Pdf
from app.process_date import ProcessDate
from app.slugs import free_slug
from app.structures.models import Organization
from app.texts import services as texts
from app.texts.models import TextVersion

LANGUAGE = "de"  # the binding language of papers
UNKNOWN = ProcessDate()


class PaperVersions(NamedTuple):
    """Which versions of the three sections somebody has before them while writing."""

    proposal: int
    facts: int
    financial: int

    @classmethod
    def of(cls, paper: Paper) -> Self:
        return cls(paper.proposal.current.id, paper.facts.current.id, paper.financial.current.id)


@transactional
def create_paper(
    *,
    kind: PaperKind,
    title: str,
    organization: Organization,
    proposal: str,
    facts: str,
    financial: str,
    financial_effect: FinancialEffect,
    financial_amount: Decimal | None = None,
    financial_year: int | None = None,
    slug: str | None = None,
    number: str | None = None,
    dated_on: date | None = None,
    is_example: bool = False,
    by: Actor | None = None,
) -> Paper:
    """A paper with its three mandatory sections; raises NumberTaken, SlugTaken, TextEmpty."""
    if slug and queries.is_paper_slug_taken(slug):
        raise SlugTaken
    paper = Paper(
        slug=slug or free_slug(title, queries.is_paper_slug_taken),
        number=number,
        kind=kind,
        title=title.strip(),
        dated_on=dated_on,
        organization=organization,
        proposal=texts.write(proposal, language=LANGUAGE).text,
        facts=texts.write(facts, language=LANGUAGE).text,
        financial=texts.write(financial, language=LANGUAGE).text,
        financial_effect=financial_effect,
        financial_amount=financial_amount,
        financial_year=financial_year,
        is_example=is_example,
    )
    db.session.add(paper)
    _store_number()
    log.record("council.create_paper", paper, by=by)
    return paper


@transactional
def edit_paper(
    paper: Paper,
    *,
    kind: PaperKind,
    title: str,
    organization: Organization,
    number: str | None,
    dated_on: date | None,
    financial_effect: FinancialEffect,
    financial_amount: Decimal | None = None,
    financial_year: int | None = None,
    by: Actor | None,
) -> None:
    """What stands in the head of the paper; raises PaperSent, NumberTaken."""
    paper = _lock_draft(paper)
    paper.kind = kind
    paper.title = title.strip()
    paper.organization = organization
    paper.number = number
    paper.dated_on = dated_on
    paper.financial_effect = financial_effect
    paper.financial_amount = financial_amount
    paper.financial_year = financial_year
    _store_number()
    log.record("council.edit_paper", paper, by=by)


def _store_number() -> None:
    """Numbers are given outside: two papers may be given the same one at the same moment."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NumberTaken from error


@transactional
def reword_paper(
    paper: Paper,
    *,
    proposal: str | None = None,
    facts: str | None = None,
    financial: str | None = None,
    based_on: PaperVersions | None = None,
    by: Actor | None,
) -> None:
    """New wording of one or more sections; earlier versions stay.

    Raises PaperSent, TextEmpty, and PaperChanged when somebody wrote since `based_on`.
    """
    paper = _lock_draft(paper)
    for section in (paper.proposal, paper.facts, paper.financial):
        db.session.refresh(section, ["versions"])  # the lock was waited for; somebody may have written meanwhile
    if based_on is not None and based_on != PaperVersions.of(paper):
        raise PaperChanged
    wanted = {"proposal": proposal, "facts": facts, "financial": financial}
    for name, content in wanted.items():
        if content is not None:
            texts.write(content, language=LANGUAGE, text=getattr(paper, name))
    log.record(
        "council.reword_paper", paper, by=by, fields=[name for name, content in wanted.items() if content is not None]
    )


@transactional
def restore_section(paper: Paper, version: TextVersion, *, by: Actor | None) -> None:
    """An earlier wording of a section holds again, as a version of its own. Raises PaperSent, AnotherText."""
    paper = _lock_draft(paper)
    name = next((name for name in PaperVersions._fields if getattr(paper, f"{name}_id") == version.text_id), None)
    if name is None:
        raise AnotherText
    texts.write(version.content, language=LANGUAGE, text=getattr(paper, name))
    log.record("council.restore_section", paper, by=by, fields=[name])


@transactional
def add_consultation(
    paper: Paper,
    *,
    organization: Organization,
    role: ConsultationRole,
    is_public: bool | None = None,
    meetings: Collection[Meeting] = (),
    agenda_item: str = "",
    planned: ProcessDate = UNKNOWN,
    by: Actor | None = None,
) -> Consultation:
    """The next body the paper goes to, in one or more of its meetings; raises PaperSent, AnotherBody."""
    paper = _lock_draft(paper)
    if any(meeting.organization_id != organization.id for meeting in meetings):
        raise AnotherBody
    consultation = Consultation(
        paper=paper,
        position=max((each.position for each in paper.consultations), default=0) + 1,
        organization=organization,
        role=role,
        is_public=is_public,
        agenda_item=agenda_item.strip(),
        planned=planned,
        sittings=[ConsultationMeeting(meeting=meeting) for meeting in meetings],
    )
    db.session.add(consultation)
    log.record("council.add_consultation", consultation, by=by)
    return consultation


@transactional
def add_sitting(consultation: Consultation, *, meeting: Meeting, by: Actor | None = None) -> None:
    """The body deals with the paper in one more meeting, also when it is sent already; raises AnotherBody."""
    consultation = lock(consultation)
    if meeting.organization_id != consultation.organization_id:
        raise AnotherBody
    if meeting.id not in {sitting.meeting_id for sitting in consultation.sittings}:
        consultation.sittings.append(ConsultationMeeting(meeting=meeting))
        log.record("council.add_sitting", consultation, by=by, fields=["meetings"])


@transactional
def remove_consultation(consultation: Consultation, *, by: Actor | None) -> None:
    """Take a body out of the way of a paper that is not sent; raises PaperSent."""
    paper = _lock_draft(consultation.paper)
    log.record("council.remove_consultation", consultation, by=by)
    for sitting in consultation.sittings:
        db.session.delete(sitting)
    db.session.delete(consultation)
    db.session.flush()
    db.session.expire(paper, ["consultations"])
    for position, each in enumerate(paper.consultations, start=1):
        each.position = position


@transactional
def add_annex(
    paper: Paper, *, title: str, content: AnnexContent, file: Pdf | None = None, by: Actor | None = None
) -> Annex:
    """The next annex, counted from 1; `file` where it is none that we make. Raises PaperSent."""
    paper = _lock_draft(paper)
    key = storage.keep(file.content, suffix="pdf") if file else None
    annex = Annex(paper=paper, number=len(paper.annexes) + 1, title=title.strip(), content=content, key=key)
    db.session.add(annex)
    log.record("council.add_annex", annex, by=by)
    return annex


@transactional
def remove_annex(annex: Annex, *, by: Actor | None) -> None:
    """Take an annex away; those behind it move up. Raises PaperSent."""
    paper = _lock_draft(annex.paper)
    log.record("council.remove_annex", annex, by=by)
    db.session.delete(annex)
    db.session.flush()
    db.session.expire(paper, ["annexes"])
    for number, each in enumerate(paper.annexes, start=1):
        each.number = number
        db.session.flush()  # each number is free before the next one moves up
    storage.remove_unnamed([annex.key] if annex.key else [])


@transactional
def mark_sent(paper: Paper, *, at: datetime | None = None, by: Actor | None = None) -> None:
    """From now on paper and annexes are frozen, held by the database as well (migration 0003); raises PaperSent.

    Whoever sends a paper cuts its edition first (app/concept/services), and what goes out is kept as files at once
    (app/publishing/services); the worker keeps what was sent in another way.
    """
    paper = _lock_draft(paper)
    paper.sent_at = at or now()
    queue.wake_after_commit("publishing.keep_sent_files")
    log.record("council.mark_sent", paper, by=by, fields=["sent_at"])


@transactional
def record_outcome(
    consultation: Consultation,
    *,
    outcome: Outcome,
    decided: ProcessDate,
    meeting: Meeting | None = None,
    wording: str = "",
    by: Actor | None = None,
) -> Resolution:
    """What the body decided. Appended: a correction is another one, and the last one holds.

    `wording` only where it differs from what the paper proposed. Raises PaperNotSent, AnotherBody.
    """
    consultation = lock(consultation)
    if not consultation.paper.is_sent:
        raise PaperNotSent
    if meeting is not None and meeting.organization_id != consultation.organization_id:
        raise AnotherBody
    resolution = Resolution(
        consultation=consultation, outcome=outcome, decided=decided, meeting=meeting, wording=wording.strip()
    )
    db.session.add(resolution)
    log.record("council.record_outcome", resolution, by=by)
    return resolution


def _lock_draft(paper: Paper) -> Paper:
    paper = lock(paper)
    if paper.is_sent:
        raise PaperSent
    return paper

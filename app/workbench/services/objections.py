"""Objections: whoever is quoted says that it was not meant so; the team answers."""

from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import AnswerMissing
from app.proposals import languages
from app.proposals.models import Condensation, EndingKind, Objection, ObjectionOutcome, Proposal
from app.proposals.services import contributors
from app.proposals.standing import objections_close_at
from app.texts import services as texts
from app.workbench import queries
from app.workbench.errors import (
    CondensationDecided,
    NoneOfYourWords,
    ObjectedAlready,
    ObjectionAnswered,
    ObjectionTooLate,
    WordingChanged,
)
from app.workbench.services.condensation import hold_standing


@transactional
def object_to(
    condensation: Condensation,
    *,
    version_id: int,
    proposal: Proposal,
    words: str,
    language: str = languages.SOURCE,
    may_be_quoted: bool = False,
    at: datetime | None = None,
) -> Objection:
    """Once for each wording and contribution, until objections close.

    Raises WordingChanged when `version_id` is not the wording any more, NoneOfYourWords, ObjectionTooLate,
    ObjectedAlready, CondensationEnded, CondensationDecided, TextEmpty.
    """
    at = at or now()
    condensation = hold_standing(condensation)
    version = condensation.text.current
    if condensation.decision is not None:
        raise CondensationDecided
    if version.id != version_id:
        raise WordingChanged
    if proposal.text_id not in queries.texts_drawn_into(version):
        raise NoneOfYourWords
    if objections_close_at(condensation, version) < at:
        raise ObjectionTooLate
    if any(each.version_id == version.id and each.proposal_id == proposal.id for each in condensation.objections):
        raise ObjectedAlready
    objection = Objection(
        condensation=condensation,
        version=version,
        proposal=proposal,
        words=texts.write(words, language=language).text,
        may_be_quoted=may_be_quoted,
        made_at=at,
    )
    db.session.add(objection)
    log.record("workbench.object", objection)
    return objection


@transactional
def answer_objection(
    objection: Objection, *, answer: str, by: Account | None, at: datetime | None = None
) -> ObjectionOutcome:
    """What came of it is read from what was done since, the answer says why.

    Raises AnswerMissing, ObjectionAnswered.
    """
    if not answer.strip():
        raise AnswerMissing(_("Schreiben Sie, was aus dem Einspruch wird und warum."))
    condensation = lock(objection.condensation)
    db.session.refresh(objection)
    if not objection.is_open:
        raise ObjectionAnswered
    outcome = outcome_so_far(condensation, objection)
    written = texts.write(answer, language=languages.SOURCE).text
    answered_by_id = by.id if by else None
    # All in one statement: the database lets it change once, so nothing may be read in between
    objection.outcome, objection.answer = outcome, written
    objection.answered_at, objection.answered_by_id = at or now(), answered_by_id
    log.record("workbench.answer_objection", objection, by=by, fields=["outcome"])
    contributors.tell(objection.proposal, "workbench/objection_answered", objection_id=objection.id)
    return outcome


def outcome_so_far(condensation: Condensation, objection: Objection) -> ObjectionOutcome:
    """What answering now would say came of it."""
    if condensation.ending is not None:
        is_split = condensation.ending.kind is EndingKind.SPLIT
        return ObjectionOutcome.SPLIT if is_split else ObjectionOutcome.DISSOLVED
    is_reworded = condensation.text.current.number > objection.version.number
    return ObjectionOutcome.REWORDED if is_reworded else ObjectionOutcome.KEPT

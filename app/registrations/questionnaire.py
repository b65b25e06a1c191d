"""Reading what an event asks: its questions, the consents in their current words, its invitation codes."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.registrations.models import (
    Answer,
    Attendee,
    Booking,
    Consent,
    ConsentPurpose,
    ConsentText,
    InvitationCode,
    Question,
    QuestionCondition,
    QuestionOption,
    Registration,
    RegistrationStatus,
)

ENDED = (RegistrationStatus.CANCELLED, RegistrationStatus.EXPIRED, RegistrationStatus.DECLINED)


def questions_of(event_id: int) -> Sequence[Question]:
    """All of them in their order, also those asked no more; with options and conditions."""
    statement = (
        select(Question)
        .where(Question.event_id == event_id)
        .options(
            selectinload(Question.options),
            selectinload(Question.conditions).joinedload(QuestionCondition.option).joinedload(QuestionOption.question),
            selectinload(Question.conditions).joinedload(QuestionCondition.yes_to),
        )
        .order_by(Question.position)
    )
    return db.session.scalars(statement).all()


def get_question(question_id: int) -> Question | None:
    return db.session.get(Question, question_id)


def is_answered(question: Question) -> bool:
    """Whether anybody answered it or chose one of its options, whatever became of them since."""
    if db.session.scalar(select(exists().where(Answer.question_id == question.id))):
        return True
    return options_chosen([option.id for option in question.options])


def answered_among(questions: Collection[Question]) -> frozenset[int]:
    """Ids of those that somebody answered."""
    ids = [question.id for question in questions]
    written = select(Answer.question_id).where(Answer.question_id.in_(ids))
    chosen = (
        select(QuestionOption.question_id)
        .join(Booking, Booking.option_id == QuestionOption.id)
        .where(QuestionOption.question_id.in_(ids))
    )
    return frozenset(db.session.scalars(written.union(chosen)))


def options_chosen(option_ids: Collection[int]) -> bool:
    return bool(db.session.scalar(select(exists().where(Booking.option_id.in_(option_ids)))))


def dependents_of(question: Question) -> Sequence[Question]:
    """Questions asked only after a certain answer to this one."""
    conditional = (
        select(QuestionCondition.question_id)
        .outerjoin(QuestionOption, QuestionOption.id == QuestionCondition.option_id)
        .where((QuestionCondition.yes_to_id == question.id) | (QuestionOption.question_id == question.id))
    )
    statement = select(Question).where(Question.id.in_(conditional), Question.is_retired.is_(False))
    return db.session.scalars(statement).all()


def current_consents(event_id: int, language: str = "de") -> dict[ConsentPurpose, ConsentText]:
    """The newest version for each purpose that is asked, in this language, else in German."""
    statement = (
        select(ConsentText)
        .where(ConsentText.event_id == event_id, ConsentText.language.in_((language, "de")))
        .order_by(ConsentText.language == language, ConsentText.version)
    )
    newest: dict[ConsentPurpose, ConsentText] = {}
    for text in db.session.scalars(statement):
        newest[text.purpose] = text
    return {purpose: text for purpose, text in newest.items() if text.retired_at is None}


class AgreedText(NamedTuple):
    text: ConsentText
    agreed: int  # parties that agreed to it and did not take it back


def consent_history(event_id: int) -> Sequence[AgreedText]:
    """Every version, the newest first, with how many agreed to it."""
    agreed = select(func.count(Consent.id)).where(Consent.text_id == ConsentText.id, Consent.withdrawn_at.is_(None))
    statement = (
        select(ConsentText, agreed.scalar_subquery())
        .where(ConsentText.event_id == event_id)
        .order_by(ConsentText.purpose, ConsentText.language, ConsentText.version.desc())
    )
    return [AgreedText(*row) for row in db.session.execute(statement)]


class UsedCode(NamedTuple):
    code: InvitationCode
    persons: int  # who are registered with it or wait


def codes_of(event_id: int) -> Sequence[UsedCode]:
    """The newest first, with the persons that used each."""
    used = (
        select(func.count(Attendee.id))
        .join(Registration)
        .where(Registration.invitation_code_id == InvitationCode.id, Registration.status.not_in(ENDED))
    )
    statement = (
        select(InvitationCode, used.scalar_subquery())
        .where(InvitationCode.event_id == event_id)
        .order_by(InvitationCode.created_at.desc(), InvitationCode.id.desc())
    )
    return [UsedCode(*row) for row in db.session.execute(statement)]


def get_code(code_id: int) -> InvitationCode | None:
    statement = select(InvitationCode).where(InvitationCode.id == code_id).options(joinedload(InvitationCode.event))
    return db.session.scalars(statement).one_or_none()

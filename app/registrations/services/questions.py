"""What an event asks: add questions, change, order, retire, translate and copy them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypedDict, TypeVar, Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.registrations.errors import ConditionTooLate, OptionChosen, OptionsMissing, QuestionAnswered, QuestionNeeded
from app.registrations.models import WITH_OPTIONS, Question, QuestionCondition, QuestionKind, QuestionOption
from app.registrations.places import lock_places
from app.registrations.questionnaire import dependents_of, is_answered, options_chosen, questions_of
from app.registrations.ready_made import READY_MADE
from app.registrations.services.capacities import check_capacities
from app.registrations.services.offers import fill

FEWEST_OPTIONS = 2
W = TypeVar("W", str, dict[str, str])


class OptionFields(NamedTuple):
    """`id` of one that is there already; `capacity` None: any number may choose it."""

    label: str
    capacity: int | None = None
    id: int | None = None


class QuestionFields(TypedDict, total=False):
    """Whatever is left out stays as it is. `conditions`: options that must be chosen and questions answered yes."""

    kind: QuestionKind
    label: str
    help: str
    is_required: bool
    counts_persons: bool
    is_sensitive: bool
    options: Sequence[OptionFields]
    conditions: Sequence[QuestionOption | Question]


@transactional
def add_question(event: Event, *, by: Account | None = None, **fields: Unpack[QuestionFields]) -> Question:
    """Asked after those there are. Raises OptionsMissing or ConditionTooLate."""
    event = lock(event)
    question = Question(event=event, position=_next_position(event), translations={})
    db.session.add(question)
    _set(question, fields)
    log.record("registrations.add_question", question, by=by)
    return question


@transactional
def change_question(question: Question, *, by: Account | None, **fields: Unpack[QuestionFields]) -> None:
    """More places of an option go to those in line for it.

    Raises QuestionAnswered for another kind, OptionChosen, CapacityTaken for fewer places than are taken,
    OptionsMissing or ConditionTooLate.
    """
    event = lock(question.event)
    if fields.get("kind", question.kind) is not question.kind and is_answered(question):
        raise QuestionAnswered
    _set(question, fields)
    log.record("registrations.change_question", question, by=by, fields=list(fields))
    if {"options", "counts_persons"} & set(fields):
        check_capacities(event)
        fill(lock_places(event), now())


@transactional
def move_question(question: Question, *, by: Account | None, is_up: bool) -> None:
    """One place up or down; at the end of the list nothing happens. Raises ConditionTooLate."""
    event = lock(question.event)
    asked = [each for each in questions_of(event.id) if not each.is_retired]
    place = asked.index(question) + (-1 if is_up else 1)
    if not 0 <= place < len(asked):
        return
    other = asked[place]
    upper, lower = (question, other) if is_up else (other, question)
    if any(_subject(condition) is lower for condition in upper.conditions) or any(
        _subject(condition) is other for condition in question.conditions if is_up
    ):
        raise ConditionTooLate
    here, there = question.position, other.position
    question.position = -1  # positions are unique at each moment
    db.session.flush()
    other.position = here
    db.session.flush()
    question.position = there
    log.record("registrations.move_question", question, by=by, fields=["position"])


@transactional
def remove_question(question: Question, *, by: Account | None) -> bool:
    """It is asked no more. Deleted when nobody answered it, else kept with its answers. Whether it was deleted.

    Raises QuestionNeeded when the condition of another one names it.
    """
    lock(question.event)
    if dependents_of(question):
        raise QuestionNeeded
    log.record("registrations.remove_question", question, by=by)
    if is_answered(question):
        question.is_retired = True
        return False
    db.session.delete(question)
    return True


@transactional
def ask_again(question: Question, *, by: Account | None) -> None:
    """A question that was retired is asked again, at the end of the list."""
    event = lock(question.event)
    if question.is_retired:
        question.is_retired = False
        question.position = _next_position(event)
        log.record("registrations.ask_again", question, by=by, fields=["is_retired"])


@transactional
def translate_question(
    question: Question, language: str, *, by: Account | None, label: str, hint: str = "", options: Mapping[int, str]
) -> None:
    """The words in another language; what is left empty is shown in German. `options`: words by the option's id."""
    lock(question.event)
    words = {name: text for name, text in (("label", label), ("help", hint)) if text}
    question.translations = _replace(question.translations, language, words)
    for option in question.options:
        option.translations = _replace(option.translations, language, options.get(option.id, ""))
    log.record("registrations.translate_question", question, by=by, fields=["translations"])


@transactional
def take_over(event: Event, name: str, *, by: Account | None) -> Question:
    """Add one of the ready-made questions, as it stands; raises KeyError for a name there is not."""
    ready = READY_MADE[name]
    return add_question(
        event,
        by=by,
        kind=ready.kind,
        label=str(ready.label),
        help=str(ready.help),
        options=[OptionFields(str(label)) for label in ready.options],
    )


@transactional
def copy_questions(source: Event, target: Event, *, by: Account | None = None) -> list[Question]:
    """What the source asks now, asked at the target, too: words, translations, limits and conditions; no answers."""
    target = lock(target)
    asked = [each for each in questions_of(source.id) if not each.is_retired]
    copies: dict[Question, Question] = {}
    chosen: dict[QuestionOption, QuestionOption] = {}
    for place, question in enumerate(asked, start=_next_position(target)):
        copy = _copy_of(question, target, place)
        copies[question] = copy
        chosen |= dict(zip(question.options, copy.options, strict=True))
        copy.conditions = [
            QuestionCondition(
                option=condition.option and chosen[condition.option],
                yes_to=condition.yes_to and copies[condition.yes_to],
            )
            for condition in question.conditions
        ]
        db.session.add(copy)
        log.record("registrations.copy_question", copy, by=by)
    return list(copies.values())


def _copy_of(question: Question, target: Event, place: int) -> Question:
    return Question(
        event=target,
        position=place,
        kind=question.kind,
        label=question.label,
        help=question.help,
        is_required=question.is_required,
        counts_persons=question.counts_persons,
        is_sensitive=question.is_sensitive,
        translations=dict(question.translations),
        options=[
            QuestionOption(
                position=option.position,
                label=option.label,
                capacity=option.capacity,
                translations=dict(option.translations),
            )
            for option in question.options
        ],
    )


def _set(question: Question, fields: QuestionFields) -> None:
    for name in ("kind", "label", "help", "is_required", "counts_persons", "is_sensitive"):
        if name in fields:
            setattr(question, name, fields[name])
    if "options" in fields or question.kind not in WITH_OPTIONS:
        _set_options(question, fields.get("options", ()) if question.kind in WITH_OPTIONS else ())
    if question.kind in WITH_OPTIONS and len(question.options) < FEWEST_OPTIONS:
        raise OptionsMissing
    if "conditions" in fields:
        _set_conditions(question, fields["conditions"])


def _set_options(question: Question, wanted: Sequence[OptionFields]) -> None:
    kept = {option.id for option in wanted}
    removed = [option for option in question.options if option.id not in kept]
    if removed and options_chosen([option.id for option in removed]):
        raise OptionChosen
    known = {option.id: option for option in question.options}
    for option in removed:
        question.options.remove(option)
    for place, fields in enumerate(wanted, start=1):
        option = known.get(fields.id or 0) or _new_option(question)
        option.position, option.label, option.capacity = -place, fields.label, fields.capacity
    db.session.flush()
    for option in question.options:
        option.position = -option.position


def _new_option(question: Question) -> QuestionOption:
    question.options.append(QuestionOption(translations={}))
    return question.options[-1]


def _set_conditions(question: Question, on: Iterable[QuestionOption | Question]) -> None:
    subjects = list(on)
    for subject in subjects:
        earlier = subject.question if isinstance(subject, QuestionOption) else subject
        if earlier.event is not question.event or earlier.position >= question.position:
            raise ConditionTooLate
    question.conditions = [
        QuestionCondition(option=subject) if isinstance(subject, QuestionOption) else QuestionCondition(yes_to=subject)
        for subject in subjects
    ]


def _subject(condition: QuestionCondition) -> Question | None:
    return condition.option.question if condition.option else condition.yes_to


def _next_position(event: Event) -> int:
    return max((question.position for question in questions_of(event.id)), default=0) + 1


def _replace(translations: Mapping[str, W], language: str, words: W) -> dict[str, W]:
    rest = {code: each for code, each in translations.items() if code != language}
    return rest | ({language: words} if words else {})

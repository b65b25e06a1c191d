"""What a party says about itself when it registers, and says anew when it changes something."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypedDict, cast

from app.accounts.models import Account
from app.db import db
from app.events.models import ProgrammeItem, TableChoice, ThemeTable
from app.registrations.models import (
    Answer,
    Attendee,
    Channel,
    ComesAs,
    Consent,
    ConsentText,
    NeedFields,
    PartyKind,
    Question,
    QuestionOption,
    Registration,
    TableWish,
)
from app.registrations.services import needs
from app.structures.models import Organization


class Companion(NamedTuple):
    """Somebody the contact brings along; the name may be left out."""

    name: str = ""
    is_child: bool = False


class Party(TypedDict, total=False):
    """What is left out when registering is empty; what is left out when changing stays as it is."""

    companions: Sequence[Companion]
    party_kind: PartyKind
    organization: Organization | None
    organization_name: str
    phone: str
    postal_address: str
    channel: Channel
    by: Account | None  # the organiser who types it
    is_online: bool
    tables: Sequence[ThemeTable]  # wishes, the first one first; the one chosen where tables are chosen for good
    items: Sequence[ProgrammeItem]
    options: Sequence[QuestionOption]
    answers: Mapping[Question, str]
    code: str
    consents: Sequence[ConsentText]
    wants_updates: bool
    language: str
    spoken_languages: Sequence[str]
    comes_as: ComesAs | None
    sits_together: bool
    needs: Sequence[NeedFields]
    form_id: str  # the same form sent twice registers once
    beyond: bool  # an organiser lets them in although it is full


PLAIN = (
    *("party_kind", "organization", "organization_name", "phone", "postal_address", "wants_updates", "language"),
    *("comes_as", "sits_together"),
)


def write_details(registration: Registration, persons: int, party: Party, at: datetime) -> None:
    """Everything but what is scarce. Texts consented to before and not named any more count as taken back."""
    for name in PLAIN:
        if name in party:
            setattr(registration, name, cast("Mapping[str, object]", party)[name])
    if "spoken_languages" in party:
        registration.spoken_languages = list(party["spoken_languages"])
    _set_attendees(registration, persons, party.get("companions"))
    if "tables" in party and registration.event.table_choice is TableChoice.RANK:
        _set_wishes(registration, party["tables"])
    if "answers" in party:
        _set_answers(registration, party["answers"])
    if "consents" in party:
        _set_consents(registration, party["consents"], at)
    if "needs" in party:
        needs.keep(registration, party["needs"])


def _set_attendees(registration: Registration, persons: int, companions: Sequence[Companion] | None) -> None:
    """The contact first. Rows stay as far as they go: whoever was there before keeps the ticket."""
    attendees = registration.attendees
    if companions is None:
        companions = [Companion(each.name, each.is_child) for each in attendees[1:]]
    people = [Companion(registration.name), *companions, *[Companion()] * persons][:persons]
    del attendees[persons:]
    attendees.extend(Attendee() for _ in range(persons - len(attendees)))
    for attendee, person in zip(attendees, people, strict=True):
        attendee.name, attendee.is_child = person


def _set_wishes(registration: Registration, tables: Iterable[ThemeTable]) -> None:
    wanted = list(dict.fromkeys(tables))
    if wanted != [wish.table for wish in registration.wishes]:
        registration.wishes = []
        db.session.flush()  # a rank and a table stand only once: the old rows go first
        registration.wishes = [TableWish(table=table, rank=rank) for rank, table in enumerate(wanted, start=1)]


def _set_answers(registration: Registration, answers: Mapping[Question, str]) -> None:
    kept = [answer for answer in registration.answers if answers.get(answer.question)]
    for answer in kept:
        answer.value = answers[answer.question]
    known = {answer.question for answer in kept}
    new = [Answer(question=each, value=value) for each, value in answers.items() if value and each not in known]
    registration.answers = kept + new


def _set_consents(registration: Registration, texts: Sequence[ConsentText], at: datetime) -> None:
    standing = {consent.text for consent in registration.consents if consent.withdrawn_at is None}
    for consent in registration.consents:
        if consent.text in texts:
            consent.withdrawn_at = None
        else:
            consent.withdraw(at)
    known = {consent.text for consent in registration.consents}
    registration.consents.extend(Consent(text=text, given_at=at) for text in texts if text not in known | standing)

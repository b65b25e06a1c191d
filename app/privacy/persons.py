"""What is stored about a person, found by their address; and erasing it. What they said, and numbers, stay."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from sqlalchemy import JSON, ColumnElement, Row, String, Table, cast, false, func, or_, select

from app.accounts import services as accounts
from app.accounts.models import Account
from app.audit import log
from app.calendars import services as calendars
from app.calendars.models import PersonalFeed
from app.comments.models import Comment, Commenter
from app.concept import services as concept
from app.concept.models import PartnerContact, PracticeContact
from app.db import db, now, transactional
from app.drafting.models import Suggester, Suggestion
from app.drafting.services import drafts as desk_drafts
from app.encryption import Unreadable
from app.events.models import EventPerson
from app.mail.models import OutgoingMail
from app.moderation.models import Report
from app.moderation.services import reports
from app.proposals.models import Contributor, Follow, Proposal, Support
from app.proposals.services import supports
from app.registrations import needs
from app.registrations import services as registrations
from app.registrations.models import OCCUPYING, Attendee, Registration, RegistrationStatus
from app.registrations.services import retention
from app.structures import inviting
from app.structures.models import MandateInvitation
from app.workbench.queries import objections_of

CIPHERTEXT = "ciphertext"


def export(email: str) -> dict[str, list[dict[str, object]]]:
    """Every row about the address, by table: its own, and those that point at these; needs in plain words."""
    found: dict[str, list[dict[str, object]]] = {}
    ids = _ids_of(email)
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(select(table).where(_is_about(table, ids, email))).all()
        if rows:
            found[table.name] = [_readable(table, row) for row in rows]
    if ids["registration"]:
        found["needs"] = [_needs_in_words(registration_id) for registration_id in ids["registration"]]
    if ids["contributor"]:
        found["contributions"] = _contributions(ids["contributor"])
    if ids["commenter"]:
        found["comments"] = _comments(ids["commenter"])
    if ids["suggester"]:
        found["suggestions"] = _suggestions(ids["suggester"])
    return found


class Erasure(NamedTuple):
    """How many rows lost what they knew, by table; and where a name still stands that a person has to look at."""

    counts: dict[str, int]
    still_named: Sequence[str]


@transactional
def erase(email: str, *, names: Collection[str] = (), by: Account | None = None) -> Erasure:
    """Take the address, and the names given, out of every table. The same name elsewhere may be somebody else's.

    Who has a place at a coming event gives it up. Raises LastAdmin for the last account that manages accounts.
    """
    counts: Counter[str] = Counter()
    known = {*names, *_names_of(email)}
    for registration in db.session.scalars(select(Registration).where(_has_address(Registration, email))).all():
        _leave(registration)
        retention.anonymise(registration)
        counts["registration"] += 1
    counts["contributor"] = _remove_writers(Contributor, email, names)
    counts["commenter"] = _remove_writers(Commenter, email, names)
    counts["suggester"] = _remove_suggesters(email)
    counts["follow"] = _end_follows(email)
    counts["support"] = supports.unlink(email)
    counts["report"] = reports.forget_address(email)
    counts["personal_feed"] = calendars.remove_feeds_of(email)
    counts["mandate_invitation"] = inviting.forget_address(email)
    counts["partner_contact"] = concept.forget_contact(email)
    counts["practice_contact"] = _remove_contacts(email, names)
    counts["account"] = _close_account(email, by)
    counts["name"] = _remove_names(names)
    counts["outgoing_mail"] = _empty_outbox(email)
    db.session.flush()
    return Erasure({name: count for name, count in counts.items() if count}, _still_named([email, *known]))


def _names_of(email: str) -> set[str]:
    wanted = email.strip().lower()
    account = select(Account.name).where(func.lower(Account.email) == wanted)
    others = [select(model.name).where(_has_address(model, email)) for model in (Registration, Contributor, Commenter)]
    return {name for statement in (account, *others) for name in db.session.scalars(statement) if name}


def _still_named(words: Collection[str]) -> Sequence[str]:
    """Table, column and id of every text that holds one of the words."""
    return [
        f"{table.name}.{column.name} {', '.join(map(str, key))}"
        for table, column in _text_columns()
        for key in db.session.execute(select(*table.primary_key.columns).where(_contains(column, words)))
    ]


def _ids_of(email: str) -> dict[str, list[int]]:
    account = select(Account.id).where(func.lower(Account.email) == email.strip().lower())
    registration = select(Registration.id).where(_has_address(Registration, email))
    statements = {
        "account": account,
        "registration": registration,
        "practice_contact": select(PracticeContact.id).where(_is_contact(email)),
        "attendee": select(Attendee.id).where(Attendee.registration_id.in_(registration)),
        "contributor": select(Contributor.id).where(_has_address(Contributor, email)),
        "commenter": select(Commenter.id).where(_has_address(Commenter, email)),
        "suggester": select(Suggester.id).where(func.lower(Suggester.email) == email.strip().lower()),
        "support": select(Support.id).where(Support.digest == supports.digest_of(email)),
        "report": select(Report.id).where(func.lower(Report.email) == email.strip().lower()),
        "personal_feed": select(PersonalFeed.id).where(PersonalFeed.email == email.strip().lower()),
        "mandate_invitation": select(MandateInvitation.id).where(MandateInvitation.email == email.strip().lower()),
        "partner_contact": select(PartnerContact.id).where(func.lower(PartnerContact.email) == email.strip().lower()),
        "follow": select(Follow.id).where(or_(_has_address(Follow, email), Follow.account_id.in_(account))),
    }
    return {name: list(db.session.scalars(statement)) for name, statement in statements.items()}


def _has_address(model: type[Registration | Contributor | Commenter | Follow], email: str) -> ColumnElement[bool]:
    wanted = email.strip().lower()
    if model is Registration:
        return or_(func.lower(Registration.email) == wanted, func.lower(Registration.new_email) == wanted)
    return func.lower(model.email) == wanted


def _is_about(table: Table, ids: dict[str, list[int]], email: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [table.c.id.in_(ids[table.name])] if table.name in ids else []
    keys = [key for key in table.foreign_keys if key.column.table.name in ids]
    conditions += [key.parent.in_(ids[key.column.table.name]) for key in keys]
    if table.name == OutgoingMail.__tablename__:
        conditions.append(func.lower(table.c.recipient) == email.strip().lower())
    return or_(false(), *conditions)


def _readable(table: Table, row: Row[tuple[object, ...]]) -> dict[str, object]:
    values = dict(zip(table.columns.keys(), row, strict=True))
    return {name: _plain(value) for name, value in values.items() if name != CIPHERTEXT}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)


def _needs_in_words(registration_id: int) -> dict[str, object]:
    try:
        found: object = needs.needs_of(db.session.get_one(Registration, registration_id))
    except Unreadable as error:
        found = str(error)
    return {"registration_id": registration_id, "needs": found}


def _contributions(contributor_ids: Collection[int]) -> list[dict[str, object]]:
    statement = select(Proposal).join(Contributor).where(Contributor.id.in_(contributor_ids)).order_by(Proposal.id)
    return [
        {
            "reference": proposal.reference,
            "text": proposal.text.current.content,
            "attachments": [attachment.name for attachment in proposal.attachments],
            "objections": [each.words.current.content for each in objections_of(proposal)],
        }
        for proposal in db.session.scalars(statement)
    ]


def _comments(commenter_ids: Collection[int]) -> list[dict[str, object]]:
    statement = select(Comment).join(Commenter).where(Commenter.id.in_(commenter_ids)).order_by(Comment.id)
    return [
        {"reference": comment.proposal.reference, "text": comment.text.current.content}
        for comment in db.session.scalars(statement)
    ]


def _suggestions(suggester_ids: Collection[int]) -> list[dict[str, object]]:
    statement = select(Suggestion).join(Suggester).where(Suggester.id.in_(suggester_ids)).order_by(Suggestion.id)
    return [
        {
            "number": suggestion.id,
            "passage": suggestion.quote,
            "words": suggestion.words,
            "reason": suggestion.reason.current.content,
        }
        for suggestion in db.session.scalars(statement)
    ]


def _leave(registration: Registration) -> None:
    is_open = registration.status in {*OCCUPYING, RegistrationStatus.WAITING}
    if is_open and not registration.event.is_over(now()):
        registrations.cancel(registration)


def _remove_writers(model: type[Contributor | Commenter], email: str, names: Collection[str]) -> int:
    named = model.name.in_(names) & (model.email == "")
    found = db.session.scalars(select(model).where(or_(_has_address(model, email), named))).all()
    for writer in found:
        log.record(f"privacy.erase_{model.__tablename__}", writer)
        db.session.delete(writer)
    return len(found)


def _remove_suggesters(email: str) -> int:
    found = db.session.scalars(select(Suggester).where(func.lower(Suggester.email) == email.strip().lower())).all()
    for suggester in found:
        log.record("privacy.erase_suggester", suggester)
        db.session.delete(suggester)
    return len(found)


def _end_follows(email: str) -> int:
    account = select(Account.id).where(func.lower(Account.email) == email.strip().lower())
    statement = select(Follow).where(or_(_has_address(Follow, email), Follow.account_id.in_(account)))
    found = db.session.scalars(statement).all()
    for follow in found:
        follow.ended_at = follow.ended_at or now()
        follow.email = ""
        follow.link_generation += 1
        log.record("privacy.erase_follow", follow)
    return len(found)


def _is_contact(email: str) -> ColumnElement[bool]:
    return func.lower(PracticeContact.email) == email.strip().lower()


def _remove_contacts(email: str, names: Collection[str]) -> int:
    """Who can be asked about a good practice."""
    is_theirs = or_(_is_contact(email), PracticeContact.name.in_(names))
    found = db.session.scalars(select(PracticeContact).where(is_theirs)).all()
    for contact in found:
        log.record("privacy.erase_practice_contact", contact)
        db.session.delete(contact)
    return len(found)


def _close_account(email: str, by: Account | None) -> int:
    account = db.session.scalars(
        select(Account).where(func.lower(Account.email) == email.strip().lower())
    ).one_or_none()
    if account is None:
        return 0
    accounts.close(account, by=by)
    desk_drafts.remove_of(account)
    account.email, account.name = f"geloescht-{account.id}", ""
    log.record("privacy.erase_account", account, by=by)
    return 1


def _remove_names(names: Collection[str]) -> int:
    """Who hosts or speaks, and companions in the parties of others."""
    people = db.session.scalars(select(EventPerson).where(EventPerson.name.in_(names))).all()
    for person in people:
        log.record("privacy.erase_name", person)
        db.session.delete(person)
    companions = db.session.scalars(select(Attendee).where(Attendee.name.in_(names))).all()
    for attendee in companions:
        attendee.name = ""
        log.record("privacy.erase_name", attendee)
    return len(people) + len(companions)


def _empty_outbox(email: str) -> int:
    """Also what cancelling has just written: nobody is left to tell."""
    statement = select(OutgoingMail).where(func.lower(OutgoingMail.recipient) == email.strip().lower())
    found = db.session.scalars(statement).all()
    for mail in found:
        if mail.is_open:
            mail.give_up(now(), "erased")
        mail.recipient = None
    return len(found)


def _text_columns() -> Iterator[tuple[Table, ColumnElement[object]]]:
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON) and not column.primary_key:
                yield table, column


def _contains(column: ColumnElement[object], words: Collection[str]) -> ColumnElement[bool]:
    text = func.lower(cast(column, String))
    return or_(*(text.contains(word.strip().lower(), autoescape=True) for word in words))

"""Plan a print run, take its delivery in, send copies to the list; stock is counted from the rows, never stored."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from app.audit import log
from app.audit.log import Actor
from app.concept.models import Edition
from app.council.models import Meeting
from app.db import db, lock, now, transactional
from app.distribution import queries
from app.distribution.errors import (
    AlreadyDelivered,
    AlreadyPresented,
    GroupExists,
    NobodyChosen,
    NotDelivered,
    OffTheList,
    TakenBack,
    TooFewLeft,
)
from app.distribution.models import Dispatch, Presentation, PrintFormat, PrintJob, Recipient, RecipientGroup
from app.events.models import Event
from app.process_date import ProcessDate
from app.slugs import slugify
from app.structures.models import Municipality


class Address(TypedDict, total=False):
    name: str
    contact: str
    street: str
    post_code: str
    city: str
    copies: int


class Order(TypedDict, total=False):
    """What may be said of a print job until it is delivered."""

    title: str
    format: PrintFormat
    planned: ProcessDate
    copies: int | None
    printer: str
    cost: Decimal | None
    source: str
    is_example: bool


@transactional
def plan_print_job(edition: Edition, *, by: Actor | None, **order: Unpack[Order]) -> PrintJob:
    """A run of an edition; only frozen ones can be named, so what is printed stays what was adopted."""
    job = PrintJob(edition=edition, **order)
    db.session.add(job)
    log.record("distribution.plan_print_job", job, by=by)
    return job


@transactional
def change_print_job(job: PrintJob, *, by: Actor | None, **order: Unpack[Order]) -> None:
    """Raises AlreadyDelivered when the run would change then."""
    job = lock(job)
    if job.is_delivered and "copies" in order and order["copies"] != job.copies:
        raise AlreadyDelivered
    changed = [name for name, value in order.items() if getattr(job, name) != value]
    for name in changed:
        setattr(job, name, order[name])  # type: ignore[literal-required]
    if changed:
        log.record("distribution.change_print_job", job, by=by, fields=changed)


@transactional
def discard_print_job(job: PrintJob, *, by: Actor | None) -> None:
    """It was planned by mistake, or does not come; the log keeps that it was there. Raises AlreadyDelivered."""
    job = lock(job)
    if job.is_delivered:
        raise AlreadyDelivered
    log.record("distribution.discard_print_job", job, by=by)
    db.session.delete(job)


@transactional
def take_delivery(job: PrintJob, *, copies: int, delivered_on: date, by: Actor | None) -> None:
    """From now on there is a stock: what was delivered, which may differ from the order. Raises AlreadyDelivered."""
    job = lock(job)
    if job.is_delivered:
        raise AlreadyDelivered
    job.copies, job.delivered_on = copies, delivered_on
    log.record("distribution.take_delivery", job, by=by, fields=["copies", "delivered_on"])


@transactional
def send(job: PrintJob, recipients: Collection[Recipient], *, sent_on: date, by: Actor | None) -> int:
    """Each of these addresses gets its copies; returns how many addresses.

    Who got theirs already, perhaps a moment ago through a colleague, is left out. Raises NotDelivered, NobodyChosen,
    OffTheList, TooFewLeft; then nothing is sent.
    """
    job = _lock_stock(job)
    waiting = {each.id for each in queries.waiting(job)}
    chosen = [each for each in recipients if each.id in waiting]
    if any(each.removed_at for each in recipients):
        raise OffTheList
    if not chosen:
        raise NobodyChosen
    _check_stock(job, sum(each.copies for each in chosen))
    for each in chosen:
        _add(job, Dispatch(recipient=each, copies=each.copies, sent_on=sent_on), by)
    return len(chosen)


@transactional
def hand_out(
    job: PrintJob, *, copies: int, purpose: str, sent_on: date, event: Event | None = None, by: Actor | None
) -> Dispatch:
    """Copies that go without an address: laid out, taken along to an event. Raises NotDelivered, TooFewLeft."""
    job = _lock_stock(job)
    _check_stock(job, copies)
    return _add(job, Dispatch(event=event, purpose=purpose.strip(), copies=copies, sent_on=sent_on), by)


@transactional
def take_back(dispatch: Dispatch, *, by: Actor | None) -> None:
    """It was entered by mistake, or came back: the copies are in stock again. Raises TakenBack."""
    lock(dispatch.job)
    db.session.refresh(dispatch)
    if not dispatch.is_valid:
        raise TakenBack
    dispatch.taken_back_at = now()
    log.record("distribution.take_back", dispatch, by=by, fields=["taken_back_at"])


@transactional
def add_group(title: str, *, slug: str | None = None, by: Actor | None) -> RecipientGroup:
    """Raises GroupExists."""
    slug = slug or slugify(title)
    if queries.is_group_slug_taken(slug):
        raise GroupExists
    group = RecipientGroup(slug=slug, title=title.strip(), position=queries.next_position())
    db.session.add(group)
    log.record("distribution.add_group", group, by=by)
    return group


@transactional
def add_recipient(
    group: RecipientGroup,
    *,
    municipality: Municipality | None = None,
    is_example: bool = False,
    by: Actor | None,
    **address: Unpack[Address],
) -> Recipient:
    recipient = Recipient(
        group=group, municipality_id=municipality.id if municipality else None, is_example=is_example, **address
    )
    db.session.add(recipient)
    log.record("distribution.add_recipient", recipient, by=by)
    return recipient


@transactional
def change_recipient(recipient: Recipient, *, by: Actor | None, **address: Unpack[Address]) -> None:
    """Raises OffTheList."""
    recipient = lock(recipient)
    if recipient.removed_at:
        raise OffTheList
    changed = [name for name, value in address.items() if getattr(recipient, name) != value]
    for name in changed:
        setattr(recipient, name, address[name])  # type: ignore[literal-required]
    if changed:
        log.record("distribution.change_recipient", recipient, by=by, fields=changed)


@transactional
def remove_recipient(recipient: Recipient, *, by: Actor | None) -> None:
    """Off the list; the person's name goes at once, what was sent there stays counted. Raises OffTheList."""
    recipient = lock(recipient)
    if recipient.removed_at:
        raise OffTheList
    recipient.removed_at = now()
    recipient.contact = ""
    log.record("distribution.remove_recipient", recipient, by=by, fields=["removed_at", "contact"])


@transactional
def take_up_municipalities(group: RecipientGroup, municipalities: Collection[Municipality], *, by: Actor | None) -> int:
    """Every municipality that was never in the group; returns how many. Their streets are still to be typed."""
    lock(group)
    known = queries.taken_up_municipalities(group)
    missing = [each for each in municipalities if each.id not in known]
    for each in missing:
        name = f"{each.status} {each.name}"
        add_recipient(group, municipality=each, name=name, post_code=each.post_code, city=each.name, by=by)
    return len(missing)


@transactional
def present(edition: Edition, event: Event, *, group: RecipientGroup | None = None, by: Actor | None) -> Presentation:
    """The edition is presented at this event. Raises AlreadyPresented."""
    lock(event)
    if queries.presented_at(event):
        raise AlreadyPresented
    presentation = Presentation(edition=edition, event=event, group=group)
    db.session.add(presentation)
    log.record("distribution.present", presentation, by=by)
    return presentation


@transactional
def present_to_body(edition: Edition, meeting: Meeting, *, by: Actor | None) -> Presentation:
    """A body saw the edition in this meeting (2016: „dem Sozialausschuss vorgestellt“). Raises AlreadyPresented."""
    lock(meeting)
    if any(each.edition_id == edition.id for each in queries.presented_in(meeting)):
        raise AlreadyPresented
    presentation = Presentation(edition=edition, meeting=meeting)
    db.session.add(presentation)
    log.record("distribution.present_to_body", presentation, by=by)
    return presentation


@transactional
def withdraw_presentation(presentation: Presentation, *, by: Actor | None) -> None:
    """It was entered by mistake, or does not take place; the log keeps that it was there."""
    presentation = lock(presentation)
    log.record("distribution.withdraw_presentation", presentation, by=by)
    db.session.delete(presentation)


def _lock_stock(job: PrintJob) -> PrintJob:
    job = lock(job)
    db.session.refresh(job, ["dispatches"])
    if not job.is_delivered:
        raise NotDelivered
    return job


def _check_stock(job: PrintJob, wanted: int) -> None:
    if wanted > job.left:
        raise TooFewLeft(wanted, job.left)


def _add(job: PrintJob, dispatch: Dispatch, by: Actor | None) -> Dispatch:
    dispatch.job = job
    dispatch.made_by_id = by.id if by else None
    db.session.add(dispatch)
    log.record("distribution.send", dispatch, by=by)
    return dispatch

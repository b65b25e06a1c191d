"""Put a mail into the outbox, and say how a template gets its content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from app import queue
from app.db import db, now
from app.mail.models import OutgoingMail


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail. A picture with an `alt` text also stands in the HTML part, at its end."""

    name: str  # ASCII
    content_type: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """An entry for the reader's calendar (RFC 6047): the last alternative, `method` as in the calendar itself."""

    method: str
    content: str


@dataclass(frozen=True)
class Letter:
    """What a template needs when its mail is sent.

    `template`: another than the one that was asked for; `words`: makes of the context what takes its place;
    `action`: what stands on the button that an address becomes.
    """

    context: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)
    template: str = ""
    action: str = ""
    actions: Mapping[str, str] = field(default_factory=dict)  # by address, for a letter with several
    words: Callable[[Mapping[str, object]], str] | None = None
    attachments: tuple[Attachment, ...] = ()
    calendar: CalendarPart | None = None


MAILS_PER_HOUR = 5  # that ask one address to confirm something
Loader = Callable[..., Letter | None]
LOADERS: dict[str, Loader] = {}
ADDITIONS: dict[str, list[Loader]] = {}


def renders(template: str) -> Callable[[Loader], Loader]:
    """Mark the function that loads what templates/mail/<template>.txt shows, from the ids given to `enqueue`.

    It returns None when the mail has lost its reason, for example because the person was erased.
    """

    def register(loader: Loader) -> Loader:
        LOADERS[template] = loader
        return loader

    return register


def adds_to(*templates: str) -> Callable[[Loader], Loader]:
    """Mark a function of a higher feature that gets the letter and its ids, and returns it with something added.

    Returning None says that the mail has lost its reason. `dataclasses.replace` makes the new letter.
    """

    def register(addition: Loader) -> Loader:
        for template in templates:
            ADDITIONS.setdefault(template, []).append(addition)
        return addition

    return register


def load(template: str, parameters: Mapping[str, int | str]) -> Letter | None:
    """What the template shows, with all that other features add; None when the mail has lost its reason."""
    letter = LOADERS[template](**parameters)
    for addition in ADDITIONS.get(template, ()):
        if letter is not None:
            letter = addition(letter, **parameters)
    return letter


def enqueue(recipient: str, template: str, *, language: str = "de", **parameters: int | str) -> OutgoingMail:
    """Write a mail in the caller's transaction; it is sent once that is committed."""
    if template not in LOADERS:
        raise KeyError(f"no loader renders the mail {template}")
    mail = OutgoingMail(recipient=recipient, template=template, language=language, parameters=parameters)
    db.session.add(mail)
    queue.wake_after_commit("mail.deliver")
    return mail


def redirect(old: str, new: str, *, about: tuple[str, int], but: str) -> None:
    """What still waits for the old address about a row (`about`: its parameter) goes to the new one.

    A mail is rendered when it is sent, so it would bring the old address a link of the new one. `but`: the template of
    the mail that is meant for the old address.
    """
    name, row_id = about
    db.session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.recipient == old,
            OutgoingMail.sent_at.is_(None),
            OutgoingMail.given_up_at.is_(None),
            OutgoingMail.parameters[name].as_integer() == row_id,
            OutgoingMail.template != but,
        )
        .values(recipient=new)
        .execution_options(synchronize_session=False)
    )


def was_written(email: str, template: str, *, since: datetime) -> bool:
    """Whether this address got, or is to get, a mail from this template."""
    written = select(OutgoingMail.id).where(
        OutgoingMail.template == template, OutgoingMail.recipient == email, OutgoingMail.created_at >= since
    )
    return db.session.scalars(written.limit(1)).first() is not None


def is_enough(email: str, template: str, *, most: int = MAILS_PER_HOUR) -> bool:
    """Whether this address, in capitals or not, got that many mails from this template in the last hour.

    It may be a stranger's.
    """
    sent = db.session.scalars(
        select(func.count())
        .select_from(OutgoingMail)
        .where(
            OutgoingMail.template == template,
            func.lower(OutgoingMail.recipient) == email.lower(),
            OutgoingMail.created_at >= now() - timedelta(hours=1),
        )
    ).one()
    return sent >= most

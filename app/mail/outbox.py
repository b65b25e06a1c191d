"""Put a mail into the outbox, and say how a template gets its content."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app import queue
from app.db import db
from app.mail.models import OutgoingMail


@dataclass(frozen=True)
class Letter:
    """What a template needs when its mail is sent."""

    context: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


Loader = Callable[..., Letter | None]
LOADERS: dict[str, Loader] = {}


def renders(template: str) -> Callable[[Loader], Loader]:
    """Mark the function that loads what templates/mail/<template>.txt shows, from the ids given to `enqueue`.

    It returns None when the mail has lost its reason, for example because the person was erased.
    """

    def register(loader: Loader) -> Loader:
        LOADERS[template] = loader
        return loader

    return register


def enqueue(recipient: str, template: str, *, language: str = "de", **parameters: int | str) -> OutgoingMail:
    """Write a mail in the caller's transaction; it is sent once that is committed."""
    if template not in LOADERS:
        raise KeyError(f"no loader renders the mail {template}")
    mail = OutgoingMail(recipient=recipient, template=template, language=language, parameters=parameters)
    db.session.add(mail)
    queue.wake_after_commit("mail.deliver")
    return mail

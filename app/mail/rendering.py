"""A row of the outbox becomes a message: text as written in templates/mail, and the same as simple HTML."""

import re
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from flask_mail import Message

from app.mail.models import OutgoingMail
from app.mail.outbox import LOADERS

ADDRESS = re.compile(r"https?://\S+")


def render(mail: OutgoingMail) -> Message | None:
    """The message in the recipient's language, or None when it has lost its reason.

    The first line of templates/mail/<template>.txt is the subject.
    """
    letter = LOADERS[mail.template](**mail.parameters)
    if letter is None or mail.recipient is None:
        return None
    county = current_app.config["COUNTY"]
    with force_locale(mail.language):
        written = _fill(f"{mail.template}.txt", **letter.context)
        subject, _, body = written.strip().partition("\n")
        body = re.sub(r"\n{3,}", "\n\n", body.strip())
        html = _fill("layout.html", subject=subject, blocks=_blocks(body), language=mail.language, county=county)
        text = _fill("layout.txt", body=body, county=county)
    message = Message(
        subject=subject.strip(),
        recipients=[mail.recipient],
        body=text,
        html=html,
        extra_headers={"Auto-Submitted": "auto-generated", **letter.headers},
    )
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    message.msgId = f"<outbox-{mail.id}@{host}>"  # the same at every attempt: a doubled delivery can be recognised
    return message


def _fill(template: str, **context: object) -> str:
    """Without what pages show around themselves: a mail belongs to no request."""
    return current_app.jinja_env.get_template(f"mail/{template}").render(context)


def _blocks(body: str) -> list[tuple[str, str]]:
    """Paragraphs of the text for the HTML part: ("link", address) for one that is only an address."""
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\s*\n", body))
    return [("link" if ADDRESS.fullmatch(p) else "text", p) for p in paragraphs if p]

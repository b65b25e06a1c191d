"""A row of the outbox becomes a message: text as written in templates/mail, and the same as simple HTML."""

import re
from email.mime.text import MIMEText
from typing import NamedTuple
from urllib.parse import urlsplit

import flask_mail
from flask import current_app
from flask_babel import force_locale

from app.mail import outbox
from app.mail.models import OutgoingMail
from app.mail.outbox import Attachment, Letter

ADDRESS = re.compile(r"https?://\S+")


class Words(NamedTuple):
    """A letter as people read it."""

    subject: str
    body: str  # without what the mail ends with


class Message(flask_mail.Message):
    """A mail that may hold a calendar: its part names the method that the calendar names (RFC 6047, 2.4)."""

    calendar_method = ""

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMEText:
        part: MIMEText = super()._mimetext(text, subtype)
        if subtype == "calendar":
            part.set_param("method", self.calendar_method)
        return part


def render(mail: OutgoingMail) -> Message | None:
    """The message in the recipient's language, or None when it has lost its reason."""
    with force_locale(mail.language):
        letter = outbox.load(mail.template, mail.parameters)
        if letter is None or mail.recipient is None:
            return None
        message = compose(mail.recipient, mail.template, letter, mail.language)
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    message.msgId = f"<outbox-{mail.id}@{host}>"  # the same at every attempt: a doubled delivery can be recognised
    return message


def words_of(template: str, letter: Letter) -> Words:
    """Subject and body in the language that is set: the first line of templates/mail/<template>.txt is the subject."""
    if letter.words is None:
        written = _fill(f"{letter.template or template}.txt", **letter.context)
    else:
        written = letter.words(letter.context)
    subject, _, body = written.strip().partition("\n")
    return Words(subject.strip(), re.sub(r"\n\s*\n", "\n\n", body.strip()))


def compose(recipient: str, template: str, letter: Letter, language: str) -> Message:
    """The whole mail, in the language that is set."""
    words = words_of(template, letter)
    message = Message(
        subject=words.subject,
        recipients=[recipient],
        body=_fill("layout.txt", body=words.body, papers=_papers(letter), county=current_app.config["COUNTY"]),
        html=html_of(words, language, letter),
        extra_headers={"Auto-Submitted": "auto-generated", **letter.headers},
    )
    for attachment in letter.attachments:
        _attach(message, attachment)
    if letter.calendar:
        message.calendar_method = letter.calendar.method
        message.alts["calendar"] = letter.calendar.content
    return message


def html_of(words: Words, language: str, letter: Letter) -> str:
    """The same words as a simple page."""
    return _fill(
        "layout.html",
        subject=words.subject,
        blocks=blocks_of(words.body),
        action=letter.action,
        actions=letter.actions,
        papers=_papers(letter),
        pictures=[attachment for attachment in letter.attachments if attachment.alt],
        language=language,
        county=current_app.config["COUNTY"],
    )


def _papers(letter: Letter) -> list[str]:
    """What lies in the mail besides pictures; a mail says so in words."""
    return [attachment.name for attachment in letter.attachments if not attachment.alt]


def _attach(message: Message, attachment: Attachment) -> None:
    message.attach(
        attachment.name,
        attachment.content_type,
        attachment.content,
        disposition="inline" if attachment.alt else "attachment",
        headers={"Content-ID": f"<{attachment.name}>"} if attachment.alt else {},
    )


def _fill(template: str, **context: object) -> str:
    """Without what pages show around themselves: a mail belongs to no request."""
    return current_app.jinja_env.get_template(f"mail/{template}").render(context)


def blocks_of(body: str) -> list[tuple[str, str]]:
    """Paragraphs of the text for the HTML part: ("link", address) for one that is only an address of this site.

    Nobody's words make a button that leads elsewhere.
    """
    own = f"{current_app.config['BASE_URL']}/"
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\s*\n", body))
    return [("link" if ADDRESS.fullmatch(p) and p.startswith(own) else "text", p) for p in paragraphs if p]

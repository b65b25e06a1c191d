"""Hand a message over: by SMTP through Flask-Mail, into a maildir, or onto the terminal (TEILHABE_MAIL_URL)."""

import mailbox
import smtplib
import ssl
import sys
from contextlib import ExitStack
from functools import cache
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import flask_mail
from flask import Flask
from flask_mail import Mail, Message

TIMEOUT = 20  # seconds; Flask-Mail sets none, and a dead relay would hang the worker
SUBMISSION_PORT = 587


class Transport(Protocol):
    def send(self, message: Message) -> None:
        """Return when the message is handed over; raise smtplib.SMTPException or OSError when it is not."""


class Smtp:
    def __init__(self, app: Flask, url: str) -> None:
        parts = urlsplit(url)
        tls = parse_qs(parts.query).get("tls", ["none"])[0]
        app.config.update(
            MAIL_SERVER=parts.hostname,
            MAIL_PORT=parts.port or SUBMISSION_PORT,
            MAIL_USERNAME=unquote(parts.username) if parts.username else None,
            MAIL_PASSWORD=unquote(parts.password) if parts.password else None,
            MAIL_USE_TLS=tls == "starttls",
            MAIL_USE_SSL=tls == "ssl",
        )
        self.mail = Mail(app)

    def send(self, message: Message) -> None:
        with Connection(self.mail) as connection:
            connection.send(message)


class Connection(flask_mail.Connection):
    """Flask-Mail's connection with a timeout and checked certificates."""

    def configure_host(self) -> smtplib.SMTP:
        host: smtplib.SMTP
        if self.mail.use_ssl:
            host = smtplib.SMTP_SSL(self.mail.server, self.mail.port, timeout=TIMEOUT, context=_trusted())
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=TIMEOUT)
        with ExitStack() as on_failure:
            on_failure.callback(host.close)
            if self.mail.use_tls:
                host.starttls(context=_trusted())
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
            on_failure.pop_all()
        return host


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates of the machine, read once: that takes longer than sending a mail."""
    return ssl.create_default_context()


class Maildir:
    def __init__(self, app: Flask, url: str) -> None:
        Mail(app)  # Message reads its defaults from the extension
        self.path = url.removeprefix("maildir:")

    def send(self, message: Message) -> None:
        mailbox.Maildir(self.path, create=True).add(message.as_bytes())


class Console:
    def __init__(self, app: Flask, url: str) -> None:
        Mail(app)

    def send(self, message: Message) -> None:
        sys.stdout.write(f"{message.recipients[0]}: {message.subject}\n\n{message.body}\n")


TRANSPORTS = {"smtp": Smtp, "maildir": Maildir, "console": Console}


def init_app(app: Flask) -> None:
    url = app.config["MAIL_URL"]
    app.extensions["mail_transport"] = TRANSPORTS[urlsplit(url).scheme](app, url)

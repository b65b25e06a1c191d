"""A translation service of the house's own, by LibreTranslate's protocol. Without the setting nothing is sent."""

import ssl
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import httpx
from flask import current_app

from app.languages import SOURCE

TIMEOUT = httpx.Timeout(20, connect=3)  # seconds; a long text on a small machine takes a while


class Unavailable(Exception):
    """The service cannot help now: it is away, too slow, overloaded, or answers what nobody understands."""


class Refused(Exception):
    """The service does not translate this text."""


def is_offered() -> bool:
    return bool(current_app.config["TRANSLATION_URL"])


def service_name() -> str:
    """Which service, as it is kept beside what it wrote."""
    return str(urlsplit(current_app.config["TRANSLATION_URL"]).netloc)[:100]


def into_german(content: str, *, language: str) -> str:
    """What the service makes of it (POST /translate); raises Unavailable and Refused."""
    asked = {"q": content, "source": language, "target": SOURCE, "format": "text"}
    answer = _ask("POST", "/translate", asked)
    german = answer.get("translatedText") if isinstance(answer, Mapping) else None
    if not isinstance(german, str) or not german.strip():
        raise Unavailable("antwortet ohne Übersetzung")
    return german


def known_languages() -> set[str]:
    """From which languages the service translates into German (GET /languages); raises Unavailable."""
    answer = _ask("GET", "/languages")
    if not isinstance(answer, list) or not all(isinstance(each, Mapping) for each in answer):
        raise Unavailable("nennt keine Sprachen")
    codes = {str(each.get("code")) for each in answer if SOURCE in each.get("targets", [SOURCE])}
    if SOURCE not in {str(each.get("code")) for each in answer}:
        raise Unavailable("kennt kein Deutsch")
    return codes - {SOURCE}


def _ask(method: str, path: str, asked: Mapping[str, str] | None = None) -> object:
    key = current_app.config["TRANSLATION_KEY"]
    body = {**asked, **({"api_key": key} if key else {})} if asked is not None else None
    try:
        with httpx.Client(timeout=TIMEOUT, trust_env=False, verify=_trusted()) as client:
            answer = client.request(method, current_app.config["TRANSLATION_URL"] + path, json=body)
        said = answer.json()
    except httpx.HTTPError as error:
        raise Unavailable(f"antwortet nicht ({type(error).__name__})") from error
    except ValueError as error:
        raise Unavailable(f"antwortet mit {answer.status_code} und ohne JSON") from error
    if answer.is_success:
        return said
    reason = said.get("error") if isinstance(said, Mapping) else None
    if answer.status_code == httpx.codes.BAD_REQUEST:
        raise Refused(str(reason))
    raise Unavailable(f"antwortet mit {answer.status_code}: {reason}")


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: the list of authorities takes a tenth of a second."""
    return httpx.create_ssl_context(trust_env=False)

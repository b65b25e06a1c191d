"""The language of a page stands in its address: none for German, `/en/...` for another (docs/adr/0005)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, get_babel, get_locale, gettext

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SOURCE = "de"  # German is the binding text (2017 paper, chapter 6)
PREFIXES = ("en", "uk", "ru", "ar", "fa", "tr", "ro", "it", "fr")
EASY = "ls"  # Leichte Sprache: German for everyone who reads slowly
COUNTY_LANGUAGES = (*PREFIXES, EASY)


class Language(NamedTuple):
    code: str
    label: str
    direction: str
    url: str
    is_current: bool


class LanguagePrefix:
    """Move the language from the path to where the application is mounted, so that url_for keeps it by itself."""

    def __init__(self, wsgi_app: "WSGIApplication", offered: Iterable[str]) -> None:
        self.wsgi_app = wsgi_app
        self.offered = frozenset(offered) - {SOURCE}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        first, slash, rest = environ["PATH_INFO"].removeprefix("/").partition("/")
        environ["teilhabe.root"] = environ.get("SCRIPT_NAME", "")
        if first in self.offered:
            environ["teilhabe.language"] = first
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}" if slash else "/"
        return self.wsgi_app(environ, start_response)


def init_app(app: Flask) -> None:
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "../translations")
    Babel(app, locale_selector=_choose)
    with app.app_context():
        offered = [
            locale.language for locale in get_babel().instance.list_translations() if locale.language in PREFIXES
        ]
    app.extensions["offered_languages"] = [SOURCE, *sorted(set(offered), key=PREFIXES.index)]
    app.wsgi_app = LanguagePrefix(app.wsgi_app, app.extensions["offered_languages"])  # type: ignore[method-assign]


def _choose() -> str:
    """Commands and jobs speak German; a mail forces the language of its reader."""
    return str(request.environ.get("teilhabe.language", SOURCE)) if has_request_context() else SOURCE


def page_languages(app: Flask) -> list[Language]:
    """The languages this page can be read in, if there is more than one."""
    offered = app.extensions["offered_languages"]
    if len(offered) == 1:
        return []
    current = str(get_locale())
    root = request.environ.get("teilhabe.root", "")
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return [
        Language(
            code=code,
            label=str(Locale(code).get_display_name(code)),
            direction=Locale(code).text_direction,
            url=f"{root}{'' if code == SOURCE else '/' + code}{request.path}{query}",
            is_current=code == current,
        )
        for code in offered
    ]


def language_name(code: str) -> str:
    """As the reader says it: Ukrainisch."""
    if code == EASY:
        return str(gettext("Leichte Sprache"))
    return str(Locale(code).get_display_name(get_locale() or SOURCE))


def localized(address: str) -> str:
    """The address of the same page in the language that is set, if the site is offered in it."""
    language, base_url = str(get_locale()), current_app.config["BASE_URL"]
    if language == SOURCE or language not in current_app.extensions["offered_languages"]:
        return address
    return f"{base_url}/{language}{address.removeprefix(base_url)}"

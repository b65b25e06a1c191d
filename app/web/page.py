"""What base.html shows around every page."""

from flask import Flask, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from app.web.access import current_account, lets_in
from app.web.language import page_languages

NAVIGATION: tuple[tuple[object, str], ...] = (
    (_("Veranstaltungen"), "events.index"),
    (_("Mitreden"), "proposals.index"),
    (_("Konzept"), "editions.show_current"),
    (_("Ablauf"), "process_steps.index"),
    (_("Gremien"), "structures.index"),
    (_("Vorlagen"), "papers.index"),
    (_("Kalender"), "calendars.index"),
)


def init_app(app: Flask) -> None:
    app.add_template_global(_may_open, "may_open")

    @app.context_processor
    def surroundings() -> dict[str, object]:
        locale = get_locale()
        return {
            "page_language": str(locale) if locale else "de",
            "text_direction": locale.text_direction if locale else "ltr",
            "languages": page_languages(app),
            "navigation": [
                (label, url_for(endpoint), (request.endpoint or "").startswith(endpoint.partition(".")[0] + "."))
                for label, endpoint in NAVIGATION
            ],
            "account_links": _account_links(),
            "home_url": url_for("pages.home"),
            "county_name": app.config["COUNTY"],
            "contact_address": app.config["MAIL_DEFAULT_SENDER"],
        }


def _may_open(endpoint: str) -> bool:
    """So that no page links to one that refuses whoever reads it."""
    return lets_in(endpoint, current_account())


def _account_links() -> list[tuple[object, str]]:
    account = current_account()
    if account is None:
        return [(_("Einloggen"), url_for("accounts.request_sign_in"))]
    desk = [(_("Verwaltung"), url_for("pages.desk"))] if lets_in("pages.desk", account) else []
    return [*desk, (account.name, url_for("accounts.show"))]

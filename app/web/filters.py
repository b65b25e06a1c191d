"""Words for dates, times and numbers in templates; people see Europe/Berlin."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from flask_babel import format_currency, format_date, format_datetime, format_decimal, format_time, get_locale, gettext
from markdown_it import MarkdownIt
from markupsafe import Markup
from nh3 import clean

from app.languages import SOURCE, name_of

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN_TAGS = {
    *("p", "br", "em", "strong", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "code", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def day(value: date | datetime) -> str:
    """Samstag, 24. Juni 2017."""
    return format_date(value, "full")


def short_day(value: date | datetime) -> str:
    """24.06.2017."""
    return format_date(value, "dd.MM.y") if _is_german() else format_date(value, "short")


def moment(value: datetime) -> str:
    """24.06.2017, 9.30 Uhr."""
    return gettext("%(day)s, %(time)s Uhr", day=short_day(value), time=clock(value))


def clock(value: datetime) -> str:
    """9.30, and 14 on the full hour, as people say it."""
    if not _is_german():
        return format_time(value, "short")
    return format_datetime(value, "H" if format_datetime(value, "mm") == "00" else "H.mm")


def period(start: datetime, end: datetime) -> str:
    """Samstag, 24. Juni 2017, 9.30 bis 14 Uhr; over several days both are named."""
    if format_date(start, "short") == format_date(end - timedelta(microseconds=1), "short"):
        return gettext("%(day)s, %(start)s bis %(end)s Uhr", day=day(start), start=clock(start), end=clock(end))
    return gettext(
        "%(first)s, %(start)s Uhr, bis %(last)s, %(end)s Uhr",
        first=day(start),
        start=clock(start),
        last=day(end),
        end=clock(end),
    )


def number(value: float) -> str:
    return format_decimal(value)


def euros(value: Decimal) -> str:
    return format_currency(value, "EUR")


def markdown(text: str) -> Markup:
    """Headings, lists, tables, emphasis and links; HTML that somebody typed is shown as text."""
    return Markup(clean(MARKDOWN.render(text), tags=MARKDOWN_TAGS))  # noqa: S704 -- cleaned by nh3


def language(code: str) -> str:
    """What a language is called in the reader's: Tigrinya."""
    return name_of(code, str(get_locale() or SOURCE))


def paragraphs(text: str) -> list[str]:
    """Parted by an empty line, however whoever typed them ended a line."""
    parts = "\n".join(text.splitlines()).split("\n\n")
    return [paragraph.strip() for paragraph in parts if paragraph.strip()]


def _is_german() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "de"


def init_app(app: Flask) -> None:
    for function in (day, short_day, moment, clock, period, number, euros, markdown, language, paragraphs):
        app.add_template_filter(function)

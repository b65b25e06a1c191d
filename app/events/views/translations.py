"""What an event says in other languages: its words are translated paragraph by paragraph; German binds."""

from babel.dates import format_date, format_time
from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.concept import translated
from app.events import queries
from app.events.models import Event
from app.events.translated import phrases_of
from app.events.views.events import bp
from app.local_time import BERLIN
from app.publishing.voice import Voice
from app.web.access import public
from app.web.filters import paragraphs
from app.web.language import PREFIXES


@bp.get(f"/<int:event_id>/uebersetzung/<any({', '.join(PREFIXES)}):language>")
@public
def show_translation(event_id: int, language: str) -> ResponseReturnValue:
    event = queries.get_whole_event(event_id)
    translations = translated.languages_of_phrases(phrases_of(event)) if event else {}
    if event is None or not event.is_public or language not in translations:
        abort(404)
    with force_locale(language):
        voice = Voice(language, {}, translated.phrases(language))
    return render_template(
        "events/translation.html",
        event=event,
        voice=voice,
        said=[voice.phrase(each) for each in (event.motto, *paragraphs(event.summary), event.guiding_question) if each],
        facts={
            "time": [_when(event, language)],
            "place": [event.place, event.address],
            "access": [voice.phrase(event.accessibility)] if event.accessibility else [],
            "offers": [voice.phrase(each) for each in event.offers],
        },
        translations=translations,
        content_language=voice.language,
        content_direction=voice.direction,
    )


def _when(event: Event, language: str) -> str:
    begins, ends = (each.astimezone(BERLIN) for each in (event.starts_at, event.ends_at))
    day = format_date(begins, "full", locale=language)
    if event.is_all_day:
        return day
    clock = [format_time(each, "short", locale=language) for each in (begins, ends)]
    return f"{day}, {clock[0]} – {clock[1]}"

"""The words of an event in other languages, beside the German ones."""

from collections import Counter

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import translated
from app.concept.models import TRANSLATION_STATE_LABELS, TranslationState
from app.concept.views_desk.translations import LANGUAGE, phrases_page
from app.events import rules
from app.events.translated import phrases_of
from app.events.views_desk.events import bp, get_or_404
from app.web.access import requires
from app.web.language import PREFIXES, language_name


@bp.get("/<int:event_id>/uebersetzungen")
@requires(rules.can_edit_events)
def translations(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    phrases = phrases_of(event)
    counts = {language: Counter(_states(phrases, language)) for language in PREFIXES}
    return render_template(
        "events/desk/translations.html", event=event, counts=counts, states=_without_outdated(TRANSLATION_STATE_LABELS)
    )


@bp.route(f"/<int:event_id>/uebersetzungen/{LANGUAGE}", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def translate(event_id: int, language: str) -> ResponseReturnValue:
    event = get_or_404(event_id)
    return phrases_page(
        phrases_of(event),
        language,
        title=_("%(name)s: %(language)s", name=event.title, language=language_name(language)),
        lead=_("Verbindlich ist die deutsche Fassung. Ändern Sie einen deutschen Satz, fehlt er hier wieder."),
        back=url_for("events_desk.translations", event_id=event_id),
    )


def _states(phrases: list[str], language: str) -> list[TranslationState]:
    found = translated.phrases(language)
    return [found[each].state if each in found else TranslationState.MISSING for each in phrases]


def _without_outdated(labels: dict[TranslationState, object]) -> dict[TranslationState, object]:
    """Words are translated one by one: of those that changed the translation is missing."""
    return {state: label for state, label in labels.items() if state is not TranslationState.OUTDATED}

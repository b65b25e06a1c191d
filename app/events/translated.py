"""What there is to translate of an event: its words, paragraph by paragraph."""

from app.concept.models import LONGEST_PHRASE
from app.events.models import Event
from app.web.filters import paragraphs


def phrases_of(event: Event) -> list[str]:
    """What there is to translate, each once; a paragraph longer than a page has room for stays German."""
    found = [
        event.title,
        event.motto,
        *paragraphs(event.summary),
        event.guiding_question,
        event.accessibility,
        *event.offers,
    ]
    return [phrase for phrase in dict.fromkeys(found) if phrase and len(phrase) <= LONGEST_PHRASE]

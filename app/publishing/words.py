"""The words around the content of a printed concept, in the language it is printed in.

They are translated like all words of the site. Where the site does not speak the language yet, the words that lie in
`labels/<code>.po` step in, so that a concept can be printed before there are such pages. What is in none of them stays
German and says so.
"""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from flask_babel import force_locale, get_locale
from flask_babel import lazy_gettext as _

from app.concept.blocks import Inline
from app.concept.models import DURATION_LABELS, EFFECT_LABELS, GOAL_KIND_LABELS, PRIORITY_LABELS, SECTION_KIND_LABELS
from app.concept.references import CHAPTER, MEASURE
from app.languages import SOURCE
from app.structures.models import KIND_LABELS

LABELS = {
    "contents": _("Inhalt"),
    "figures": _("Abbildungen"),
    "tables": _("Tabellen"),
    "figure": _("Abbildung"),
    "table": _("Tabelle"),
    "page": _("Seite"),
    "glossary": _("Glossar"),
    "easy": _("In Leichter Sprache"),
    "index": _("Register"),
    "imprint": _("Impressum"),
    "edition": _("Fassung %(number)s vom %(date)s"),
    "working": _("Arbeitsfassung: Das ist in Arbeit und noch nicht beschlossen."),
    "draft": _("Entwurf %(number)s vom %(date)s, noch nicht beschlossen"),
    "example": _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele."),
    "binding": _("Verbindlich ist die deutsche Fassung."),
    "machine": _("Teile dieser Übersetzung hat eine Maschine gemacht."),
    "in_german": _("Was noch nicht übersetzt ist, steht auf Deutsch."),
    "fields": _("Handlungsfelder"),
    "cross_cutting": _("Querschnittsthemen"),
    "overall": _("Oberziel"),
    "sub": _("Unterziel"),
    "measure": _("Maßnahme"),
    "responsible": _("Verantwortlich"),
    "partners": _("Mit dabei"),
    "when": _("Zeitraum"),
    "for_whom": _("Für"),
    "target": _("Woran wir es messen"),
    "money": _("Geld"),
    "no_measure": _("Dazu gibt es noch keine Maßnahme."),
    "more_measures": _("Weitere Maßnahmen"),
    "ideas": _("Ideen für Städte und Gemeinden"),
    "ideas_note": _("Wer mag, greift sie auf; verbindlich sind sie nicht."),
    "practice": _("Beispiele aus dem Landkreis"),
    "taken_up": _("übernommen"),
    "steps": _("Die Schritte der Beteiligung"),
    "step": _("Schritt"),
    "number": _("Nr."),
    "time": _("Wann"),
    "who": _("Wer"),
    "structures": _("Strukturen und Gremien am %(day)s"),
    "name": _("Name"),
    "kind": _("Art"),
    "founded": _("Besteht seit"),
    "lead": _("Leitung"),
    "indicators": _("Kennzahlen"),
    "indicator": _("Kennzahl"),
    "value": _("Wert"),
    "as_of": _("Stand"),
    "source": _("Quelle"),
    "chart": _("Balkendiagramm: %(title)s. %(values)s."),
    "tasks": _("Die nächsten Schritte"),
    "task": _("Aufgabe"),
    "since": _("seit %(start)s"),
    "from": _("ab %(start)s"),
    "until": _("bis %(end)s"),
    "period": _("%(start)s bis %(end)s"),
    "unknown": _("noch offen"),
    "publisher": _("Herausgegeben von"),
    "standing": _("Was die Gremien sagten"),
    "checksum": _("Prüfsumme (SHA-256)"),
    "address": _("Adresse der Fassung"),
    "concept": _("Konzept"),
    "short": _("Das Wichtigste auf einen Blick"),
    "focus": _("Schwerpunkte"),
    "extract": _("Auszug"),
    "and_more": _("und weitere %(count)s Maßnahmen"),
    "and_one_more": _("und eine weitere Maßnahme"),
    "nothing": _("Dazu steht in dieser Fassung nichts."),
    "all": _("Alle Themen und Kapitel"),
    "whole_pdf": _("Das ganze Konzept als PDF"),
    "read_german": _("Auf Deutsch lesen"),
    "chapters": _("Kapitel"),
    "place": _("Ort"),
    "access": _("Zugang zum Haus"),
    "offers": _("Was es gibt"),
    "register": _("Zur Anmeldung"),
    "seals": _("noch kein Beschluss"),
    "note": _("Hinweis"),
    "more": _("Dazu"),
}
FOLDER = Path(__file__).parent / "labels"
PLACEHOLDER = re.compile(r"%(?:\(\w+\)s)?")


def said(label: object) -> Inline:
    """The label in the language that is set now; German, and marked as such, where nobody translated it."""
    words, language = str(label), str(get_locale() or SOURCE)
    if language == SOURCE:
        return Inline(text=words)
    with force_locale(SOURCE):
        german = str(label)
    if words != german:
        return Inline(text=words)
    shipped = _shipped(language).get(german)
    return Inline(text=shipped) if shipped else Inline(text=german, language=SOURCE)


def labels() -> dict[str, Inline]:
    return {name: said(label) for name, label in LABELS.items()}


def messages() -> frozenset[str]:
    """All that a file holds, in German: the labels, and the names of kinds and states that stand in a document."""
    names = (SECTION_KIND_LABELS, GOAL_KIND_LABELS, DURATION_LABELS, PRIORITY_LABELS, EFFECT_LABELS, KIND_LABELS)
    said = [*LABELS.values(), CHAPTER, MEASURE, *(label for group in names for label in group.values())]
    with force_locale(SOURCE):
        return frozenset(map(str, said))


@cache
def _shipped(language: str) -> dict[str, str]:
    """What can be said of a file: no gaps, nothing a translator doubts, nothing whose placeholders are others."""
    file = FOLDER / f"{language}.po"
    if not file.is_file():
        return {}
    with file.open("rb") as content:
        found = read_po(content, locale=language)
    return {str(each.id): str(each.string) for each in found if each.id and _is_sound(each)}


def _is_sound(message: Message) -> bool:
    german, words = str(message.id), str(message.string or "")
    return bool(words) and not message.fuzzy and _placeholders(words) == _placeholders(german)


def _placeholders(words: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(words))

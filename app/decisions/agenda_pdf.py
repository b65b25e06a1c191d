"""What lies before a working group, to print for its meeting."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.decisions.agenda import Item
from app.proposals import languages
from app.structures.models import Organization
from app.typesetting import compile_pdf


def agenda_pdf(organization: Organization, items: Sequence[Item], *, at: datetime) -> bytes:
    """One point after the other: the wording, whose words, what is like it, and lines to write on."""
    data = {
        "title": _("Vor %(name)s liegen", name=organization.name),
        "sender": current_app.config["COUNTY"],
        "lead": ngettext("Ein Punkt, Stand %(day)s", "%(num)s Punkte, Stand %(day)s", len(items), day=_day(at)),
        "page": _("Seite"),
        "labels": {
            "question": _("Frage"),
            "voices": _("Gesagt wurde"),
            "goals": _("Ähnlich im Konzept"),
            "recommendation": _("Empfehlung"),
            "reason": _("Begründung"),
        },
        "items": [_item(item) for item in items],
    }
    return compile_pdf("decisions/agenda.typ", data, at=at)


def _item(item: Item) -> dict[str, object]:
    referral = item.referral
    facts = [ngettext("eine Stimme", "%(num)s Stimmen", len(item.voices))]
    if item.supports:
        facts.append(ngettext("eine Person unterstützt das", "%(num)s Personen unterstützen das", item.supports))
    if item.points:
        facts.append(ngettext("ein Punkt am Tisch", "%(num)s Punkte am Tisch", item.points))
    if referral.due_on:
        facts.append(_("bis %(day)s", day=_day(referral.due_on)))
    return {
        "wording": item.wording,
        "question": referral.question,
        "facts": " · ".join(facts),
        "voices": [
            {
                "quote": voice.quote,
                "language": voice.language,
                "direction": languages.direction_of(voice.language),
                "translation": f"{voice.translation} ({voice.proposal.translation_note})" if voice.translation else "",
                "reference": voice.proposal.reference,
            }
            for voice in item.voices
        ],
        "goals": [f"{goal.code}: {goal.text.current.content}" for goal in item.goals],
    }


def _day(at: datetime | object) -> str:
    return str(format_date(at, "long"))

"""The steps of a thread in words, as templates/components/thread.html shows them."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.concept import comparison
from app.concept.models import ChangeKind, Effect, Goal, Measure
from app.concept.models.editions import EFFECT_LABELS
from app.council.models import OUTCOME_LABELS as RESOLUTION_LABELS
from app.drafting.models import OUTCOME_LABELS as OUTCOMES_OF_SUGGESTIONS
from app.drafting.models import Suggestion
from app.monitoring.models import PROGRESS_LABELS, Progress
from app.process_date import ProcessDate, Shape
from app.proposals import languages
from app.proposals.models import (
    APPEAL,
    APPEAL_UNCHANGED,
    CHANNEL_LABELS,
    OBJECTION_OUTCOME_LABELS,
    OUTCOME_LABELS,
    Decision,
    EndingKind,
    Proposal,
    ProposalState,
)
from app.proposals.results import shown
from app.proposals.thread import (
    Answered,
    Became,
    Blackened,
    Condensed,
    Decided,
    Drawn,
    Ended,
    Moderated,
    Objected,
    Planned,
    Progressed,
    Recommended,
    Referred,
    Resolved,
    Said,
    Step,
    Suggested,
    Thread,
    Worded,
)
from app.proposals.thread.segments import segments
from app.web.filters import short_day

Entry = dict[str, Any]

TONES = {
    Progress.NOT_PLANNED: "neutral",
    Progress.PLANNED: "neutral",
    Progress.STARTED: "info",
    Progress.ADVANCED: "info",
    Progress.COMPLETED: "success",
}


def entries(thread: Thread) -> list[Entry]:
    """One entry for each step that has something to tell."""
    return [_dated(step, WORDS[type(step)](step)) for step in thread.steps]


def source_of(proposal: Proposal) -> list[str]:
    """Where a contribution comes from, never from whom: table or channel, language, place, organisation."""
    language = proposal.text.versions[0].language
    contributor = proposal.contributor
    parts = [_("Beispiel")] if proposal.is_example else []
    if proposal.table is not None:
        parts.append(_("Tisch %(number)s: %(title)s", number=proposal.table.number, title=proposal.table.title))
    else:
        parts.append(str(CHANNEL_LABELS[proposal.channel]))
    if proposal.points:
        parts.append(ngettext("ein Punkt am Tisch", "%(num)s Punkte am Tisch", proposal.points))
    if language != languages.SOURCE:
        name = languages.name_of(language, str(get_locale() or languages.SOURCE))
        parts.append(_("%(language)s, erkannt", language=name) if proposal.is_language_detected else name)
    if proposal.event is not None and proposal.event.place:
        parts.append(proposal.event.place)
    if proposal.organization is not None:
        parts.append(proposal.organization.name)
    elif contributor is not None and contributor.may_be_named and contributor.organization_name:
        parts.append(contributor.organization_name)
    return parts


def _dated(step: Step, entry: Entry) -> Entry:
    return {"date": str(step.on), "machine_date": machine_date(step.on), **entry}


def machine_date(on: ProcessDate) -> str | None:
    return on.notation if on.shape is Shape.POINT else None


def _said(step: Said) -> Entry:
    if step.is_hidden:
        return {
            "kind": "voice",
            "number": step.number,
            "text": _("Dieser Beitrag ist nicht mehr öffentlich."),
            "source": [],
        }
    language = step.version.language
    translation = step.proposal.translation
    return {
        "kind": "voice",
        "number": step.number,
        "text": step.version.content,
        "lang": language,
        "dir": languages.direction_of(language),
        "translation": translation.current.content if translation else None,
        "translation_note": step.proposal.translation_note,
        "source": source_of(step.proposal),
        "url": url_for("proposals.show", reference=step.proposal.reference),
    }


def _moderated(step: Moderated) -> Entry:
    names = _names(step.numbers)
    titles = {
        ProposalState.RELEASED: _("%(voices)s: geprüft und veröffentlicht", voices=names),
        ProposalState.WITHHELD: _("%(voices)s: nicht veröffentlicht", voices=names),
        ProposalState.WITHDRAWN: _("%(voices)s: zurückgezogen", voices=names),
    }
    return {"kind": "note", "title": titles[step.state], "text": step.reason, "note": _by(step.role)}


def _blackened(step: Blackened) -> Entry:
    title = _("Stimme %(number)s: eine Stelle ist geschwärzt", number=step.number)
    return {"kind": "note", "title": title, "text": step.reason, "note": _by(step.role)}


def _condensed(step: Condensed) -> Entry:
    section = step.condensation.section
    title = _("Daraus wird eine gemeinsame Formulierung")
    if step.before is not None:
        is_same = step.before.content == step.version.content
        title = _("Gleicher Wortlaut aus anderen Stellen") if is_same else _("Neu gefasst")
    elif step.is_part:
        title = _("Ein Teil davon")
    return {
        "kind": "condensation",
        "title": title,
        "segments": segments(step.version.content, step.passages),
        "notes": _quotes(step.passages),
        "note": _("Moderation, Thema %(section)s", section=section.title) if section else _("Moderation"),
    }


def _quotes(passages: Sequence[Drawn]) -> list[dict[str, object]]:
    """Word for word what came from each voice, by its number."""
    return [
        {
            "number": passage.number,
            "text": _("nicht mehr öffentlich") if passage.is_hidden else f"„{passage.quote}“",
            "url": f"#stimme-{passage.number}",
        }
        for passage in sorted(passages, key=lambda each: each.number)
    ]


def _ended(step: Ended) -> Entry:
    ending = step.ending
    wording = ending.condensation.text.current.content
    if ending.kind is EndingKind.SPLIT:
        title = _("Aufgeteilt in %(count)s Formulierungen: „%(wording)s“", count=step.parts, wording=wording)
    else:
        title = _("Aufgelöst: „%(wording)s“", wording=wording)
    return {"kind": "note", "title": title, "text": ending.reason, "note": _by(ending.role)}


def _objected(step: Objected) -> Entry:
    objection = step.objection
    is_quoted = objection.may_be_quoted and objection.proposal.is_released
    return {
        "kind": "note",
        "title": _("Stimme %(number)s widerspricht: „Das habe ich so nicht gemeint.“", number=step.number),
        "text": objection.words.current.content if is_quoted else "",
        "note": _("Es geht um: „%(wording)s“", wording=objection.version.content),
    }


def _answered(step: Answered) -> Entry:
    objection = step.objection
    assert objection.outcome is not None, "only answered ones are steps"
    assert objection.answer is not None, "only answered ones are steps"
    label = OBJECTION_OUTCOME_LABELS[objection.outcome]
    return {
        "kind": "answer",
        "title": _("Antwort auf den Einspruch von Stimme %(number)s: %(outcome)s", number=step.number, outcome=label),
        "text": objection.answer.current.content,
        "note": _("Moderation"),
    }


def _referred(step: Referred) -> Entry:
    referral = step.referral
    by = _("Empfehlung bis %(day)s", day=short_day(referral.due_on)) if referral.due_on and referral.is_open else ""
    title = _("Zur Empfehlung an: %(name)s", name=referral.organization.name)
    return {"kind": "note", "title": title, "text": referral.question, "note": by}


def _recommended(step: Recommended) -> Entry:
    recommendation = step.recommendation
    name, outcome = recommendation.referral.organization.name, OUTCOME_LABELS[recommendation.outcome]
    wording = recommendation.wording
    return {
        "kind": "note",
        "title": _("%(name)s empfiehlt: %(outcome)s", name=name, outcome=outcome),
        "text": recommendation.reason.current.content,
        "note": _("Vorgeschlagener Wortlaut: %(wording)s", wording=wording.current.content) if wording else "",
    }


def _decided(step: Decided) -> Entry:
    decision = step.decision
    outcome = OUTCOME_LABELS[decision.outcome]
    body = decision.organization.name if decision.organization else _("Amt für Migration und Integration")
    parts = [body, _forwarded(decision)]
    if decision.objection_reply is not None:
        parts.append(_("Zum Widerspruch: %(reason)s", reason=decision.objection_reply.reason.current.content))
    return {
        "kind": "answer",
        "title": _("Berichtigte Entscheidung: %(outcome)s", outcome=outcome)
        if step.corrects
        else _("Entscheidung: %(outcome)s", outcome=outcome),
        "text": decision.answer.current.content,
        "note": "; ".join(str(part) for part in parts if part),
        "joins": decision.passage is not None,
        "notes": _decided_about(step),
    }


def _forwarded(decision: Decision) -> str:
    """To whom, and when where that is known."""
    if not decision.forwarded_to:
        return ""
    if decision.forwarding is None:
        return str(_("weitergeleitet an: %(receiver)s", receiver=decision.forwarded_to))
    day = short_day(decision.forwarding.forwarded_on)
    return str(_("am %(day)s weitergeleitet an: %(receiver)s", day=day, receiver=decision.forwarded_to))


def _decided_about(step: Decided) -> list[dict[str, object]]:
    """The passage a direct decision is about; a condensation names its own."""
    passage = step.decision.passage
    if passage is None or not step.numbers:
        return []
    number = step.numbers[0]
    text = _("nicht mehr öffentlich") if step.is_hidden else f"„{passage.quote}“"
    return [{"number": number, "text": text, "url": f"#stimme-{number}"}]


def _suggested(step: Suggested) -> Entry:
    suggestion, disposition = step.suggestion, step.disposition
    outcome = OUTCOMES_OF_SUGGESTIONS[disposition.outcome]
    said = suggestion.words or _("Streichen: %(quote)s", quote=suggestion.quote)
    return {
        "kind": "note",
        "title": _("Anregung, %(outcome)s: „%(words)s“", outcome=outcome, words=said),
        "text": disposition.reason.current.content,
        "note": _suggested_by(suggestion),
        "url": url_for("suggestions.show_hearing", number=suggestion.hearing.number) if suggestion.hearing else None,
    }


def _suggested_by(suggestion: Suggestion) -> str:
    """A body by its name, the office as such, of a person nothing."""
    if suggestion.is_office:
        return str(_("Empfehlung der Verwaltung"))
    return suggestion.organization.name if suggestion.organization else ""


def _worded(step: Worded) -> Entry:
    edition = step.edition.title if step.edition else _("Arbeitsfassung, noch nicht beschlossen")
    if step.is_past:
        edition = _("Arbeitsfassung, inzwischen neu gefasst")
    url = url_for("editions.show", slug=step.edition.slug) if step.edition else None
    if step.is_unchanged:
        return {"kind": "note", "title": _("Gleicher Wortlaut: %(edition)s", edition=edition), "text": "", "url": url}
    before = step.before.content if step.before else step.version.content
    return {
        "kind": "wording",
        "title": _holder(step),
        "parts": comparison.words(before, step.version.content),
        "edition": edition,
        "note": step.reason,
        "notes": _quotes(step.passages),
        "url": url,
    }


def _holder(step: Worded) -> str:
    holder, words = step.holder, shown(step.holder).name
    if step.number and isinstance(holder, Goal | Measure):
        words = f"{words.removesuffix(holder.code)}{step.number} ({holder.code})"
    return str(_("Beispiel: %(what)s", what=words)) if step.holder.is_example else words


def _became(step: Became) -> Entry:
    page = shown(step.holder).page
    titles = {
        ChangeKind.SPLIT: _("%(code)s ist aufgeteilt", code=step.holder.code),
        ChangeKind.MERGED: _("%(code)s ist mit anderen zusammengeführt", code=step.holder.code),
    }
    return {
        "kind": "note",
        "title": titles[step.change.kind],
        "text": step.change.reason,
        "links": [(_("Weiter bei %(code)s", code=code), url_for(page, code=code)) for code in step.codes],
    }


def _resolved(step: Resolved) -> Entry:
    adoption = step.adoption
    paper = adoption.resolution.consultation.paper
    effect = str(EFFECT_LABELS[adoption.effect])
    outcome = str(RESOLUTION_LABELS[adoption.resolution.outcome])
    return {
        "kind": "resolution",
        "body": adoption.organization.name,
        "result": effect if effect == outcome or adoption.effect is Effect.REJECTED else f"{outcome}, {effect}",
        "effect": adoption.effect.value,
        "paper": _("Vorlage %(number)s", number=paper.number) if paper.number else _("Vorlage"),
        "url": url_for("papers.show", paper_id=paper.id),
    }


def _planned(step: Planned) -> Entry:
    count = len(step.measures)
    return {
        "kind": "progress",
        "title": ngettext("Eine Maßnahme dazu", "%(num)s Maßnahmen dazu", count),
        "links": [
            (f"{measure.code}: {version.content}", url_for("threads.measure", code=measure.code))
            for measure, version in step.measures
        ],
    }


def _progressed(step: Progressed) -> Entry:
    note = step.note
    return {
        "kind": "progress",
        "title": _("Maßnahme %(code)s", code=step.measure.code),
        "text": note.text.current.content if note.text else "",
        "status": PROGRESS_LABELS[note.progress],
        "tone": TONES[note.progress],
        "note": note.organization.name if note.organization else "",
        "url": url_for("threads.measure", code=step.measure.code),
    }


def _names(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return str(_("Stimme %(number)s", number=numbers[0]))
    first = ", ".join(str(number) for number in numbers[:-1])
    return str(_("Stimmen %(first)s und %(last)s", first=first, last=numbers[-1]))


def _by(role: str) -> str:
    roles = {
        "moderator": _("Moderation"),
        "organiser": _("Organisation"),
        "author": _("von der Person, die ihn eingebracht hat"),
        "organisation": _("von der Organisation, die ihn eingebracht hat"),
        "scribe": _("am Tisch"),
        APPEAL: _("eine zweite Person, nach einer Beschwerde"),
        APPEAL_UNCHANGED: _("nach einer Beschwerde noch einmal geprüft, von einer zweiten Person"),
    }
    return str(roles.get(role, ""))


WORDS: dict[type[Step], Callable[[Any], Entry]] = {
    Said: _said,
    Moderated: _moderated,
    Blackened: _blackened,
    Condensed: _condensed,
    Ended: _ended,
    Objected: _objected,
    Answered: _answered,
    Referred: _referred,
    Recommended: _recommended,
    Decided: _decided,
    Suggested: _suggested,
    Worded: _worded,
    Became: _became,
    Resolved: _resolved,
    Planned: _planned,
    Progressed: _progressed,
}

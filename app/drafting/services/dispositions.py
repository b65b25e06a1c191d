"""What becomes of suggestions: taken into the text, in part, or not, each with its public reason."""

from collections.abc import Collection
from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import NotInWorkingEdition
from app.concept.services import reword_subject
from app.concept.services.working import LANGUAGE, lock_working
from app.concept.subjects import find_subject
from app.db import db, lock, now, transactional
from app.drafting.errors import NotLookedAt, StillTheSame
from app.drafting.models import Disposition, DispositionOutcome, Suggestion
from app.drafting.services.news import tell
from app.errors import ReasonMissing
from app.texts import services as texts
from app.texts.models import LinkKind, Text, TextVersion
from app.texts.queries import links_into
from app.texts.services import Span


@transactional
def dispose(
    suggestions: Collection[Suggestion],
    *,
    outcome: DispositionOutcome,
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> None:
    """The same answer to all of them. "Eingearbeitet" says that the text as it stands now took them in.

    Raises ReasonMissing, NotLookedAt, StillTheSame; then none of them is answered.
    """
    written = _reason(reason)
    lock_working()
    settled = []
    for each in sorted(suggestions, key=lambda suggestion: suggestion.id):
        took_in = None if outcome is DispositionOutcome.NOT_ADOPTED else _moved_on(each)
        settled.append(_settle(each, outcome, written, took_in, by=by, at=at))
    tell(settled)


@transactional
def incorporate(
    suggestion: Suggestion,
    *,
    wording: str,
    outcome: DispositionOutcome,
    reason: str,
    by: Account | None,
    expected_version_id: int,
    at: datetime | None = None,
) -> TextVersion:
    """Write the next wording of the text, and note that it took the suggestion in, wholly or partly.

    Raises WordingChanged when somebody wrote meanwhile, StillTheSame when nothing is different, NotInWorkingEdition,
    ReasonMissing, NotLookedAt, and what writing that text raises.
    """
    written = _reason(reason)
    subject = find_subject(suggestion.version.text_id)
    if subject is None:
        raise NotInWorkingEdition
    version = reword_subject(subject, wording, reason=reason, by=by, expected_version_id=expected_version_id, at=at)
    if version.id == expected_version_id:
        raise StillTheSame
    tell([_settle(suggestion, outcome, written, version, by=by, at=at)])
    return version


def _settle(
    suggestion: Suggestion,
    outcome: DispositionOutcome,
    reason: Text,
    took_in: TextVersion | None,
    *,
    by: Account | None,
    at: datetime | None,
) -> Suggestion:
    suggestion = lock(suggestion)
    if not suggestion.is_released:
        raise NotLookedAt
    made = Disposition(
        suggestion=suggestion,
        outcome=outcome,
        reason=reason,
        version=took_in,
        made_at=at or now(),
        made_by_id=by.id if by else None,
    )
    db.session.add(made)
    if took_in is not None:
        _lead_to(suggestion, took_in)
    log.record("drafting.dispose", made, by=by)
    return suggestion


def _lead_to(suggestion: Suggestion, version: TextVersion) -> None:
    """The thread: from the words somebody suggested, or the reason to drop some, to the wording that took them in."""
    source = (suggestion.wording or suggestion.reason).current
    found = version.content.find(source.content)
    end = Span.whole(version) if found < 0 else Span(version, found, found + len(source.content))
    known = {each.source_id for each in links_into([version.id])}
    if source.id not in known:
        texts.link(LinkKind.SUGGESTED, Span.whole(source), end)


def _moved_on(suggestion: Suggestion) -> TextVersion | None:
    """The present wording, none for what is gone; raises StillTheSame for the one the suggestion was made to."""
    subject = find_subject(suggestion.version.text_id)
    if subject is None:
        return None
    current = db.session.get_one(Text, subject.text_id).current
    if current.id == suggestion.version_id:
        raise StillTheSame
    return current


def _reason(reason: str) -> Text:
    if not reason.strip():
        raise ReasonMissing
    return texts.write(reason, language=LANGUAGE).text

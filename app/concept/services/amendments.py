"""Facts of measures in the working edition: who, when, for whom, which figure; why they changed."""

from collections.abc import Mapping
from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import ChangedMeanwhile, NotInWorkingEdition
from app.concept.facts import MeasureFacts, said_of, stand_of_facts
from app.concept.models import CatalogueAmendment, ChangeKind, Measure
from app.concept.services.working import lock_working, record_change
from app.db import db, lock, transactional


@transactional
def amend_measure(
    measure: Measure,
    facts: MeasureFacts,
    *,
    reason: str,
    by: Account | None,
    expected_stand: str | None = None,
    at: datetime | None = None,
) -> None:
    """Give the measure these facts; what each was before is kept with the reason. The same facts change nothing.

    Raises ChangedMeanwhile when they are not what `expected_stand` says any more, NotInWorkingEdition, ReasonMissing.
    """
    lock_working()
    measure = lock(measure)
    db.session.expire(measure, ["life_situations", "target_groups", "placement"])
    if measure.placement is None:
        raise NotInWorkingEdition
    if expected_stand is not None and stand_of_facts(measure) != expected_stand:
        raise ChangedMeanwhile
    before = said_of(measure)
    facts.give_to(measure)
    record_amendment(ChangeKind.AMENDED, measure, before, said_of(measure), reason=reason, by=by, at=at)


def record_amendment(
    kind: ChangeKind,
    measure: Measure,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> None:
    """Append why, and what each fact was before; nothing where nothing is different."""
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    change = record_change(kind, measure, reason=reason, by=by, at=at)
    change.amendments = [CatalogueAmendment(field=name, before=before[name], after=after[name]) for name in changed]
    log.record("concept.amend_measure", measure, by=by, fields=changed)

"""Where editions stand, derived from what the bodies made of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from app.concept.models import Effect, Standing
from app.process_date import ProcessDate


class Cut(NamedTuple):
    """An edition, as far as its standing hangs on it."""

    edition_id: int
    cut_at: datetime
    corrects: int | None = None  # the edition it was cut from to correct a typing error


class Act(NamedTuple):
    """What a body decided on an edition in one consultation."""

    edition_id: int
    consultation_id: int
    resolution_id: int
    effect: Effect
    decided: ProcessDate


def in_force(cuts: Sequence[Cut], acts: Iterable[Act]) -> int | None:
    """The edition with the latest final adoption; of two on one day the one that was cut later."""
    order = _order(cuts)
    final = [act for act in _of_corrections(cuts, _valid(acts)) if act.effect is Effect.FINAL]
    last = max(final, key=lambda act: (act.decided, order[act.edition_id]), default=None)
    return last.edition_id if last else None


def standings(cuts: Sequence[Cut], acts: Iterable[Act]) -> dict[int, Standing]:
    """The standing of every edition.

    An edition that was adopted, or is waiting, is superseded as soon as one that was cut later is in force. A
    correction takes over whatever the bodies decided on the edition it corrects, also later, and supersedes it.
    """
    acts = list(acts)
    valid, holding = _of_corrections(cuts, _valid(acts)), in_force(cuts, acts)
    order = _order(cuts)
    corrected = {cut.corrects for cut in cuts}
    effects = {cut.edition_id: [act.effect for act in valid if act.edition_id == cut.edition_id] for cut in cuts}
    return {
        edition_id: _standing(
            effects[edition_id],
            holds=edition_id == holding,
            is_overtaken=edition_id in corrected or (holding is not None and place < order[holding]),
        )
        for edition_id, place in order.items()
    }


def _order(cuts: Sequence[Cut]) -> dict[int, tuple[object, ...]]:
    """When an edition was cut; a correction stands right after the one it corrects, before all that was cut later."""
    by_id = {cut.edition_id: cut for cut in cuts}

    def place(cut: Cut) -> tuple[object, ...]:
        if cut.corrects is None:
            return cut.cut_at, cut.edition_id
        return *place(by_id[cut.corrects]), cut.edition_id

    return {cut.edition_id: place(cut) for cut in cuts}


def _of_corrections(cuts: Sequence[Cut], acts: Iterable[Act]) -> list[Act]:
    """The acts, and each once more for every correction of its edition."""
    found = list(acts)
    for cut in sorted(cuts, key=lambda each: each.edition_id):
        found += [act._replace(edition_id=cut.edition_id) for act in found if act.edition_id == cut.corrects]
    return sorted(found, key=lambda act: act.resolution_id)


def _valid(acts: Iterable[Act]) -> list[Act]:
    """A correction is a new resolution of the same consultation: only the last one counts."""
    last: dict[int, Act] = {}
    for act in sorted(acts, key=lambda act: act.resolution_id):
        last[act.consultation_id] = act
    return list(last.values())


def _standing(effects: Sequence[Effect], *, holds: bool, is_overtaken: bool) -> Standing:
    if holds:
        return Standing.ADOPTED
    if Effect.FINAL in effects:
        return Standing.SUPERSEDED
    if effects and effects[-1] is Effect.REJECTED:
        return Standing.REJECTED
    if is_overtaken:
        return Standing.SUPERSEDED
    return Standing.PROVISIONAL if Effect.PROVISIONAL in effects else Standing.SUBMITTED

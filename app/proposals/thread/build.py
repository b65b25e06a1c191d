"""From rows to steps: pure, so that every rule of the thread can be read and tested without a page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.concept import catalogue as catalogues
from app.concept.catalogue import Catalogue, CatalogueGoal, CatalogueMeasure
from app.concept.models import CatalogueChange, Descent, Edition, Goal, GoodPractice, Measure, MunicipalIdea
from app.drafting.models import Suggestion
from app.monitoring.models import ProgressNote
from app.process_date import ProcessDate
from app.proposals.models import Condensation, Decision, Objection, Proposal, ProposalState, Referral, Release, Result
from app.proposals.standing import worded_at
from app.proposals.thread.steps import (
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
    day_step,
)
from app.texts.models import LinkKind, TextVersion, ThreadLink


@dataclass(frozen=True)
class EditionRow:
    edition: Edition
    catalogue: Catalogue

    @property
    def on(self) -> ProcessDate:
        return self.catalogue.dated or day_step(self.edition.cut_at)


@dataclass(frozen=True)
class Rows:
    """What a thread is built from; `serving` are measures that serve its goals."""

    links: Sequence[ThreadLink] = ()
    proposals: Sequence[Proposal] = ()
    condensations: Sequence[Condensation] = ()
    referrals: Sequence[Referral] = ()
    decisions: Sequence[Decision] = ()
    goals: Sequence[Goal] = ()
    measures: Sequence[Measure] = ()
    ideas: Sequence[MunicipalIdea] = ()
    practice: Sequence[GoodPractice] = ()
    serving: Sequence[Measure] = ()
    editions: Sequence[EditionRow] = ()
    changes: Sequence[CatalogueChange] = ()
    descents: Sequence[Descent] = ()
    suggestions: Sequence[Suggestion] = ()
    notes: Sequence[ProgressNote] = ()
    numbers: dict[int, int] = field(default_factory=dict)  # voice by text

    def voices_behind(self, text_id: int) -> list[int]:
        """The numbers of the voices that flowed into a text, or its own."""
        direct = [self.numbers[text_id]] if text_id in self.numbers else []
        sources = {link.source.text_id for link in self.links if link.target.text_id == text_id}
        return sorted({*direct, *(self.numbers[source] for source in sources if source in self.numbers)})


def build(rows: Rows, *, only_since_acceptance: bool = False) -> Thread:
    """The thread of these rows, oldest first.

    `only_since_acceptance`: wordings of a goal from the one that took a voice up, not those before it.
    """
    rows.numbers.update({proposal.text_id: number for number, proposal in enumerate(rows.proposals, 1)})
    steps: list[Step] = [
        *_said(rows),
        *_moderated(rows),
        *_blackened(rows),
        *_ended(rows),
        *_condensed(rows),
        *_objected(rows),
        *_referred(rows),
        *_decided(rows),
    ]
    steps += _suggested(rows)
    worded = list(_worded(rows, only_since_acceptance=only_since_acceptance))
    steps += [*worded, *_became(rows), *_resolved(worded), *_planned(rows, worded), *_progressed(rows)]
    return Thread(steps=tuple(sorted(steps, key=_order)))


def _order(step: Step) -> tuple[date, int, float]:
    return step.on.first_day, step.rank, step.place


def _said(rows: Rows) -> Iterator[Said]:
    for proposal in rows.proposals:
        yield Said(
            on=ProcessDate.on(proposal.received_on),
            number=rows.numbers[proposal.text_id],
            proposal=proposal,
            version=proposal.text.versions[0],
        )


def _moderated(rows: Rows) -> Iterator[Moderated]:
    """What happened on one day with the same result is one step."""
    together: dict[tuple[ProcessDate, ProposalState, str, str], list[int]] = defaultdict(list)
    for proposal in rows.proposals:
        taken_back = {release.undoes_id for release in proposal.releases}
        for release in proposal.releases:
            if release.undoes_id is not None or release.id in taken_back:
                continue
            together[_moderation(release)].append(rows.numbers[proposal.text_id])
    for (on, state, reason, role), numbers in together.items():
        yield Moderated(on=on, state=state, reason=reason, role=role, numbers=tuple(numbers))


def _blackened(rows: Rows) -> Iterator[Blackened]:
    """What was covered for the same reason on one day is one step."""
    for proposal in rows.proposals:
        told = set()
        for redaction in proposal.text.versions[0].standing_redactions:
            step = Blackened(
                on=day_step(redaction.created_at),
                reason=redaction.reason,
                role=redaction.role,
                number=rows.numbers[proposal.text_id],
            )
            if step not in told:
                told.add(step)
                yield step


def _moderation(release: Release) -> tuple[ProcessDate, ProposalState, str, str]:
    return day_step(release.made_at), release.state, release.reason, release.role


def _condensed(rows: Rows) -> Iterator[Condensed]:
    parts = {link.target_id for link in rows.links if link.kind is LinkKind.DERIVED}
    for condensation in rows.condensations:
        before = None
        for version in condensation.text.versions:
            at = worded_at(condensation, version)
            yield Condensed(
                on=day_step(at),
                at=at,
                condensation=condensation,
                version=version,
                before=before,
                passages=_drawn(rows, version),
                is_part=version.id in parts,
            )
            before = version


def _ended(rows: Rows) -> Iterator[Ended]:
    """Before what took its place: both happened at the same moment."""
    for condensation in rows.condensations:
        if condensation.ending is not None:
            versions = {version.id for version in condensation.text.versions}
            parts = {
                link.target.text_id
                for link in rows.links
                if link.kind is LinkKind.DERIVED and link.source_id in versions
            }
            yield Ended(on=day_step(condensation.ending.made_at), ending=condensation.ending, parts=len(parts))


def _objected(rows: Rows) -> Iterator[Objected | Answered]:
    for condensation in rows.condensations:
        for objection in condensation.objections:
            number = _number(rows, objection)
            yield Objected(on=day_step(objection.made_at), objection=objection, number=number)
            if objection.answered_at is not None:
                yield Answered(on=day_step(objection.answered_at), objection=objection, number=number)


def _number(rows: Rows, objection: Objection) -> int:
    """Which voice it was: its words flowed into the condensation, so it is on the thread."""
    return rows.numbers[objection.proposal.text_id]


def _drawn(rows: Rows, version: TextVersion) -> tuple[Drawn, ...]:
    """The passages of voices that lead to this version, in the order of its words."""
    hidden = {proposal.text_id for proposal in rows.proposals if not proposal.is_released}
    passages = [
        Drawn(
            number=rows.numbers[link.source.text_id],
            quote=link.source.quote(link.source_start, link.source_end),
            language=link.source.language,
            start=link.target_start,
            end=link.target_end,
            is_hidden=link.source.text_id in hidden,
        )
        for link in rows.links
        if link.target_id == version.id and link.source.text_id in rows.numbers
    ]
    return tuple(sorted(passages, key=lambda passage: (passage.start, -passage.end, passage.number)))


def _referred(rows: Rows) -> Iterator[Referred | Recommended]:
    """What lay before a group; what it recommended only where a decision is released."""
    decided = {decision.text_id for decision in rows.decisions}
    for referral in rows.referrals:
        text_id = referral.subject.text_id
        numbers = tuple(rows.voices_behind(text_id))
        yield Referred(on=ProcessDate.on(referral.referred_on), referral=referral, numbers=numbers)
        if text_id in decided:
            for each in referral.recommendations:
                yield Recommended(on=each.recommended, recommendation=each, numbers=numbers)


def _decided(rows: Rows) -> Iterator[Decided]:
    hidden = {proposal.text_id for proposal in rows.proposals if not proposal.is_released}
    answered: set[tuple[int | None, int | None]] = set()
    for decision in sorted(rows.decisions, key=lambda each: each.id):
        subject = (decision.condensation_id, decision.passage_id)
        numbers = tuple(rows.voices_behind(decision.text_id))
        is_hidden = decision.text_id in hidden
        yield Decided(
            on=decision.decided,
            decision=decision,
            numbers=numbers,
            is_hidden=is_hidden,
            corrects=subject in answered,
        )
        answered.add(subject)


def _suggested(rows: Rows) -> Iterator[Suggested]:
    """On the day of the answer that holds."""
    for suggestion in rows.suggestions:
        disposition = suggestion.disposition
        if disposition is not None:
            yield Suggested(on=day_step(disposition.made_at), suggestion=suggestion, disposition=disposition)


def _worded(rows: Rows, *, only_since_acceptance: bool) -> Iterator[Worded]:
    reasons = {change.version_id: change.reason for change in rows.changes if change.version_id}
    led_to = {link.target_id for link in rows.links}
    holders: list[Result] = [*rows.goals, *rows.measures, *rows.ideas, *rows.practice]
    for holder in holders:
        versions = holder.text.versions
        first = min((each.number for each in versions if each.id in led_to), default=1) if only_since_acceptance else 1
        for step in _wordings(rows, holder, led_to):
            if step.version.number < first:
                continue
            if step.is_unchanged:
                yield step
                continue
            reason = reasons.get(step.version.id, "")
            yield replace(step, reason=reason, passages=_drawn(rows, step.version))


def _wordings(rows: Rows, holder: Result, led_to: set[int]) -> Iterator[Worded]:
    """How it stands in each edition, and in the working one where that differs from the last.

    Also a wording that took a voice up and never got into an edition: the voice's words lead there.
    """
    versions = {version.digest: version for version in holder.text.versions}
    before: TextVersion | None = None
    shown: set[int] = set()
    for row in rows.editions:
        entry = _entry(row.catalogue, holder)
        if entry is not None:
            version = versions[entry.digest]
            number = entry.number if isinstance(entry, CatalogueGoal | CatalogueMeasure) else ""
            yield Worded(on=row.on, holder=holder, version=version, before=before, edition=row.edition, number=number)
            shown.add(version.id)
            before = version
    current = holder.text.current
    if _stands(holder) and (before is None or before.id != current.id):
        on = day_step(current.created_at)
        yield Worded(on=on, holder=holder, version=current, before=before, edition=None, number="")
        shown.add(current.id)
    for version in holder.text.versions:
        if version.id in led_to - shown:
            on = day_step(version.created_at)
            yield Worded(on=on, holder=holder, version=version, before=None, edition=None, number="", is_past=True)


def _entry(catalogue: Catalogue, holder: Result) -> catalogues.Worded | None:
    """How an edition holds it: goals and measures by their code, what has none by the digest of its wording."""
    if isinstance(holder, Goal | Measure):
        return catalogue.goal(holder.code) or catalogue.measure(holder.code)
    digests = {version.digest for version in holder.text.versions}
    entries = (each for section in catalogue.sections for each in (*section.ideas, *section.good_practice))
    return next((each for each in entries if each.digest in digests), None)


def _stands(holder: Result) -> bool:
    """In the working edition."""
    return holder.placement is not None if isinstance(holder, Goal | Measure) else holder.dropped_at is None


def _became(rows: Rows) -> Iterator[Became]:
    """What took the place of a goal or measure; each part has a change of the same kind, and names its wording."""
    holders: list[Goal | Measure] = [*rows.goals, *rows.measures]
    for holder in holders:
        code = holder.code
        for change in rows.changes:
            if change.version_id is None and (change.goal or change.measure) is holder:
                codes = tuple(each.code for each in rows.descents if each.follows == code and each.kind is change.kind)
                if codes:
                    yield Became(on=day_step(change.made_at), holder=holder, change=change, codes=codes)


def _resolved(worded: Sequence[Worded]) -> Iterator[Resolved]:
    editions = {step.edition.id: step.edition for step in worded if step.edition}
    for edition in editions.values():
        last = {adoption.resolution.consultation_id: adoption for adoption in edition.adoptions}
        for adoption in last.values():  # a correction is a later one of the same consultation
            yield Resolved(on=adoption.decided or day_step(adoption.recorded_at), adoption=adoption)


def _planned(rows: Rows, worded: Sequence[Worded]) -> Iterator[Planned]:
    """The measures that serve the goals, where they first stand beside them; those of one edition together."""
    goal_codes = {goal.code for goal in rows.goals}
    editions = {step.edition.id for step in worded if step.edition}
    left = {measure.code: measure for measure in rows.serving}
    for row in rows.editions:
        if row.edition.id not in editions:
            continue
        here = [each for each in row.catalogue.measures if not goal_codes.isdisjoint(each.goals) and each.code in left]
        if here:
            yield Planned(on=row.on, measures=tuple(_as_it_was(left.pop(each.code), each.digest) for each in here))
    pending = tuple((measure, measure.text.current) for measure in left.values() if measure.placement is not None)
    if pending:
        yield Planned(on=day_step(max(measure.created_at for measure, _ in pending)), measures=pending)


def _as_it_was(measure: Measure, digest: str) -> tuple[Measure, TextVersion]:
    return measure, next(version for version in measure.text.versions if version.digest == digest)


def _progressed(rows: Rows) -> Iterator[Progressed]:
    measures = {measure.id: measure for measure in (*rows.measures, *rows.serving)}
    for note in rows.notes:
        yield Progressed(on=note.noted, measure=measures[note.measure_id], note=note)

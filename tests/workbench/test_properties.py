"""Whatever is condensed, split, dissolved, reworded, decided, objected to, withdrawn or blackened: no word gets lost.

`Scene` keeps beside the database what was said, which passages were drawn into which words, and what happened to the
condensations; `lost` compares that with the threads as they are built from the rows and as their pages show them.
Broken on purpose it fails: where the thread leaves out condensations that ended (`load._condensations`), where its page
or the goal's hides past wordings, where `split` does not check that every passage goes somewhere, where dissolving
would delete links (the database refuses).
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import hypothesis
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import select

from app.concept.models import Goal
from app.concept.services import PracticeFacts
from app.db import db
from app.decisions.services import decisions
from app.decisions.services.acceptance import NewGoal, NewIdea, NewPractice, NewWording
from app.errors import DomainError
from app.moderation.services import moderation
from app.proposals import queries as contributions
from app.proposals import thread
from app.proposals.entries import entries
from app.proposals.models import DecisionOutcome, ProposalState
from app.proposals.services import intake
from app.texts import queries as texts_queries
from app.texts import sentences
from app.texts import services as texts
from app.texts.models import LinkKind, ThreadLink
from app.texts.services import BLACKENED, Span
from app.workbench.errors import PassagesLeft
from app.workbench.services import condensation as condensing
from app.workbench.services import endings, objections
from app.workbench.services.condensation import Source
from app.workbench.services.endings import Part
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import MunicipalityFactory

ORIGINALS = (
    ("Kurse nur am Vormittag! Bitte abends. Und samstags 😀.", "de"),
    ("Could it be online? I work in shifts.", "en"),
    ("Чи можна з дитиною? Я прийшла б у суботу.", "uk"),
    ("أريد دورة مسائية. مع رعاية الأطفال؟", "ar"),
)
WORDINGS = ("Kurse abends und online, mit Betreuung {}", "Kurse am Abend {}", "Mehr Kurse für alle {}")


@dataclass(frozen=True)
class Drawn:
    """A passage and the words it became, both as they stood when it was drawn."""

    source_id: int
    source_start: int
    source_end: int
    target_id: int
    words: str


@dataclass
class Scene:
    section: object = field(default_factory=working_section)
    town: object = field(default_factory=MunicipalityFactory)
    organiser: object = field(default_factory=AccountFactory)
    editor: object = field(default_factory=AccountFactory)
    proposals: list = field(default_factory=list)
    condensations: list = field(default_factory=list)
    results: dict = field(default_factory=dict)  # what condensations became, with these
    said: dict[int, str] = field(default_factory=dict)  # by version: what must be read there
    drawn: set[Drawn] = field(default_factory=set)
    direct: list = field(default_factory=list)  # decisions on a passage

    def act(self, name, *numbers):
        try:
            getattr(self, name)(*numbers)
        except DomainError:
            db.session.expire_all()

    def submit(self, which, _b, _c):
        content, language = ORIGINALS[which % len(ORIGINALS)]
        proposal = ProposalFactory(content=content, language=language)
        self.proposals.append(proposal)
        self.said[proposal.text.current.id] = content

    def condense(self, first, second, which):
        wording = WORDINGS[which % len(WORDINGS)].format(len(self.condensations))
        sources = self._sources(wording, first, second)
        condensation = condensing.condense(wording=wording, sources=sources, section=self.section, by=None)
        self._keep(condensation, sources)

    def reword(self, which, first, second):
        condensation = self._condensation(which)
        wording = WORDINGS[first % len(WORDINGS)].format(second)
        sources = self._sources(wording, first, second)
        version = condensing.reword_condensation(condensation, wording=wording, sources=sources, by=None)
        self._remember(version, sources)

    def split(self, which, forgotten, _c):
        condensation = self._condensation(which)
        passages = [
            Span(link.source, link.source_start, link.source_end) for link in contributions.sources_of(condensation)
        ]
        public = [each for each in passages if contributions.with_texts([each.version.text_id])[0].is_released]
        number = len(self.condensations)
        chosen = [public[::2], public[1::2] or public[:1]]
        if forgotten % 3 == 0:
            chosen[0] = chosen[0][1:] or chosen[1]
        parts = [
            Part(f"Teil {number}.{place}", [Source(each) for each in each_part])
            for place, each_part in enumerate(chosen)
        ]
        given = {(each.version.id, each.start, each.end) for part in chosen for each in part}
        is_whole = {(each.version.id, each.start, each.end) for each in public} <= given
        try:
            made = endings.split(condensation, parts=parts, reason="Zwei Anliegen.", by=None)
        except PassagesLeft:
            assert not is_whole
            raise
        assert is_whole
        for part, each in zip(parts, made, strict=True):
            self._keep(each, part.sources)

    def dissolve(self, which, _b, _c):
        endings.dissolve(self._condensation(which), reason="Nicht dasselbe.", by=None)

    def decide(self, which, _b, _c):
        decision = decisions.decide(
            self._condensation(which), outcome=DecisionOutcome.DEFERRED, answer="Später.", by=self.organiser
        )
        decisions.release_decision(decision, by=self.editor)

    def accept(self, which, b, is_released):
        condensation = self._condensation(which)
        into = self._into(b)
        decision = decisions.accept(condensation, into=into, answer="Ja.", by=self.organiser)
        self.results.setdefault(decision.result, []).append(condensation)
        if is_released % 3:
            decisions.release_decision(decision, by=self.editor)

    def accept_passage(self, which, where, b):
        passage = self._passage(which, where)
        decision = decisions.accept(passage, into=self._into(b), answer="Ja.", by=self.organiser)
        decisions.release_decision(decision, by=self.editor)
        self.direct.append(decision)

    def object(self, which, b, c):
        condensation = self._condensation(which)
        objections.object_to(
            condensation,
            version_id=condensation.text.current.id,
            proposal=self._proposal(b),
            words="So nicht gemeint.",
            may_be_quoted=bool(c % 2),
        )

    def answer(self, which, _b, _c):
        found = [each for each in self._condensation(which).objections if each.is_open]
        if found:
            objections.answer_objection(found[0], answer="Danke.", by=None)

    def withdraw(self, which, _b, _c):
        intake.withdraw(self._proposal(which))

    def withhold(self, which, _b, _c):
        moderation.withhold([self._proposal(which)], reason="Nennt eine Person.", by=None)

    def release(self, which, _b, _c):
        moderation.release([self._proposal(which)], by=None)

    def redact(self, which, where, _c):
        span = self._passage(which, where)
        texts.redact(
            Span(span.version, span.start, min(span.start + 3, span.end)), role="moderator", reason="x", by=None
        )
        before = self.said[span.version.id]
        end = min(span.start + 3, span.end)
        self.said[span.version.id] = before[: span.start] + BLACKENED * (end - span.start) + before[end:]

    def _into(self, number):
        known = [each for each in self.results if isinstance(each, Goal)]
        if known and number % 2:
            return NewWording(known[number % len(known)], f"Ein Ziel, neu {number} {len(self.direct)}")
        words = f"Etwas Neues {number} {len(self.results)} {len(self.direct)}"
        if number % 3 == 1:
            return NewIdea(self.section, words)
        if number % 3 == 2:
            facts = PracticeFacts(section=self.section, municipality=self.town, title="Beispiel", wording=words)
            return NewPractice(facts)
        return NewGoal(self.section, words)

    def _proposal(self, number):
        return self.proposals[number % len(self.proposals)]

    def _condensation(self, number):
        if not self.condensations:
            raise DomainError
        return self.condensations[number % len(self.condensations)]

    def _passage(self, which, where):
        version = self._proposal(which).text.current
        found = sentences.split(version.content)
        sentence = found[where % len(found)]
        return Span(version, sentence.start + where % 3, sentence.end)

    def _sources(self, wording, first, second):
        words = re.findall(r"\w+", wording)
        passages = [self._passage(first, second), self._passage(second, first), self._passage(first + 1, first)]
        quotes = ["", words[first % len(words)], words[second % len(words)]]
        return [Source(*pair) for pair in zip(passages, quotes, strict=True)][: 1 + first % 3]

    def _keep(self, condensation, sources):
        self.condensations.append(condensation)
        self._remember(condensation.text.current, sources)

    def _remember(self, version, sources):
        self.drawn |= {
            Drawn(
                source.passage.version.id,
                source.passage.start,
                source.passage.end,
                version.id,
                source.wording_quote or version.content,
            )
            for source in sources
        }


def lost(scene):
    """What can no longer be found; nothing when all is well."""
    db.session.expire_all()
    return [*lost_links(scene), *lost_on_threads(scene), *lost_behind(scene)]


def lost_links(scene):
    """Every link that was made is stored, and its ends are the characters that were meant."""
    links = db.session.scalars(
        select(ThreadLink).where(ThreadLink.kind == LinkKind.CONDENSED, ThreadLink.source_id.in_(scene.said))
    ).all()
    stored = {
        Drawn(
            link.source_id,
            link.source_start,
            link.source_end,
            link.target_id,
            link.target.quote(link.target_start, link.target_end),
        )
        for link in links
    }
    return [("link", each) for each in stored ^ scene.drawn]


def lost_on_threads(scene):
    for proposal in scene.proposals:
        found = thread.of_proposal(proposal)
        version = proposal.text.current
        said = scene.said[version.id]
        shown = entries(found)
        [own] = [step for step in found.steps if isinstance(step, thread.Said) and step.proposal == proposal]
        if own.version.content != said:
            yield ("original", proposal.reference)
        voices = [entry["text"] for entry in shown if entry["kind"] == "voice"]
        if proposal.is_released:
            yield from [
                ("sentence", sentence.text)
                for sentence in sentences.split(said)
                if not any(sentence.text in voice for voice in voices)
            ]
        yield from lost_quotes(scene, proposal, found, own.number, shown)
        yield from lost_steps(scene, proposal, found)


def lost_quotes(scene, proposal, found, number, shown):
    version = proposal.text.current
    quotes = {
        (step.version.id, each.quote, step.version.content[each.start : each.end])
        for step in found.steps
        if isinstance(step, thread.Condensed)
        for each in step.passages
        if each.number == number
    }
    wordings = {step.version.id: step.version.content for step in found.steps if isinstance(step, thread.Condensed)}
    condensed = [entry for entry in shown if entry["kind"] == "condensation"]
    if Counter(map(wording_of, condensed)) != Counter(wordings.values()):
        yield ("wording on the page", proposal.reference)
    notes = {
        (wording_of(entry), note["text"]) for entry in condensed for note in entry["notes"] if note["number"] == number
    }
    for each in scene.drawn:
        if each.source_id == version.id:
            quote = scene.said[version.id][each.source_start : each.source_end]
            if (each.target_id, quote, each.words) not in quotes:
                yield ("quote", proposal.reference, each)
            if proposal.is_released and (wordings.get(each.target_id), f"„{quote}“") not in notes:
                yield ("quote on the page", proposal.reference, each)


def wording_of(entry):
    return "".join(segment.text for segment in entry["segments"])


def lost_steps(scene, proposal, found):
    """What was decided, objected and ended on what this contribution flowed into."""
    own = {each.target_id for each in scene.drawn if each.source_id == proposal.text.current.id}
    ended = {step.ending.condensation for step in found.steps if isinstance(step, thread.Ended)}
    decided = {step.decision for step in found.steps if isinstance(step, thread.Decided)}
    objected = {step.objection for step in found.steps if isinstance(step, thread.Objected)}
    answered = {step.objection for step in found.steps if isinstance(step, thread.Answered)}
    for condensation in scene.condensations:
        if own.isdisjoint(version.id for version in condensation.text.versions):
            continue
        if condensation.ending is not None and condensation not in ended:
            yield ("ending", condensation.id)
        yield from [
            ("decision", each.id) for each in condensation.decisions if each.is_released and each not in decided
        ]
        yield from [("objection", each.id) for each in condensation.objections if each not in objected]
        yield from [
            ("answer", each.id) for each in condensation.objections if not each.is_open and each not in answered
        ]
    for decision in scene.direct:
        if decision.passage.version_id != proposal.text.current.id:
            continue
        worded = [each.quote for step in found.steps if isinstance(step, thread.Worded) for each in step.passages]
        if decision not in decided or decision.passage.quote not in worded:
            yield ("direct", decision.id)


def lost_behind(scene):
    """From every condensation and what it became, going back finds the originals."""
    by_version = {proposal.text.current.id: proposal for proposal in scene.proposals}
    for condensation in scene.condensations:
        versions = {version.id for version in condensation.text.versions}
        origins = {by_version[each.source_id].text_id for each in scene.drawn if each.target_id in versions}
        if not origins <= texts_queries.texts_behind([condensation.text_id])[condensation.text_id]:
            yield ("behind", condensation.id)
    for result, subjects in scene.results.items():
        found = thread.of_result(result)
        reached = {voice.proposal for voice in found.voices}
        worded = {step.version.id for step in found.steps if isinstance(step, thread.Condensed)}
        for condensation in subjects:
            versions = {version.id for version in condensation.text.versions}
            if not {by_version[each.source_id] for each in scene.drawn if each.target_id in versions} <= reached:
                yield ("behind result", result)
            if not versions <= worded:
                yield ("wording behind result", result)


NAMES = (
    *("submit", "condense", "condense", "condense", "reword", "reword", "split", "split", "dissolve"),
    *("decide", "accept", "accept_passage", "object", "object", "answer", "withdraw", "withhold", "release", "redact"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)),
    min_size=8,
    max_size=30,
)


@hypothesis.settings(
    max_examples=hypothesis.settings.default.max_examples // 8,
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate],  # to shrink takes too long
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(STEPS)
def test_every_sentence_is_reachable_whatever_happens(app, steps):
    with app.test_request_context():
        scene = Scene()
        for number in (0, 1, 2):
            scene.act("submit", number, 0, 0)
        for name, *numbers in steps:
            scene.act(name, *numbers)

        assert lost(scene) == []


def test_the_scene_reaches_every_step(app):
    """So that the property is not kept by doing nothing."""
    with app.test_request_context():
        scene = Scene()
        for step in (
            *(("submit", 0, 0, 0), ("submit", 1, 0, 0), ("submit", 3, 0, 0)),
            *(("condense", 2, 1, 0), ("reword", 0, 1, 2), ("object", 0, 1, 1), ("split", 0, 1, 0), ("answer", 0, 0, 0)),
            *(("dissolve", 1, 0, 0), ("condense", 5, 3, 1), ("accept", 3, 0, 1), ("decide", 2, 0, 0)),
            *(("accept_passage", 2, 1, 4), ("redact", 1, 1, 0), ("withdraw", 0, 0, 0)),
        ):
            getattr(scene, step[0])(*step[1:])

        assert lost(scene) == []
        kinds = {type(step).__name__ for each in scene.proposals for step in thread.of_proposal(each).steps}
        assert {"Said", "Condensed", "Ended", "Objected", "Answered", "Decided", "Worded"} <= kinds
        assert scene.proposals[0].state is ProposalState.WITHDRAWN

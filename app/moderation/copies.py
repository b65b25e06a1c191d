"""Where else the words stand that were blackened in a contribution; people look there and decide."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.comments.models import Comment
from app.concept.models import Goal, GoodPractice, Measure, MunicipalIdea
from app.db import db
from app.drafting.models import Disposition, Suggestion
from app.moderation.passages import pattern_of, whole_hits
from app.moderation.services.redactions import kept_in, versions_of
from app.proposals.models import Condensation, Decision, Objection, ObjectionReply, Proposal, Recommendation, Referral
from app.texts.models import KeptPassage, Redaction, Text, TextVersion
from app.texts.queries import links_from

AROUND = 60  # characters shown on either side
SHORTEST = 3  # what is shorter stands everywhere

# Whose text it is, by the column that names it
OWNERS: tuple[tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], object], ...] = (
    (Condensation.text_id, _("Zusammenführung")),
    (Comment.text_id, _("Kommentar")),
    (Comment.translation_id, _("Übersetzung eines Kommentars")),
    (Objection.words_id, _("Einspruch")),
    (Objection.answer_id, _("Antwort auf einen Einspruch")),
    (ObjectionReply.reason_id, _("Antwort auf einen Einspruch")),
    (Recommendation.reason_id, _("Begründung einer Empfehlung")),
    (Recommendation.wording_id, _("vorgeschlagener Wortlaut")),
    (Decision.answer_id, _("Antwort")),
    (Suggestion.wording_id, _("Anregung zum Entwurf")),
    (Suggestion.reason_id, _("Grund einer Anregung")),
    (Disposition.reason_id, _("Antwort auf eine Anregung")),
    (Goal.text_id, _("Ziel")),
    (Measure.text_id, _("Maßnahme")),
    (MunicipalIdea.text_id, _("Idee für Gemeinden")),
    (GoodPractice.text_id, _("Praxisbeispiel")),
)


class Copy(NamedTuple):
    """One place: another contribution, the question to a working group, or any other text."""

    label: object
    excerpt: str
    proposal: Proposal | None = None
    referral: Referral | None = None
    text: Text | None = None


def copies_of(proposal: Proposal) -> Sequence[Copy]:
    """Where the same words stand in any case, and wordings that were drawn from the blackened passage.

    Only as long as the words are kept: afterwards nobody knows them any more.
    """
    words = words_of(proposal)
    patterns = [pattern_of(each, re.IGNORECASE) for each in words]
    if not patterns:
        return []
    own = {proposal.text_id, proposal.translation_id}
    found = {version.text_id: version for version in _saying(words, patterns) if version.text_id not in own}
    drawn = {version.text_id: version for version in _drawn_from(proposal)}
    versions = list((drawn | found).values())
    return [
        *_other_contributions(proposal, versions, words, patterns),
        *_questions(words, patterns),
        *_other_texts(versions, patterns),
    ]


def words_of(proposal: Proposal) -> Sequence[str]:
    kept = (redaction.kept for redaction in kept_in(proposal))
    return list(dict.fromkeys(each.words for each in kept if each and len(each.words.strip()) >= SHORTEST))


def says(words: str, copy: Copy) -> bool:
    contents = [version.content for version in copy.text.versions] if copy.text else [copy.excerpt]
    return any(whole_hits(pattern_of(words, re.IGNORECASE), content) for content in contents)


def blackened_elsewhere(proposal: Proposal) -> Sequence[Redaction]:
    """The same words where they were blackened in other texts, as long as that can be lifted."""
    words = {" ".join(each.lower().split()) for each in words_of(proposal)}
    own = {version.id for version in versions_of(proposal)}
    statement = select(Redaction).join(KeptPassage).where(KeptPassage.words != "", Redaction.version_id.not_in(own))
    loaded = statement.options(joinedload(Redaction.kept), joinedload(Redaction.version)).order_by(Redaction.id)
    found = db.session.scalars(loaded).all()
    return [each for each in found if each.kept and " ".join(each.kept.words.lower().split()) in words]


def _saying(words: Collection[str], patterns: Collection[re.Pattern[str]]) -> Iterator[TextVersion]:
    content = func.lower(TextVersion.content)
    wanted = or_(*(content.contains(_longest_word(each), autoescape=True) for each in words))
    for version in db.session.scalars(select(TextVersion).where(wanted).order_by(TextVersion.id)):
        if _says(patterns, version.content):
            yield version


def _drawn_from(proposal: Proposal) -> Iterator[TextVersion]:
    """Wordings that took the passage up, until something in them is blackened, too."""
    kept = kept_in(proposal)
    for link in links_from({redaction.version_id for redaction in kept}):
        is_covered = any(
            each.version_id == link.source_id and link.source_start < each.stop and each.start < link.source_end
            for each in kept
        )
        if is_covered and not link.target.standing_redactions:
            yield link.target


def _other_contributions(
    proposal: Proposal,
    versions: Collection[TextVersion],
    words: Collection[str],
    patterns: Collection[re.Pattern[str]],
) -> Iterator[Copy]:
    text_ids = {version.text_id: version for version in versions}
    title = func.lower(Proposal.title)
    named = or_(
        Proposal.text_id.in_(text_ids),
        Proposal.translation_id.in_(text_ids),
        *(title.contains(_longest_word(each), autoescape=True) for each in words),
    )
    statement = select(Proposal).where(named, Proposal.id != proposal.id).order_by(Proposal.id)
    for other in db.session.scalars(statement):
        version = text_ids.get(other.text_id) or text_ids.get(other.translation_id or 0)
        content = version.content if version else other.title
        if version or _says(patterns, content):
            yield Copy(_("Beitrag %(reference)s", reference=other.reference), _excerpt(patterns, content), other)


def _questions(words: Collection[str], patterns: Collection[re.Pattern[str]]) -> Iterator[Copy]:
    question = func.lower(Referral.question)
    asked = or_(*(question.contains(_longest_word(each), autoescape=True) for each in words))
    for referral in db.session.scalars(select(Referral).where(asked).order_by(Referral.id)):
        if _says(patterns, referral.question):
            yield Copy(_("Frage an einen Arbeitskreis"), _excerpt(patterns, referral.question), referral=referral)


def _other_texts(versions: Collection[TextVersion], patterns: Collection[re.Pattern[str]]) -> Iterator[Copy]:
    text_ids = {version.text_id for version in versions}
    of_proposals = select(Proposal.text_id, Proposal.translation_id).where(
        or_(Proposal.text_id.in_(text_ids), Proposal.translation_id.in_(text_ids))
    )
    left = text_ids.difference(*([set(), *map(set, db.session.execute(of_proposals).all())]))
    labels: dict[int, object] = {}
    for column, label in OWNERS:
        for text_id in db.session.scalars(select(column).where(column.in_(left))):
            labels[text_id or 0] = label
    texts = {
        text.id: text
        for text in db.session.scalars(select(Text).where(Text.id.in_(left)).options(selectinload(Text.versions)))
    }
    for version in versions:
        if version.text_id in left:
            label = labels.get(version.text_id, _("anderer Text"))
            yield Copy(label, _excerpt(patterns, version.content), text=texts[version.text_id])


def _says(patterns: Collection[re.Pattern[str]], content: str) -> bool:
    return any(whole_hits(pattern, content) for pattern in patterns)


def _excerpt(patterns: Collection[re.Pattern[str]], content: str) -> str:
    """The words with some around them, or how the text begins."""
    start, stop = min((hit for pattern in patterns for hit in whole_hits(pattern, content)), default=(0, AROUND))
    before, after = max(start - AROUND, 0), stop + AROUND
    return f"{'… ' if before else ''}{content[before:after].strip()}{' …' if after < len(content) else ''}"


def _longest_word(passage: str) -> str:
    return max(passage.lower().split(), key=len)

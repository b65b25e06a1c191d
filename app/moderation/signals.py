"""What makes a contribution worth a look before others: hints for people, ranked. None decides anything by itself."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.moderation.models import WatchWord
from app.moderation.naming import hints_in
from app.proposals.models import Channel, Proposal
from app.texts.models import TextVersion

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
WORD = re.compile(r"\w+")
MANY_LINKS = 2
MOST_NAMED = 5
MANY_BEFORE = 5  # from the same network within the hour before
AT_ONCE = timedelta(minutes=1)
MANY_AT_ONCE = 5  # over the website within a minute before and after


class Signal(NamedTuple):
    """The heavier, the earlier it should be read."""

    weight: int
    sentence: str


class Seen(NamedTuple):
    """What signals are computed from."""

    id: int
    content: str
    german: str
    channel: Channel
    received_at: datetime
    is_proven: bool | None
    sent_before: int


def of(proposals: Collection[Proposal]) -> dict[int, list[Signal]]:
    """By contribution, the heaviest first; three queries however many there are."""
    ids = [proposal.id for proposal in proposals]
    return _signals(_seen(select(Proposal).where(Proposal.id.in_(ids))))


def ranked(statement: Select[Proposal]) -> Sequence[int]:
    """The ids of these contributions, those with the heaviest signals first, then who waits longest."""
    seen = _seen(statement)
    found = _signals(seen)
    weights = {each.id: -sum(signal.weight for signal in found[each.id]) for each in seen}
    return [each.id for each in sorted(seen, key=lambda each: (weights[each.id], each.received_at, each.id))]


def _signals(seen: Sequence[Seen]) -> dict[int, list[Signal]]:
    words = set(db.session.scalars(select(WatchWord.word)))
    at_once = _at_once(seen)
    return {each.id: sorted(_of_one(each, words, at_once.get(each.id, 0)), reverse=True) for each in seen}


def _of_one(each: Seen, watched: Collection[str], at_once: int) -> list[Signal]:
    content = f"{each.content}\n{each.german}"
    lowered = content.casefold()
    said = set(WORD.findall(lowered))
    hits = sorted(word for word in watched if (word in said if WORD.fullmatch(word) else word in lowered))
    links = len(LINK.findall(each.content))
    signals = []
    if hits:
        signals.append(Signal(5, _("Enthält, worauf Sie achten wollen: %(words)s.", words=", ".join(hits))))
    named = list(dict.fromkeys([*hints_in(each.content), *hints_in(each.german)]))
    if named:
        words = ", ".join(_("„%(words)s“", words=word) for word in named[:MOST_NAMED])
        signals.append(Signal(2, _("Nennt vielleicht eine Person: %(words)s.", words=words)))
    if each.sent_before >= MANY_BEFORE:
        signals.append(
            Signal(3, _("Aus demselben Netz kamen in der Stunde davor %(num)s Beiträge.", num=each.sent_before))
        )
    if at_once > MANY_AT_ONCE:
        signals.append(Signal(2, _("Um diese Minute kamen %(num)s Beiträge über die Website.", num=at_once)))
    if links >= MANY_LINKS:
        signals.append(Signal(2, ngettext("Enthält einen Link.", "Enthält %(num)s Links.", links)))
    if each.is_proven is False:
        signals.append(Signal(1, _("Kam ohne den Nachweis gegen Roboter, etwa aus einem Browser ohne JavaScript.")))
    return signals


def _at_once(seen: Sequence[Seen]) -> dict[int, int]:
    """How many contributions came over the website around the minute of each."""
    web = [each for each in seen if each.channel is Channel.WEB]
    if not web:
        return {}
    first = min(each.received_at for each in web) - AT_ONCE
    last = max(each.received_at for each in web) + AT_ONCE
    came = (Proposal.channel == Channel.WEB) & Proposal.received_at.between(first, last)
    counted = select(Proposal.received_at, func.count()).where(came).group_by(Proposal.received_at)
    moments = sorted((at, number) for at, number in db.session.execute(counted))
    counts, low, high, within = {}, 0, 0, 0
    for each in sorted(web, key=lambda one: one.received_at):
        while high < len(moments) and moments[high][0] <= each.received_at + AT_ONCE:
            within += moments[high][1]
            high += 1
        while moments[low][0] < each.received_at - AT_ONCE:
            within -= moments[low][1]
            low += 1
        counts[each.id] = within
    return counts


def _seen(statement: Select[Proposal]) -> Sequence[Seen]:
    original, german = aliased(TextVersion), aliased(TextVersion)
    newest = (
        select(func.max(german.number))
        .where(german.text_id == Proposal.translation_id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    rows = (
        statement.join(original, (original.text_id == Proposal.text_id) & (original.number == 1))
        .outerjoin(german, (german.text_id == Proposal.translation_id) & (german.number == newest))
        .with_only_columns(
            Proposal.id,
            original.content,
            func.coalesce(german.content, ""),
            Proposal.channel,
            Proposal.received_at,
            Proposal.is_proven,
            Proposal.sent_before,
        )
    )
    return [Seen(*row) for row in db.session.execute(rows)]

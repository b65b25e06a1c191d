"""A wording cut into the words that came from a voice and those that did not."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.proposals.thread.steps import Drawn


class Segment(NamedTuple):
    text: str
    source: int | None = None  # the number of the voice


def segments(content: str, passages: Sequence[Drawn]) -> list[Segment]:
    """Together the texts give `content`. Where passages overlap, the shorter one says whose words these are.

    A voice that would not show then is named behind its last word, by a segment without text.
    """
    cuts = sorted({0, len(content), *(p.start for p in passages), *(p.end for p in passages)})
    chosen = [
        min(
            (p for p in passages if p.start <= start and end <= p.end),
            key=lambda p: (p.end - p.start, p.number),
            default=None,
        )
        for start, end in pairwise(cuts)
    ]
    shown = {id(p) for p in chosen if p}
    result: list[Segment] = []
    for (start, end), passage in zip(pairwise(cuts), chosen, strict=True):
        text, source = content[start:end], passage.number if passage else None
        if result and result[-1].source == source and result[-1].text:
            result[-1] = Segment(result[-1].text + text, source)
        else:
            result.append(Segment(text, source))
        late = sorted({p.number for p in passages if p.end == end and id(p) not in shown} - {source})
        result += [Segment("", number) for number in late]
    return result

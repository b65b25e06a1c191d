"""Chapters made from rows: the steps of the process, structures, figures with their charts, next steps."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.concept.blocks import Bar, Block, BlockKind, Blocks, Inline, InlineKind, Words, words
from app.concept.surroundings import HeldIndicator, Surroundings
from app.languages import SOURCE
from app.publishing.voice import Voice
from app.structures.models import KIND_LABELS


def table(
    voice: Voice, heads: Sequence[str], rows: Iterable[Sequence[Words]], *, widths: Sequence[float], caption: Words = ()
) -> Block:
    """`heads` are names of labels."""
    return Block(
        BlockKind.TABLE,
        heads=tuple((voice.label(name),) for name in heads),
        rows=tuple(tuple(row) for row in rows),
        widths=tuple(widths),
        caption=caption,
    )


def process(around: Surroundings, voice: Voice) -> Blocks:
    rows = [
        (
            words(str(step.number)),
            _with_note(voice.phrase(step.title), voice.phrase(step.note)),
            (voice.when(step.held),),
            (voice.phrase(step.organization),),
        )
        for step in around.steps
    ]
    return _one(voice, ("number", "step", "time", "who"), rows, (0.5, 4, 2, 2), (voice.label("steps"),))


def structures(around: Surroundings, voice: Voice) -> Blocks:
    rows = [
        (
            (voice.phrase(each.name),),
            (voice.say(KIND_LABELS[each.kind]),),
            (voice.when(each.founded),),
            joined([voice.phrase(name) for name in each.leads]),
        )
        for each in around.structures
    ]
    caption = (voice.label("structures", day=voice.when(around.structures_of).text),)
    return _one(voice, ("name", "kind", "founded", "lead"), rows, (3, 1.6, 1.6, 2.4), caption)


def tasks(around: Surroundings, voice: Voice) -> Blocks:
    rows = [
        (
            (voice.phrase(task.title),),
            (voice.when(task.due) if task.due else voice.label("unknown"),),
            (voice.phrase(task.responsible) if task.responsible else voice.label("unknown"),),
        )
        for task in around.tasks
    ]
    return _one(voice, ("task", "time", "who"), rows, (4, 1.6, 2), (voice.label("tasks"),))


def indicators(around: Surroundings, voice: Voice) -> Blocks:
    """Figures of one title and unit become a chart and its table, those that stand alone one table together."""
    groups = [
        list(group)
        for _key, group in groupby(sorted(around.indicators, key=_series), key=_series)  # stable: rows keep their order
    ]
    order = {each.slug: place for place, each in enumerate(around.indicators)}
    groups.sort(key=lambda group: order[group[0].slug])
    alone = [group[0] for group in groups if len(group) == 1]
    many = [block for group in groups if len(group) > 1 for block in _chart(group, voice)]
    return (*indicator_table(alone, voice), *many)


def indicator_table(rows: Sequence[HeldIndicator], voice: Voice) -> Blocks:
    """One table; none without rows."""
    lines = [
        (
            (voice.phrase(each.title), *words(f" ({each.municipality})" if each.municipality else "")),
            _value(each, voice),
            (voice.when(each.as_of),),
            _source(each, voice),
        )
        for each in rows
    ]
    heads = ("indicator", "value", "as_of", "source")
    return _one(voice, heads, lines, (3, 1.8, 1.8, 3), (voice.label("indicators"),))


def joined(names: Sequence[Inline]) -> Words:
    return tuple(each for name in names for each in (Inline(text=", "), name))[1:]


def _series(indicator: HeldIndicator) -> tuple[str, str]:
    return indicator.title, indicator.unit


def _chart(group: Sequence[HeldIndicator], voice: Voice) -> Blocks:
    """Bars by municipality where there are several, else by time; the table holds the same values."""
    title, unit = voice.phrase(group[0].title), voice.phrase(group[0].unit)
    by_place = len({each.municipality for each in group}) > 1
    days = [voice.when(each.as_of).text for each in group]
    names = [each.municipality or day if by_place else day for each, day in zip(group, days, strict=True)]
    bars = tuple(
        Bar(name, float(each.value), voice.number(each.value)) for name, each in zip(names, group, strict=True)
    )
    values = "; ".join(f"{bar.name}: {bar.shown}" for bar in bars)
    chart = Block(
        BlockKind.CHART,
        bars=bars,
        caption=(title, Inline(text=" ("), unit, Inline(text=")")),
        alt=voice.label("chart", title=title.text, values=values).text,
        note=(voice.label("source"), Inline(text=": "), *_source(group[0], voice)),
    )
    lines = zip(names, group, strict=True)
    if not by_place:
        rows = [(words(name), _value(each, voice)) for name, each in lines]
        return chart, table(voice, ("as_of", "value"), rows, widths=(3, 4), caption=(title,))
    placed = [(words(name), _value(each, voice), (voice.when(each.as_of),)) for name, each in lines]
    return chart, table(voice, ("name", "value", "as_of"), placed, widths=(3, 2, 2), caption=(title,))


def _value(indicator: HeldIndicator, voice: Voice) -> Words:
    return (Inline(text=f"{voice.number(indicator.value)} "), voice.phrase(indicator.unit))


def _source(indicator: HeldIndicator, voice: Voice) -> Words:
    return words(indicator.source, "" if voice.is_source else SOURCE)


def _with_note(title: Inline, note: Inline) -> Words:
    return (title, Inline(InlineKind.BREAK), note) if note.text else (title,)


def _one(
    voice: Voice, heads: Sequence[str], rows: Sequence[Sequence[Words]], widths: Sequence[float], caption: Words
) -> Blocks:
    return (table(voice, heads, rows, widths=widths, caption=caption),) if rows else ()

"""The words that stayed, went and came. Both methods of comparing use them: a change here needs a method of its own."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
PARAGRAPH = re.compile(r".+?(?:\n\n+|\Z)", re.DOTALL)
LONGEST = 4000  # characters: longer paragraphs are shown old and new


class RunKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """Words that are the same, new or gone."""

    kind: RunKind
    text: str


def words(old: str, new: str) -> tuple[Run, ...]:
    """The words that stayed, went and came, in reading order; without those that came it is the old text."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    runs: list[Run] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(RunKind.SAME, "".join(before[i1:i2])))
        else:
            runs.append(Run(RunKind.REMOVED, "".join(before[i1:i2])))
            runs.append(Run(RunKind.ADDED, "".join(after[j1:j2])))
    return tuple(_joined([run for run in runs if run.text]))


def words_by_paragraph(old: str, new: str) -> tuple[Run, ...]:
    """The same for long texts: only paragraphs that are not alike are compared word by word."""
    before, after = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    runs: list[Run] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(RunKind.SAME, "".join(before[i1:i2])))
        else:
            for gone, come in zip_longest(before[i1:i2], after[j1:j2], fillvalue=""):
                runs += _of_paragraph(gone, come)
    return tuple(run for run in runs if run.text)


def _of_paragraph(old: str, new: str) -> tuple[Run, ...]:
    if max(len(old), len(new)) > LONGEST:
        return Run(RunKind.REMOVED, old), Run(RunKind.ADDED, new)
    return words(old, new)


def _joined(runs: list[Run]) -> list[Run]:
    """Changes with only a blank between them read as one."""
    result: list[Run] = []
    gone, come = "", ""
    for place, run in enumerate(runs):
        is_gap = run.kind is RunKind.SAME and run.text.isspace() and 0 < place < len(runs) - 1
        if run.kind is RunKind.SAME and not is_gap:
            result += [Run(RunKind.REMOVED, gone), Run(RunKind.ADDED, come), run]
            gone, come = "", ""
        else:
            gone += "" if run.kind is RunKind.ADDED else run.text
            come += "" if run.kind is RunKind.REMOVED else run.text
    result += [Run(RunKind.REMOVED, gone), Run(RunKind.ADDED, come)]
    return [run for run in result if run.text]

"""What the county's two papers say, as the scans are to be read: words wrongly recognised, columns run together.

The list of words is the one people read, data/konstanz/papers/OCR-CORRECTIONS.md; that of the layout lies beside
each scan.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = Path(__file__).parent / "seeds"
WORD = re.compile(r"^\| (\S+) \| (\S+) \| (\d+) \|$", re.MULTILINE)


def corrected(name: str) -> str:
    """The words of a scan in their order; every correction must be needed exactly as often as it says."""
    joined = re.sub(r"(\w)-\n(?=[a-zäöüß])", r"\1", (SEEDS / f"{name}.txt").read_text())
    text = " ".join(re.sub(r"-{3,}", " ", joined).split())
    if name == "integrationskonzept-2017":
        for scanned, right, times in sorted(_words(), key=lambda row: -len(row[0])):
            text, found = re.subn(rf"(?<![\w/]){re.escape(scanned)}(?!\w)", right, text)
            assert found == int(times), (scanned, found)
    for scanned, right in _layout(name):
        assert text.count(scanned) == 1, (scanned, text.count(scanned))
        text = text.replace(scanned, right)
    return text


def _words() -> list[tuple[str, str, str]]:
    return WORD.findall((ROOT / "data" / "konstanz" / "papers" / "OCR-CORRECTIONS.md").read_text())


def _layout(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (SEEDS / f"{name}.layout.tsv").read_text().splitlines()[1:]]

"""The fonts of the site as files a PDF can be set with.

Typst reads no WOFF2, and files of one family and weight shadow each other: every subset becomes a TTF with a family
name of its own, made once and kept in the instance folder.
"""

import json
import os
import re
from functools import cache
from pathlib import Path

from flask import current_app

FAMILIES = {
    "fira-sans-latin": "Fira Sans Latin",
    "fira-sans-latin-ext": "Fira Sans Latin Ext",
    "fira-sans-cyrillic": "Fira Sans Cyrillic",
    "vazirmatn-arabic": "Vazirmatn Arabic",
}
WEIGHTS = {400: "Regular", 600: "SemiBold"}
NAME = re.compile(rf"({'|'.join(FAMILIES)})-({'|'.join(map(str, WEIGHTS))})\.woff2")
FAMILY_IDS, STYLE_IDS, FULL_ID, POSTSCRIPT_ID = (1, 16), (2, 17), 4, 6


def font_folder() -> Path:
    """Where the fonts lie; makes those that are missing, or whose source has changed since."""
    vendor = Path(current_app.static_folder or "") / "vendor"
    folder = Path(current_app.instance_path) / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, str] = json.loads((vendor / "manifest.json").read_text())
    for name, hashed in manifest.items():
        match = NAME.fullmatch(name)
        target = folder / f"{Path(hashed).stem}.ttf"
        if match and not target.exists():
            for outdated in folder.glob(f"{Path(name).stem}.*.ttf"):
                outdated.unlink(missing_ok=True)
            _convert(vendor / hashed, target, FAMILIES[match[1]], WEIGHTS[int(match[2])])
    return folder


def letters() -> frozenset[str]:
    """The signs that our fonts have."""
    return _letters(tuple(sorted(font_folder().glob("*.ttf"))))


@cache
def _letters(files: tuple[Path, ...]) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    found: set[str] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            found |= {chr(code) for code in font.getBestCmap()}
    return frozenset(found)


def _convert(source: Path, target: Path, family: str, style: str) -> None:
    from fontTools.ttLib import TTFont

    names = {**dict.fromkeys(FAMILY_IDS, family), **dict.fromkeys(STYLE_IDS, style)}
    names |= {FULL_ID: f"{family} {style}", POSTSCRIPT_ID: f"{family.replace(' ', '')}-{style}"}
    unfinished = target.with_suffix(f".{os.getpid()}")
    with TTFont(source) as font:
        font.flavor = None
        for name_id, value in names.items():
            font["name"].setName(value, name_id, 3, 1, 0x409)
            font["name"].setName(value, name_id, 1, 0, 0)
        font.save(unfinished)
    unfinished.replace(target)  # whole or not at all, also when two ask at once

"""Translations made by a test, so that it does not hang on the real ones."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo


def write_catalogue(folder: Path, language: str, messages: Mapping[str, str]) -> dict[str, object]:
    """What an application needs to speak this language, too."""
    catalogue = Catalog(locale=language)
    for source, translation in messages.items():
        catalogue.add(source, translation)
    target = folder / language / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return {"BABEL_TRANSLATION_DIRECTORIES": str(folder)}

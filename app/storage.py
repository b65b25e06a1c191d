"""Files that people upload or the site makes, below TEILHABE_STORAGE_URL: each under the SHA-256 of its content.

What is kept once never changes, so a file is written whole or not at all, and the same content lies there once.
Rows of several features may name the same file: it goes with the last of them.
"""

import os
import re
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app
from sqlalchemy import exists, or_, select

from app.db import HOLDS_FILE_KEY, Model, db, is_rehearsal

KEY = re.compile(r"(?P<folder>[0-9a-f]{2})[0-9a-f]{62}\.[a-z0-9]{1,8}")


class FileMissing(Exception):
    """No file has this key."""


def keep(content: bytes, *, suffix: str) -> str:
    """Its key: checksum and suffix ("jpg"). Keeping the same content again changes nothing."""
    key = f"{sha256(content).hexdigest()}.{suffix.removeprefix('.').lower()}"
    path = _path(key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return key


def read(key: str) -> bytes:
    """Raise FileMissing for a key that is unknown, removed or none at all."""
    try:
        return _path(key).read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(key) from error


def file_of(key: str) -> Path:
    """Where it lies, for programs that open it themselves; raise FileMissing."""
    path = _path(key)
    if not path.exists():
        raise FileMissing(key)
    return path


def holds(key: str) -> bool:
    return KEY.fullmatch(key) is not None and _path(key).exists()


def remove_unnamed(keys: Collection[str]) -> None:
    """Nothing is left of those that no row of any feature names any more. A rehearsal removes nothing."""
    if is_rehearsal():
        return
    db.session.flush()
    for key in sorted(set(keys)):
        path = _path(key)
        if not _is_named(key):
            path.unlink(missing_ok=True)


def _is_named(key: str) -> bool:
    columns = [each for table in Model.metadata.tables.values() for each in table.c if HOLDS_FILE_KEY in each.info]
    return bool(db.session.scalar(select(or_(*(exists().where(column == key) for column in columns)))))


def _path(key: str) -> Path:
    """Only checksums lead to a file: whatever else somebody asks for is missing."""
    match = KEY.fullmatch(key)
    if match is None:
        raise FileMissing(key)
    return Path(current_app.config["STORAGE_PATH"]) / match["folder"] / key


def _write(path: Path, content: bytes) -> None:
    """Under another name first, so that nobody ever reads half a file, also not after the power was cut."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        try:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            os.replace(unfinished.name, path)  # noqa: PTH105 -- the open file, not a path of ours
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from app import storage
from app.calls.models import SheetState
from app.calls.services import sheets
from app.capture.services import photos
from app.db import HOLDS_FILE_KEY, Model, db, now, rehearsal
from app.events.models import EventPhoto
from app.events.services import withdraw_photo
from app.proposals.services import attachments
from tests.calls.factories import SheetFactory
from tests.capture.factories import FlipchartPhotoFactory
from tests.events.factories import EventFactory
from tests.proposals.factories import AttachmentFactory

CONTENT = b"ein Bild"
DIGEST = sha256(CONTENT).hexdigest()
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
ELSEWHERE = [
    "",
    "teilhabe.db",
    f"{DIGEST}",
    f"../{DIGEST}.jpg",
    f"{DIGEST}.jpg/../../../etc/passwd",
    "../../etc/passwd",
    "/etc/passwd",
    f"{DIGEST.upper()}.jpg",
    f"{DIGEST}.jpg\n",
    f"{DIGEST}.\x00jp",
]


@pytest.fixture
def folder(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "STORAGE_PATH", str(tmp_path / "files"))
    return tmp_path / "files"


def kept_files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_keep_stores_a_file_under_its_checksum(folder):
    key = storage.keep(CONTENT, suffix=".JPG")

    assert (key, storage.read(key)) == (f"{DIGEST}.jpg", CONTENT)
    assert kept_files(folder) == [f"{DIGEST[:2]}/{DIGEST}.jpg"]


def test_keep_stores_the_same_content_once(folder):
    assert storage.keep(CONTENT, suffix="jpg") == storage.keep(CONTENT, suffix="jpg")
    assert len(kept_files(folder)) == 1


def test_keep_by_many_at_once_leaves_one_whole_file(app, folder):
    content = os.urandom(200_000)

    def keep(_number):
        with app.app_context():
            return storage.keep(content, suffix="bin")

    with ThreadPoolExecutor(8) as pool:
        [key] = set(pool.map(keep, range(24)))

    assert storage.read(key) == content
    assert len(kept_files(folder)) == 1


def test_keep_leaves_nothing_behind_when_writing_fails(folder, monkeypatch):
    def fail(*_arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        storage.keep(CONTENT, suffix="jpg")

    assert kept_files(folder) == []


def test_remove_leaves_nothing_of_a_file(folder):
    key, other = storage.keep(CONTENT, suffix="jpg"), storage.keep(b"ein anderes", suffix="jpg")

    storage.remove_unnamed([key])
    storage.remove_unnamed([key])

    assert kept_files(folder) == [f"{other[:2]}/{other}"]
    with pytest.raises(storage.FileMissing):
        storage.read(key)


@pytest.mark.parametrize("key", ELSEWHERE)
def test_read_and_remove_reach_nothing_but_what_was_kept(key, folder):
    storage.keep(CONTENT, suffix="jpg")
    Path(folder.parent / "teilhabe.db").touch()

    for act in (storage.read, lambda key: storage.remove_unnamed([key])):
        with pytest.raises(storage.FileMissing):
            act(key)
    assert (len(kept_files(folder)), (folder.parent / "teilhabe.db").exists()) == (1, True)


@pytest.mark.parametrize("suffix", ["", "jpg/../../x", "../x", "JPG "])
def test_keep_refuses_what_is_no_suffix(suffix, folder):
    with pytest.raises(storage.FileMissing):
        storage.keep(CONTENT, suffix=suffix)


def test_remove_in_a_rehearsal_leaves_the_file(app):
    key = storage.keep(b"bleibt", suffix="txt")

    with rehearsal():
        storage.remove_unnamed([key])

    assert storage.read(key) == b"bleibt"


def rows_naming(key):
    """The same picture with everything that can show one, and how each of them lets go of it."""
    shown = EventPhoto(
        event=EventFactory(), position=1, key=key, small_key=key, alt="Bank", consent="ja", credit="",
        width=9, height=9, small_width=9, small_height=9,
    )  # fmt: skip
    db.session.add(shown)
    flipchart = FlipchartPhotoFactory(key=key, small_key=key)
    attached = AttachmentFactory(key=key, withheld_at=EARLIER)
    SheetFactory(key=key, state=SheetState.DONE, closed_at=EARLIER)
    db.session.flush()
    return {
        "event": lambda: withdraw_photo(shown, by=None),
        "flipchart": lambda: photos.remove_photo(flipchart),
        "attachment": lambda: attachments.remove_hidden_before(now()) and attached,
        "sheet": lambda: sheets.forget_pictures_before(now()),
    }


@pytest.mark.parametrize("last", ["event", "flipchart", "attachment", "sheet"])
def test_a_picture_that_stands_in_several_places_goes_with_the_last_of_them(folder, last):
    key = storage.keep(CONTENT, suffix="jpg")
    removals = rows_naming(key)
    final = removals.pop(last)

    for remove in removals.values():
        remove()
    assert storage.read(key) == CONTENT

    final()
    with pytest.raises(storage.FileMissing):
        storage.read(key)


def test_every_column_that_holds_a_file_key_is_known():
    """A column that is not marked would let another feature remove its file."""
    unmarked = {
        str(column)
        for table in Model.metadata.tables.values()
        for column in table.c
        if getattr(column.type, "length", 0) == 80 and column.name.endswith("key") and HOLDS_FILE_KEY not in column.info
    }

    assert unmarked == set()

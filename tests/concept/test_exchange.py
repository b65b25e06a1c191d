import json
from base64 import b64encode
from dataclasses import replace

import pytest

from app.concept import exchange
from app.concept.catalogue import checksum
from app.concept.errors import FileTooLarge, NotAConcept, UnknownFormat, WordingForged
from app.concept.exchange import MOST_BYTES, read
from tests.concept.files import changed, file_of, filled

pytestmark = pytest.mark.no_database


@pytest.fixture(scope="module")
def content():
    return file_of()


def signed(given):
    """With a checksum that fits again."""
    text = json.dumps(given["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    given["sha256"] = checksum(text)


def within(*path, value):
    """A change of what stands at this place, with a fitting checksum."""

    def change(given):
        *before, last = path
        here = given
        for step in before:
            here = here[step]
        here[last] = value
        signed(given)

    return change


def without(*path):
    def change(given):
        *before, last = path
        here = given
        for step in before:
            here = here[step]
        del here[last]
        signed(given)

    return change


def test_a_file_of_another_installation_is_read(content):
    found = read(content)

    assert (found.is_working, found.catalogue.concept, len(found.surrounding.texts)) == (True, "konzept-2018", 14)
    assert exchange.write(found.document, found.surrounding) == content


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"kein JSON",
        b"\xff\xfe",
        b"[]",
        b'"Konzept"',
        b"null",
        b"{}",
        b'{"format": 1}',
        b"[" * 200_000,
        b'{"format": ' + b"9" * 5000 + b"}",
        b'{"format": NaN}',
    ],
)
def test_what_is_no_such_file_is_refused(broken):
    with pytest.raises(NotAConcept):
        read(broken)


FIRST_GOAL = ("document", "sections", 0, "goals", 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda given: given.update(sha256="0" * 64),
        lambda given: given["document"].update(title="Anders"),  # the checksum does not fit any more
        lambda given: given.update(more="was niemand kennt"),
        lambda given: given.pop("pictures"),
        within("document", "more", value=1),
        without("document", "title"),
        within("document", "title", value=7),
        within("document", "title", value=None),
        within("document", "is_example", value="nein"),
        within("document", "sections", value={}),
        within("document", "dated", value="gestern"),
        within("document", "slug", value="../etc"),
        within("document", "slug", value="vergleich"),  # an edition bears when it was cut
        within("document", "concept", value="ein-anderes"),
        within("document", "chapters", 0, "chapter", value=10**400),
        within("document", "chapters", 0, "chapter", value=2**31),
        within("document", "chapters", 0, "chapter", value=1.5),
        within("document", "chapters", 0, "chapter", value=True),
        within("document", "chapters", 0, "content", value="poem"),
        within("document", "chapters", 0, "title", value="a\0b"),
        within("document", "title", value="a\x1bb"),  # no XML holds it
        within("document", "title", value="a\uffffb"),
        lambda given: given["document"].update(title="\ud800"),
        within(*FIRST_GOAL, "code", value="Z-1"),
        within(*FIRST_GOAL, "code", value="Z-0001"),
        within(*FIRST_GOAL, "digest", value="0" * 64),
        within("document", "surroundings", "indicators", 0, "value", value="1e999999"),
        within("document", "sections", 0, "measures", 0, "responsible", value="unbekannt"),
        within("document", "sections", 0, "measures", 0, "goals", value=["Z-999"]),
        within("document", "sections", 0, "good_practice", 0, "municipality", value="00000000"),
        within("document", "sections", 0, "measures", 0, "life_situations", value=["unbekannt"]),
        within("organizations", 0, "slug", value="Amt für alles"),
        within("organizations", 2, "led_by", 0, "lead", value="unbekannt"),
        within("agreements", 0, "measure", value="M-001"),
        within("cut_at", value="2018-07-01T10:00:00+00:00"),
        within("texts", 0, "number", value=0),
        within("texts", 0, "origin", value="0" * 64),
        within("texts", 0, "salt", value="kein Hex"),
        lambda given: given["texts"].append(given["texts"][0]),
        lambda given: given["texts"].pop(),
        within("pictures", 0, "content", value=b64encode(b"kein Bild").decode()),
        within("pictures", 0, "key", value="../../etc/passwd"),
        within("municipalities", 0, "latitude", value="Norden"),
        within("municipalities", 0, "latitude", value=1e300),
        within("municipalities", 0, "longitude", value=float("-inf")),
        within("target_groups", 1, "merged_into", value="neue"),  # in a circle
        within("target_groups", 1, "merged_into", value="alle"),
        within("document", "surroundings", "pictures", 0, "key", value="../../etc/passwd"),
        within("document", "surroundings", "pictures", 0, "width", value=0),
        within("document", "surroundings", "pictures", 0, "number", value=0),
        within("descents", 0, "code", value="M-\u0660\u0660\u0667"),
    ],
)
def test_what_was_changed_on_the_way_is_refused(content, change):
    with pytest.raises(NotAConcept):
        read(changed(content, change))


@pytest.mark.parametrize(
    "moment",
    ["2100-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "2018-07-01T10:00:00"],
)
def test_an_edition_was_cut_at_a_moment_that_can_be_counted_with(moment):
    with pytest.raises(NotAConcept):
        read(file_of(replace(filled(), slug="konzept-1", edition="1.0"), cut_at=moment))


def test_another_wording_under_the_same_digest_is_refused(content):
    with pytest.raises(WordingForged):
        read(changed(content, within("texts", 0, "wording", value="Etwas anderes.")))


def test_a_wording_without_its_salt_is_refused_unless_it_was_blackened(content):
    with pytest.raises(WordingForged):
        read(changed(content, within("texts", 0, "salt", value="")))


@pytest.mark.parametrize("path", [("format",), ("document", "format")])
def test_a_format_of_tomorrow_is_refused(content, path):
    with pytest.raises(UnknownFormat):
        read(changed(content, within(*path, value=99)))


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(FileTooLarge):
        read(b" " * (MOST_BYTES + 1))

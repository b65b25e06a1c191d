"""The file in which a concept travels from one installation to another: what stands in it, and what is no such file.

The concept is its document, the wordings that this names by digest, and whatever an empty database needs to hold both:
the concept and those it follows, the offices, partners and bodies it names, municipalities, life situations, pictures.
Personal data, translations, progress, contributions and what bodies decided are not part of it: they have their own
place, and a resolution is proven by its paper. A blackened wording stays blackened, and has no salt any more.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image

from app import storage
from app.concept.catalogue import WORKING, Catalogue, canonical, checksum, digests, parse
from app.concept.errors import FileTooLarge, NotAConcept, UnknownFormat, WordingForged
from app.concept.held import HeldFile, HeldText, Surrounding
from app.concept.plain import FORMATS, built, plain
from app.db import now
from app.texts.models import digest_of
from app.texts.services import BLACKENED

FILE_FORMAT = 1
MOST_BYTES = 64 * 1024 * 1024
LARGEST_NUMBER = 2**31 - 1
MOST_PIXELS = 60_000_000
SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
CODE = re.compile(r"[ZM]-(?:\d{3}|[1-9]\d{3,8})", re.ASCII)
FIGURE = re.compile(r"-?\d{1,14}(?:\.\d{1,4})?", re.ASCII)
AMOUNT = re.compile(r"\d{1,10}\.\d{2}", re.ASCII)
NO_SIGN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NORTH_POLE, DATE_LINE = 90, 180  # degrees
FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
# What reading a file that is none makes Python raise
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError, SyntaxError)


class ConceptFile(NamedTuple):
    """A file that was found to be in order."""

    document: str
    catalogue: Catalogue
    surrounding: Surrounding

    @property
    def is_working(self) -> bool:
        return self.catalogue.slug == WORKING

    @property
    def cut_at(self) -> datetime:
        return datetime.fromisoformat(self.surrounding.cut_at)


def write(document: str, surrounding: Surrounding) -> bytes:
    """The document as it is, its checksum, and the rest; the same edition gives the same bytes everywhere."""
    content = {
        "format": FILE_FORMAT,
        "sha256": checksum(document),
        "document": json.loads(document),
        **plain(surrounding),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> ConceptFile:
    """What stands in a file; raises FileTooLarge, NotAConcept, UnknownFormat, WordingForged."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    try:
        given = json.loads(content.decode("utf-8-sig"), parse_int=_number, parse_constant=_refuse)
        _check_strings(given)
        if given.pop("format") != FILE_FORMAT or given["document"]["format"] not in FORMATS:
            raise UnknownFormat
        return _checked(given)
    except UNREADABLE as error:
        raise NotAConcept from error


def picture_of(held: HeldFile) -> bytes:
    """Raises ValueError for what is not the JPEG that its key names."""
    content = b64decode(held.content, validate=True)
    if not storage.KEY.fullmatch(held.key) or not held.key.endswith(".jpg"):
        raise ValueError(held.key)
    if content and sha256(content).hexdigest() != held.key.partition(".")[0]:
        raise ValueError(held.key)
    if content:
        with Image.open(BytesIO(content), formats=("JPEG",)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError(held.key)
            opened.verify()
    return content


def _checked(given: dict[str, Any]) -> ConceptFile:
    raw, stated = given.pop("document"), given.pop("sha256")
    document = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    catalogue = parse(document)
    surrounding: Surrounding = built(Surrounding, given)
    # What is missing was filled in when reading, what is unknown was left out: then it is not the same any more
    _expect(canonical(catalogue) == document and plain(surrounding) == given)
    _expect(checksum(document) == stated)
    _check_names(catalogue, surrounding)
    _check_texts(document, surrounding.texts)
    if catalogue.slug == WORKING:
        _expect(not surrounding.cut_at)
    else:
        _check_moment(surrounding.cut_at)
    for each in surrounding.pictures:
        picture_of(each)
    return ConceptFile(document, catalogue, surrounding)


def _check_names(catalogue: Catalogue, surrounding: Surrounding) -> None:
    """Whatever stands in an address, and numbers that are kept as words."""
    slugs = [
        catalogue.slug,
        *(each.slug for each in surrounding.concepts),
        *(each.slug for each in surrounding.organizations),
        *(each.slug for each in surrounding.life_situations),
        *(each.slug for each in surrounding.target_groups),
        *(each.slug for each in catalogue.sections),
        *(each.slug for each in catalogue.planned),
        *(each.slug for each in catalogue.definitions),
        *(each.slug for each in catalogue.chapters if each.slug),
    ]
    _expect(all(map(SLUG.fullmatch, slugs)))
    items = [item for section in catalogue.sections for item in section.items]
    codes = [each.code for each in items] + [code for each in items for code in each.follows]
    codes += [code for each in surrounding.descents for code in (each.code, each.follows)]
    _expect(all(map(CODE.fullmatch, codes)))
    targets = [each.target for each in catalogue.measures if each.target]
    figures = [each.value for each in catalogue.surroundings.indicators]
    figures += [value for each in targets for value in (each.start, each.goal) if value]
    _expect(all(map(FIGURE.fullmatch, figures)))
    amounts = [line.amount for each in catalogue.measures for line in each.budget if line.amount]
    _expect(all(map(AMOUNT.fullmatch, amounts)))
    _expect(bool(surrounding.concepts) and surrounding.concepts[-1].slug == catalogue.concept)
    places = surrounding.municipalities
    _expect(all(abs(each.latitude) <= NORTH_POLE and abs(each.longitude) <= DATE_LINE for each in places))
    _expect(all(min(each.number, each.width, each.height) > 0 for each in catalogue.surroundings.pictures))
    _check_references(catalogue, surrounding)


def _check_references(catalogue: Catalogue, surrounding: Surrounding) -> None:
    """Whatever is named is there, too."""
    organizations = {each.slug for each in surrounding.organizations}
    partners = {each.code: each.partners for each in catalogue.measures}
    goals = {each.code for each in catalogue.goals}
    practice = [each.municipality for section in catalogue.sections for each in section.good_practice]
    _expect({each.responsible for each in catalogue.measures} <= organizations)
    _expect({led.lead for each in surrounding.organizations for led in each.led_by} <= organizations)
    _expect({slug for each in surrounding.agreements for slug in each.partners} <= organizations)
    _expect(all(set(each.partners) <= set(partners.get(each.measure, ())) for each in surrounding.agreements))
    _expect({code for each in catalogue.measures for code in each.goals} <= goals)
    _expect(set(practice) <= {each.ags for each in surrounding.municipalities})
    chosen = {
        surrounding.life_situations: {slug for each in catalogue.measures for slug in each.life_situations},
        surrounding.target_groups: {group.slug for each in catalogue.measures for group in each.target_groups},
    }
    for choices, named in chosen.items():
        slugs = {each.slug for each in choices}
        _expect(named <= slugs and {each.merged_into for each in choices} <= {*slugs, ""})
        _check_no_circle({each.slug: each.merged_into for each in choices})
    shown = {each.key for each in catalogue.surroundings.pictures}
    _expect(shown <= {each.key for each in surrounding.pictures})


def _check_no_circle(merged_into: Mapping[str, str]) -> None:
    """What was merged ends in something that holds: whoever follows it comes to an end."""
    for first in merged_into:
        seen, slug = {first}, merged_into[first]
        while slug:
            _expect(slug not in seen)
            seen.add(slug)
            slug = merged_into[slug]


def _check_texts(document: str, texts: tuple[HeldText, ...]) -> None:
    """Each wording that the document names is there, once, and is what its digest was made from."""
    _expect(sorted(each.digest for each in texts) == sorted(digests(document)))
    for each in texts:
        is_intact = digest_of(bytes.fromhex(each.salt), each.wording) == each.digest if each.salt else False
        if not is_intact and (each.salt or BLACKENED not in each.wording or not each.redactions):
            raise WordingForged
        _expect(each.number > 0 and bool(each.wording) and (each.number > 1 or each.origin == each.digest))
        _expect(all(0 <= redaction.start < redaction.stop for redaction in each.redactions))
        for redaction in each.redactions:
            _check_moment(redaction.at)


def _check_moment(written: str) -> None:
    """It was: what is cut tomorrow would let everything go out that waits for a second person until then."""
    moment = datetime.fromisoformat(written)
    _expect(moment.tzinfo is not None and FIRST_MOMENT <= moment <= now())


def _check_strings(value: object) -> None:
    """No half signs and no NUL, which no database takes, and nothing that DOCX, ODT and feeds cannot hold."""
    if any(NO_SIGN.search(each) for each in _strings(value)):
        raise ValueError("a sign that is none")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _strings(each)


def _expect(is_so: bool) -> None:
    if not is_so:
        raise NotAConcept


def _number(digits: str) -> int:
    if len(digits) > len(str(LARGEST_NUMBER)) or abs(int(digits)) > LARGEST_NUMBER:
        raise ValueError("no number of ours")
    return int(digits)


def _refuse(name: str) -> None:
    raise ValueError(name)

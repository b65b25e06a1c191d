import json
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from types import GenericAlias, UnionType
from typing import get_args, get_type_hints

import pytest
from sqlalchemy import func, select

from app import storage
from app.concept import exporting, importing, queries, services
from app.concept.catalogue import WORKING, Catalogue, canonical, checksum
from app.concept.errors import (
    CodeTaken,
    EditionDiffers,
    FileRefused,
    NewerThanWorkingEdition,
    PictureNumberTaken,
    PictureOfAnother,
    ReadableHere,
    WorkingEditionThere,
)
from app.concept.held import HeldFile
from app.concept.models import Edition, MeasurePartner
from app.concept.plain import parts
from app.concept.surroundings import HeldPicture
from app.db import Model, db, now
from app.local_time import day_of
from app.structures.models import Organization, OrganizationKind
from app.texts import services as texts
from app.texts.services import Span
from tests.concept.factories import ConceptPictureFactory, GoalFactory
from tests.concept.files import KEY, PICTURE, changed, choice, file_of, filled, organization
from tests.events.test_pictures import picture
from tests.publishing.concepts import large_concept
from tests.structures.factories import OrganizationFactory

SLUG = "2017-konzept-1.0"


def exported(slug, on=None):
    edition = queries.find_edition(slug)
    catalogue = queries.catalogue_of(edition) if edition else queries.working_document(on=on or day_of(now()))
    return exporting.export(catalogue, edition)


@contextmanager
def elsewhere():
    """Another installation: what is written here is not there any more afterwards."""
    db.session.remove()
    savepoint = db.engines[None].begin_nested()
    yield
    db.session.remove()
    savepoint.rollback()


def rows():
    return {
        each.name: db.session.scalar(select(func.count()).select_from(each)) for each in Model.metadata.sorted_tables
    }


def reword(code, wording):
    services.reword_goal(queries.get_goal(code), wording=wording, reason="Besser", by=None)


@pytest.fixture
def sent(request):
    """The file of an edition that another installation cut."""
    with elsewhere():
        request.getfixturevalue("frozen")
        return exported(SLUG)


def test_an_edition_comes_back_byte_for_byte_and_a_county_can_go_on_writing(request):
    with elsewhere():
        request.getfixturevalue("frozen")
        content, there = exported(SLUG), queries.working_document(on=day_of(now()))
    assert db.session.scalars(select(Edition)).all() == []

    report = importing.take_in(content, by=None)

    assert exported(SLUG) == content
    assert (report.is_there_already, report.made["edition"], report.made["goal"], report.made["chapter"]) == (
        False,
        1,
        3,
        8,
    )
    assert canonical(queries.working_document(on=day_of(now()))) == canonical(there)
    goal = services.add_goal(section=queries.find_section("sprache"), wording="Noch eins.", reason="Neu", by=None)
    assert goal.code == "Z-004"
    reword("Z-001", "Alle lernen gern Deutsch.")
    assert exported(SLUG) == content


def test_a_second_time_changes_nothing_and_says_so(sent):
    importing.take_in(sent, by=None)
    before = rows()

    assert importing.take_in(sent, by=None).is_there_already
    assert importing.preview(sent).is_there_already
    assert rows() == before


def test_the_preview_says_what_would_be_made_and_makes_nothing(request):
    with elsewhere():
        content = file_of()
    before = rows()

    told = importing.preview(content)

    assert rows() == before
    with pytest.raises(storage.FileMissing):
        storage.read(KEY.replace("a", "b"))
    assert told == importing.take_in(content, by=None)
    assert ("Maßnahmen", 3) in told.counts


def test_the_working_edition_comes_back_with_every_field():
    content = file_of()
    day = filled().surroundings.structures_of.first_day

    importing.take_in(content, by=None)

    assert exported(WORKING, on=day) == content
    assert storage.read(KEY) == PICTURE
    assert importing.take_in(content, by=None).is_there_already


NOT_OF_A_WORKING_EDITION = {
    *(f"Catalogue.{name}" for name in ("format", "slug", "edition", "reason", "dated", "is_example")),
    "CatalogueDefinition.is_example",  # no definition is one
}


def test_the_filled_catalogue_has_a_value_in_every_field():
    """Whoever adds a field to the catalogue fills it in there, and the test above shows whether it comes back."""
    found = filled()
    empty = {
        f"{kind.__name__}.{field.name}"
        for kind in dataclasses_of(Catalogue)
        for field in fields(kind)
        if not field.metadata.keys() & {"computed", "until"}
        and all(getattr(each, field.name) in {field.default, "", ()} for each in parts(found, kind))
    }

    assert empty == NOT_OF_A_WORKING_EDITION


def dataclasses_of(kind):
    for hint in get_type_hints(kind).values():
        for each in get_args(hint) if isinstance(hint, GenericAlias | UnionType) else (hint,):
            if is_dataclass(each) and each.__name__ != "ProcessDate":
                yield each
                yield from dataclasses_of(each)
    yield kind


def test_a_concept_as_large_as_the_real_one_comes_back():
    catalogue = large_concept()
    bodies = tuple(organization(each.slug, each.name, each.kind, "2016") for each in catalogue.surroundings.structures)
    office = organization("amt", "Amt", OrganizationKind.OFFICE)
    everyone = tuple(sorted((office, *bodies), key=lambda each: each.slug))
    groups = {group.slug: group.title for each in catalogue.measures for group in each.target_groups}
    content = file_of(
        catalogue,
        organizations=everyone,
        target_groups=tuple(choice(slug, title) for slug, title in groups.items()),
        life_situations=(),
        agreements=(),
        descents=(),
        pictures=(),
    )

    importing.take_in(content, by=None)

    assert exported("2017-integrationskonzept-1.0") == content
    assert len(queries.working_catalogue().measures) == 240


def test_what_was_blackened_stays_blackened_and_the_checksum_holds(request):
    with elsewhere():
        edition = request.getfixturevalue("frozen")
        clear = exported(SLUG)
        version = queries.get_goal("Z-001").text.current
        texts.redact(Span.of(version, "Deutsch"), role="editor", reason="Ein Name", by=None)
        content, sha256 = exported(SLUG), edition.sha256

    assert "Alle lernen Deutsch." not in content.decode()
    importing.take_in(content, by=None)

    found = queries.find_edition(SLUG)
    goal = queries.catalogue_of(found).goal("Z-001")
    assert (found.sha256, checksum(found.document)) == (sha256, sha256)
    assert (goal.wording, queries.get_goal("Z-001").text.current.reasons) == ("Alle lernen ███████.", ["Ein Name"])
    assert exported(SLUG) == content
    assert importing.take_in(clear, by=None).is_there_already
    assert exported(SLUG) == content


def test_nobody_publishes_words_of_which_they_know_only_the_digest(sent):
    unseen = texts.write("Ein Satz, der nirgends öffentlich ist.", language="de")
    before = rows()

    def change(given):
        [text] = [each for each in given["texts"] if each["wording"] == "Alle lernen Deutsch."]
        written = json.dumps(given["document"]).replace(text["digest"], unseen.digest)
        given["document"] = json.loads(written)
        canonical_form = json.dumps(given["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        given["sha256"] = checksum(canonical_form)
        blackened = {"start": 0, "stop": 1, "role": "editor", "reason": "Name", "at": now().isoformat()}
        text |= {
            "digest": unseen.digest,
            "origin": unseen.digest,
            "wording": "█",
            "salt": "",
            "redactions": [blackened],
        }
        given["texts"].sort(key=lambda each: each["digest"])

    with pytest.raises(ReadableHere):
        importing.take_in(changed(sent, change), by=None)
    assert rows() == before


def test_a_partner_who_withdrew_is_named_nowhere_but_by_its_address_in_the_document(request):
    with elsewhere():
        request.getfixturevalue("working")
        measure = queries.get_measure("M-001")
        partner = OrganizationFactory(slug="verein", name="Der Verein am See", kind=OrganizationKind.PARTNER)
        measure.partners = [MeasurePartner(organization=partner, named_at_entry=True)]
        request.getfixturevalue("frozen")
        named = exported(SLUG)
        measure.partners[0].named_at_entry = False
        db.session.flush()
        content = exported(SLUG)

    assert "Der Verein am See" in named.decode()
    assert "Der Verein am See" not in content.decode()
    importing.take_in(content, by=None)
    assert queries.partners_who_agree(["M-001"]) == set()
    assert exported(SLUG) == content


def test_the_working_edition_first_and_then_older_editions(request):
    with elsewhere():
        request.getfixturevalue("frozen")
        reword("Z-001", "Alle lernen gern Deutsch.")
        older, newest = exported(SLUG), exported(WORKING)

    importing.take_in(newest, by=None)
    report = importing.take_in(older, by=None)

    assert report.made == {"edition": 1, "text_version": 1}
    assert (exported(SLUG), exported(WORKING)) == (older, newest)
    assert [each.number for each in queries.get_goal("Z-001").text.versions] == [1, 2]


def test_a_newer_edition_does_not_change_the_working_edition_behind_its_back(request):
    with elsewhere():
        request.getfixturevalue("frozen")
        older = exported(SLUG)
        reword("Z-001", "Alle lernen gern Deutsch.")
        services.cut_edition(slug="2018-1.1", number="1.1", title="Neuer", reason="Weiter", by=None)
        newer, working_edition = exported("2018-1.1"), exported(WORKING)
    importing.take_in(older, by=None)
    before = rows()

    with pytest.raises(NewerThanWorkingEdition):
        importing.take_in(newer, by=None)
    with pytest.raises(WorkingEditionThere):
        importing.take_in(working_edition, by=None)
    assert rows() == before


def test_a_code_of_something_else_is_refused(sent):
    GoalFactory(code="Z-002", wording="Etwas anderes.")
    before = rows()

    with pytest.raises(CodeTaken, match="Z-002 ist hier schon etwas anderes"):
        importing.take_in(sent, by=None)
    assert rows() == before


def test_another_edition_under_the_same_address_is_refused(sent):
    importing.take_in(sent, by=None)
    before, document = rows(), queries.find_edition(SLUG).document

    def change(given):
        given["document"]["title"] = "Anders"
        text = json.dumps(given["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        given["sha256"] = checksum(text)

    with pytest.raises(EditionDiffers):
        importing.take_in(changed(sent, change), by=None)
    db.session.expire_all()
    assert (rows(), queries.find_edition(SLUG).document) == (before, document)


def test_a_picture_number_of_another_picture_is_refused():
    ConceptPictureFactory(number=4)
    before = rows()

    with pytest.raises(PictureNumberTaken):
        importing.take_in(file_of(), by=None)
    assert rows() == before


def test_a_picture_without_its_content_comes_only_where_no_other_file_is_published_by_it():
    scan = picture(colour="crimson")
    key = f"{sha256(scan).hexdigest()}.jpg"
    held = HeldPicture(number=4, key=key, title="Ein Bogen", width=60, height=40)
    around = replace(filled().surroundings, pictures=(held,))
    content = file_of(replace(filled(), surroundings=around), pictures=(HeldFile(key=key, content=""),))
    before = rows()

    storage.keep(scan, suffix="jpg")  # by another feature
    with pytest.raises(PictureOfAnother, match="Das Bild 4 fehlt in der Datei"):
        importing.take_in(content, by=None)
    assert rows() == before
    storage.remove_unnamed([key])
    importing.take_in(content, by=None)
    assert [each.key for each in queries.concept_pictures()] == [key]


def test_words_longer_than_their_column_are_refused():
    before = rows()

    with pytest.raises(FileRefused):
        importing.take_in(file_of(replace(filled(), title="x" * 201)), by=None)
    assert rows() == before


def test_what_the_county_knows_of_an_organisation_stays(sent):
    OrganizationFactory(slug="amt", name="Unser Amt")

    importing.take_in(sent, by=None)

    assert db.session.scalars(select(Organization.name).where(Organization.slug == "amt")).all() == ["Unser Amt"]


def test_the_command_takes_in_what_the_command_wrote(command, sent, tmp_path):
    file = tmp_path / "konzept.json"
    file.write_bytes(sent)

    told = command("concept", "import", str(file), "--dry-run")
    assert (told.status, told.output.splitlines()[:2]) == (0, [f"{SLUG}: würde angelegt.", "  Fassungen: 1"])
    done = command("concept", "import", str(file), "--json")
    assert (done.status, json.loads(done.output)["made"]["measure"]) == (0, 1)
    again = command("concept", "import", str(file))
    assert (again.status, again.output) == (0, f"{SLUG} ist schon da. Nichts ist geändert.\n")
    assert command("concept", "export", SLUG, "--format", "json").output.encode() == sent


def test_the_command_refuses_with_one_sentence(command, tmp_path):
    file = tmp_path / "konzept.json"
    file.write_text("[]")

    refused = command("concept", "import", str(file))
    assert (refused.status, refused.output, refused.error) == (
        1,
        "",
        "Das ist keine unveränderte Datei mit einem Konzept, wie Teilhabe sie schreibt (konzept.json).\n",
    )
    missing = command("concept", "import", str(tmp_path / "fehlt.json"))
    assert (missing.status, missing.error.count("\n")) == (1, 1)

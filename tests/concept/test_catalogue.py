import json
from dataclasses import replace

import pytest
from hypothesis import given

from app.concept.catalogue import canonical, checksum, digests, numbered, parse, texts_of
from app.concept.models import GoalKind, SectionKind
from app.concept.plain import FORMAT, Held
from tests.concept.catalogues import catalogue, catalogues, complete, goal, measure, section

pytestmark = pytest.mark.no_database


@given(catalogues())
def test_parse_gives_back_what_was_written(catalogue):
    document = canonical(catalogue)

    held = {each.digest: Held(each.version_id, each.wording) for each in texts_of(catalogue)}
    assert parse(document, held) == catalogue
    assert digests(document) == set(held)


def test_canonical_is_sorted_without_white_space_and_in_utf8():
    document = canonical(catalogue(section("sprache", goal("Z-001", "Alle hören zu.")), title="Für alle"))

    assert document == json.dumps(json.loads(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert '"title":"Für alle"' in document


def test_canonical_names_texts_by_digest_and_holds_none():
    document = canonical(catalogue(section("sprache", goal("Z-001", "Alle hören zu."))))

    assert "hören" not in document
    [named] = json.loads(document)["sections"][0]["goals"]
    assert sorted(named) == ["code", "digest", "follows", "is_example", "kind"]


def test_a_document_says_the_same_whatever_the_numbers_of_rows_are():
    here = goal("Z-001", "Alle hören zu.")
    there = replace(here, version_id=here.version_id + 1)

    assert canonical(catalogue(section("sprache", here))) == canonical(catalogue(section("sprache", there)))


def test_checksum_is_the_sha256_of_the_bytes():
    # printf 'ä' | sha256sum
    assert checksum("ä") == "33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc"


def test_order_counts_in_the_checksum():
    first, second = goal("Z-001", "Eins."), goal("Z-002", "Zwei.")

    assert checksum(canonical(catalogue(section("sprache", first, second)))) != checksum(
        canonical(catalogue(section("sprache", second, first)))
    )


FORMAT_1 = (
    '{"chapters":[{"chapter":1,"content":"text","digest":"ab","is_example":false,"title":"Wozu","version_id":7}],'
    '"concept":"konzept","dated":"2017-12","definitions":[],"edition":"1.0","format":1,"is_example":false,"planned":[],'
    '"reason":"Der Anfang.","sections":[],"slug":"2017-konzept-1.0","title":"Konzept"}'
)


def test_a_document_of_format_1_is_read_and_gives_its_bytes_again():
    found = parse(FORMAT_1, {"ab": Held(7, "Darum.")})

    assert (found.chapters[0].wording, found.chapters[0].body, found.surroundings.steps) == ("Darum.", None, ())
    assert canonical(found) == FORMAT_1


@pytest.mark.parametrize("number", [1, 2])
def test_documents_before_format_3_name_the_row_beside_the_digest(number):
    earlier = replace(catalogue(section("sprache", goal("Z-001", "Alle hören zu."))), format=number)

    document = canonical(earlier)

    [named] = json.loads(document)["sections"][0]["goals"]
    assert sorted(named) == ["code", "digest", "is_example", "kind", "version_id"]
    assert canonical(parse(document)) == document


def test_parse_refuses_a_format_it_does_not_know():
    document = canonical(catalogue()).replace(f'"format":{FORMAT}', f'"format":{FORMAT + 1}')

    with pytest.raises(ValueError, match="unknown format"):
        parse(document)


def test_numbers_tell_fields_from_themes():
    sections = numbered(
        [
            section("sprache"),
            section("ehrenamt", kind=SectionKind.CROSS_CUTTING),
            section(
                "arbeit",
                goal("Z-001", kind=GoalKind.OVERALL),
                goal("Z-002"),
                goal("Z-003"),
                measures=[measure("M-001"), measure("M-002")],
            ),
            section("kommunen", goal("Z-004"), kind=SectionKind.CROSS_CUTTING, measures=[measure("M-003")]),
        ]
    )

    assert [each.number for each in sections] == ["1", "Q1", "2", "Q2"]
    assert [each.number for each in sections[2].goals] == ["2", "2.1", "2.2"]
    assert [each.number for each in sections[2].measures] == ["M2.1", "M2.2"]
    assert [each.number for each in (*sections[3].goals, *sections[3].measures)] == ["Q2.1", "MQ2.1"]


@given(catalogues())
def test_numbers_are_unambiguous(catalogue):
    overall = [each.number for each in catalogue.goals if each.kind is GoalKind.OVERALL]
    others = [each.number for each in [*catalogue.goals, *catalogue.measures] if each.number not in overall]

    assert len(set(others)) == len(others)


def test_measures_of_a_goal_may_stand_in_another_section():
    found = catalogue(
        section("sprache", goal("Z-001"), measures=[measure("M-001", "Z-001")]),
        section("arbeit", goal("Z-002"), measures=[measure("M-002", "Z-002", "Z-001")]),
    )

    assert [each.code for each in found.measures_of("Z-001")] == ["M-001", "M-002"]
    assert found.section_of("M-002").slug == "arbeit"
    assert found.section_of("M-003") is None


def test_complete_section_lacks_nothing():
    assert complete().overall.number == ""
    assert catalogue(complete()).section("sprache").overall.number == "1"

from dataclasses import replace

import pytest
from flask_babel import force_locale

from app.concept.completeness import Around, report, shortcomings
from app.concept.models import GoalKind
from tests.concept.catalogues import catalogue, complete, goal, measure, section


@pytest.fixture(autouse=True)
def german(app):
    with force_locale("de"):
        yield


def test_shortcomings_of_a_complete_catalogue_are_none():
    assert shortcomings(catalogue(complete("sprache"), complete("arbeit"))) == []


def test_shortcomings_name_what_an_empty_catalogue_lacks():
    assert shortcomings(catalogue()) == ["Es gibt noch kein Handlungsfeld und kein Querschnittsthema."]


def test_shortcomings_name_a_missing_oberziel_and_too_few_unterziele():
    found = catalogue(section("sprache", goal("Z-001"), measures=[measure("M-001", "Z-001")]))

    assert shortcomings(found) == [
        "Sprache hat kein Oberziel.",
        "Sprache hat 1 von mindestens 2 Unterzielen.",
    ]


def test_shortcomings_name_a_second_oberziel():
    whole = complete()
    twice = section("sprache", *whole.goals, goal("Z-900", kind=GoalKind.OVERALL), measures=whole.measures)

    assert shortcomings(catalogue(twice)) == ["Sprache hat 2 Oberziele; es soll eines sein."]


def test_shortcomings_name_an_unterziel_without_measure_and_a_measure_without_unterziel():
    found = catalogue(
        section(
            "sprache",
            goal("Z-001", kind=GoalKind.OVERALL),
            goal("Z-002"),
            goal("Z-003"),
            measures=[measure("M-001", "Z-002"), measure("M-002", "Z-900")],
        )
    )

    assert shortcomings(found) == [
        "Zum Unterziel 1.2 (Z-003) gibt es keine Maßnahme.",
        "Die Maßnahme M1.2 (M-002) dient keinem Unterziel.",
    ]


def test_findings_about_sections_of_one_title_are_told_apart():
    empty, whole = (replace(each, title="Sprache") for each in (section("kurse"), complete("sprache")))

    found = report(catalogue(empty, whole), Around(working_groups=frozenset({"kurse", "sprache"})))

    assert {each.key for each in found.about(empty)} == {"kurse"}
    assert "kurse" not in {each.key for each in found.about(whole)}


def test_suggestions_without_an_answer_are_told_and_stop_nothing():
    found = report(catalogue(complete()), Around(unanswered=2))

    assert [
        (rule.stops, each.sentence) for rule, findings in found.found if rule.name == "answered" for each in findings
    ] == [(False, "2 Anregungen haben noch keine Antwort.")]

import pytest
from hypothesis import given

from app.concept.catalogue import CatalogueMeasure
from app.concept.comparison import METHODS, Kind, Run, RunKind, words
from app.concept.comparison.first import AMENDABLE
from app.concept.models import SectionKind
from app.process_date import ProcessDate
from tests.concept.catalogues import WORDS, catalogue, catalogues, goal, measure, section

pytestmark = pytest.mark.no_database


def compare(old, new, reasons=None):
    return list(METHODS[1](old, new, reasons or {}).sections)


def kinds(old, new):
    return {change.code: change.kinds for each in compare(old, new) for change in each.changes}


def read(runs, *kinds):
    return "".join(run.text for run in runs if run.kind in kinds)


def particulars(item):
    """What a measure has beside its place and words."""
    if not isinstance(item, CatalogueMeasure):
        return None
    return (set(item.goals), *(getattr(item, name) for name in AMENDABLE))


def content(catalogue):
    """Which goal or measure stands where, with which number, words and particulars."""
    return {
        item.code: (section.slug, item.number, item.wording, particulars(item))
        for section in catalogue.sections
        for item in section.items
    }


def apply(catalogue, changes):
    """What a reader gets who applies the changes to the old catalogue."""
    result = content(catalogue)
    for change in (change for each in changes for change in each.changes):
        _, _, before, _ = result.pop(change.code, (None, None, "", None))
        assert read(change.words, RunKind.SAME, RunKind.REMOVED) == before
        if change.new is not None:
            item, wording = change.new.item, read(change.words, RunKind.SAME, RunKind.ADDED)
            result[change.code] = (change.new.section.slug, item.number, wording, particulars(item))
    return result


@given(catalogues(), catalogues())
def test_applying_a_comparison_to_the_old_gives_the_new(old, new):
    assert apply(old, compare(old, new)) == content(new)


@given(catalogues())
def test_compare_finds_nothing_between_equals(catalogue):
    assert compare(catalogue, catalogue) == []


@given(WORDS, WORDS)
def test_words_give_back_both_texts(old, new):
    runs = words(old, new)

    assert read(runs, RunKind.SAME, RunKind.REMOVED) == old
    assert read(runs, RunKind.SAME, RunKind.ADDED) == new


def test_words_mark_what_changed():
    assert words("höchstens sechs Monate", "höchstens drei Monate") == (
        Run(RunKind.SAME, "höchstens "),
        Run(RunKind.REMOVED, "sechs"),
        Run(RunKind.ADDED, "drei"),
        Run(RunKind.SAME, " Monate"),
    )


def test_words_that_changed_side_by_side_read_as_one():
    assert words("Alle lernen Deutsch.", "Wer will, lernt Deutsch.") == (
        Run(RunKind.REMOVED, "Alle lernen"),
        Run(RunKind.ADDED, "Wer will, lernt"),
        Run(RunKind.SAME, " Deutsch."),
    )


def test_compare_tells_added_reworded_and_dropped():
    old = catalogue(section("sprache", goal("Z-001", "Eins."), goal("Z-002", "Zwei.")))
    new = catalogue(section("sprache", goal("Z-001", "Eins!"), goal("Z-003", "Drei.")))

    assert kinds(old, new) == {"Z-001": (Kind.REWORDED,), "Z-003": (Kind.ADDED,), "Z-002": (Kind.DROPPED,)}


def test_compare_tells_moved_from_renumbered():
    old = catalogue(section("sprache", goal("Z-001"), goal("Z-002"), goal("Z-003")), section("arbeit"))
    new = catalogue(section("sprache", goal("Z-002"), goal("Z-003")), section("arbeit", goal("Z-001")))

    assert kinds(old, new) == {"Z-001": (Kind.MOVED,), "Z-002": (Kind.RENUMBERED,), "Z-003": (Kind.RENUMBERED,)}


def test_compare_tells_what_was_amended_in_a_measure():
    old = catalogue(section("sprache", measures=[measure("M-001", "Z-001")]))
    amended = measure("M-001", "Z-001", responsible="referat", starts=ProcessDate("2018-03"))
    new = catalogue(section("sprache", measures=[amended]))

    [found] = compare(old, new)
    assert (found.changes[0].kinds, found.changes[0].amended) == ((Kind.AMENDED,), ("responsible", "starts"))


def test_compare_calls_a_measure_moved_that_serves_other_goals():
    old = catalogue(section("sprache", measures=[measure("M-001", "Z-001", "Z-002")]))
    swapped = catalogue(section("sprache", measures=[measure("M-001", "Z-002", "Z-001")]))
    new = catalogue(section("sprache", measures=[measure("M-001", "Z-002")]))

    assert kinds(old, swapped) == {}
    assert kinds(old, new) == {"M-001": (Kind.MOVED,)}


def test_compare_tells_what_became_of_sections():
    old = catalogue(section("sprache"), section("bildung"), section("arbeit"), section("wohnen"))
    new = catalogue(
        section("sprache"), section("arbeit"), section("bildung"), section("ehrenamt", kind=SectionKind.CROSS_CUTTING)
    )

    assert [(each.section.slug, each.kinds) for each in compare(old, new)] == [
        ("arbeit", (Kind.RENUMBERED,)),
        ("bildung", (Kind.RENUMBERED,)),
        ("ehrenamt", (Kind.ADDED,)),
        ("wohnen", (Kind.DROPPED,)),
    ]


def test_compare_gives_the_reasons():
    old = catalogue(section("sprache", goal("Z-001", "Eins."), goal("Z-002")))
    new = catalogue(section("sprache", goal("Z-001", "Eins!"), goal("Z-002")))

    [found] = compare(old, new, {"Z-001": ["Frist abgelaufen", "Klarer"], "Z-002": ["Nichts geschah"]})
    assert [(each.code, each.reasons) for each in found.changes] == [("Z-001", ("Frist abgelaufen", "Klarer"))]

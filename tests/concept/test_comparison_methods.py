from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.concept.catalogue import CatalogueChapter, CatalogueIdea, PlannedSection, Worded, numbered
from app.concept.comparison import METHODS, Kind, RunKind, compare, words_by_paragraph
from app.concept.comparison.second import OF_CHAPTERS, OF_SECTIONS, OF_TITLED, OF_WORDS
from app.concept.models import ChapterContent, GoalKind, SectionKind
from app.process_date import ProcessDate
from tests.concept.catalogues import WORDS, catalogue, catalogues, goal, measure, section, worded

pytestmark = pytest.mark.no_database


def scene():
    """Something of all that can happen."""
    old = catalogue(
        section(
            "sprache",
            goal("Z-001", "Alle lernen Deutsch.", GoalKind.OVERALL),
            goal("Z-002", "Kurse beginnen nach höchstens sechs Monaten."),
            goal("Z-003", "Kurse gibt es am Abend."),
            goal("Z-004", "Kinder werden betreut."),
            measures=[measure("M-001", "Z-002", "Z-003"), measure("M-002", "Z-003", wording="Wir laden ein.")],
        ),
        section("bildung", goal("Z-005", "Schulen sind offen."), measures=[measure("M-003", "Z-005")]),
        section("arbeit", goal("Z-006", "Betriebe bilden aus.")),
        section("wohnen", goal("Z-007", "Wohnungen sind da.")),
    )
    new = catalogue(
        section(
            "sprache",
            goal("Z-001", "Alle lernen Deutsch.", GoalKind.OVERALL),
            goal("Z-002", "Kurse beginnen nach höchstens drei Monaten."),
            goal("Z-004", "Kinder werden betreut."),
            goal("Z-008", "Kurse gibt es online.", follows=("Z-003",)),
            measures=[
                measure("M-001", "Z-002", priority="focus", starts=ProcessDate("2018-03")),
                measure("M-002", "Z-008", wording="Wir laden alle ein."),
            ],
        ),
        section("arbeit", goal("Z-006", "Betriebe bilden aus."), measures=[measure("M-003", "Z-005")]),
        section("bildung", goal("Z-005", "Schulen sind offen."), goal("Z-007", "Wohnungen sind da.")),
        section("ehrenamt", goal("Z-009", "Danke."), kind=SectionKind.CROSS_CUTTING),
    )
    return old, new, {"Z-002": ["Klarer"], "M-002": ["Freundlicher", "Kürzer"], "Z-003": ["Überholt"]}


def plain(sections):
    return [
        (
            each.section.slug,
            " ".join(each.kinds),
            [
                (
                    change.code,
                    " ".join(change.kinds),
                    (change.old.item.number if change.old else "", change.new.item.number if change.new else ""),
                    "".join({"same": "=", "added": "+", "removed": "-"}[run.kind] + run.text for run in change.words),
                    change.amended,
                    change.reasons,
                )
                for change in each.changes
            ],
        )
        for each in sections
    ]


# What the first method gave when it was the only one
GOLDEN = [
    (
        "sprache",
        "",
        [
            (
                "Z-002",
                "reworded",
                ("1.1", "1.1"),
                "=Kurse beginnen nach höchstens -sechs+drei= Monaten.",
                (),
                ("Klarer",),
            ),
            ("Z-004", "renumbered", ("1.3", "1.2"), "=Kinder werden betreut.", (), ()),
            ("Z-008", "added", ("", "1.3"), "+Kurse gibt es online.", (), ()),
            ("M-001", "moved amended", ("M1.1", "M1.1"), "=Wir bieten Kurse an.", ("priority", "starts"), ()),
            ("M-002", "reworded moved", ("M1.2", "M1.2"), "=Wir laden +alle =ein.", (), ("Freundlicher", "Kürzer")),
            ("Z-003", "dropped", ("1.2", ""), "-Kurse gibt es am Abend.", (), ("Überholt",)),
        ],
    ),
    (
        "arbeit",
        "renumbered",
        [
            ("Z-006", "renumbered", ("3.1", "2.1"), "=Betriebe bilden aus.", (), ()),
            ("M-003", "moved", ("M2.1", "M2.1"), "=Wir bieten Kurse an.", (), ()),
        ],
    ),
    (
        "bildung",
        "renumbered",
        [
            ("Z-005", "renumbered", ("2.1", "3.1"), "=Schulen sind offen.", (), ()),
            ("Z-007", "moved", ("4.1", "3.2"), "=Wohnungen sind da.", (), ()),
        ],
    ),
    ("ehrenamt", "added", [("Z-009", "added", ("", "Q1.1"), "+Danke.", (), ())]),
    ("wohnen", "dropped", []),
]


def test_the_first_method_gives_what_it_gave():
    old, new, reasons = scene()

    found = METHODS[1](old, new, reasons)

    assert plain(found.sections) == GOLDEN
    assert (found.chapters, found.planned, found.definitions) == ((), (), ())


def test_two_are_compared_by_the_method_of_the_younger_one():
    old, new, _reasons = scene()

    assert compare(old, replace(new, comparison=2)).method == 2
    assert compare(replace(old, comparison=2), new).method == 1
    assert compare(old, new, method=2).method == 2


def test_the_second_method_tells_split_and_merged_once():
    old = catalogue(
        section(
            "sprache",
            goal("Z-001", "Kurse abends und Betreuung."),
            goal("Z-002", "Eins."),
            goal("Z-003", "Zwei."),
            goal("Z-004", "Alt."),
        )
    )
    new = catalogue(
        section(
            "sprache",
            goal("Z-005", "Kurse abends.", follows=("Z-001",)),
            goal("Z-006", "Betreuung.", follows=("Z-001",)),
            goal("Z-007", "Eins und zwei.", follows=("Z-002", "Z-003")),
            goal("Z-008", "Neu.", follows=("Z-004",)),
        )
    )

    [found] = METHODS[2](old, new, {"Z-001": ["Zwei Dinge"], "Z-005": ["Zwei Dinge"], "Z-003": ["Eines"]}).sections

    assert (found.changes, found.kinds) == ((), ())
    assert [
        (each.kinds, [place.item.code for place in each.old], [place.item.code for place in each.new], each.reasons)
        for each in found.regrouped
    ] == [
        ((Kind.SPLIT,), ["Z-001"], ["Z-005", "Z-006"], ("Zwei Dinge",)),
        ((Kind.MERGED,), ["Z-002", "Z-003"], ["Z-007"], ("Eines",)),
        ((Kind.CONTINUED,), ["Z-004"], ["Z-008"], ()),
    ]
    assert [read(step.words, RunKind.SAME) for step in found.regrouped[0].steps] == ["Kurse abends.", "Betreuung."]


def test_the_second_method_calls_only_what_was_put_elsewhere_moved():
    def chapters(*titles):
        return tuple(
            CatalogueChapter(chapter=n, title=title, slug=title, content=ChapterContent.TEXT, **worded(title))
            for n, title in enumerate(titles, 1)
        )

    old, new = catalogue(chapters=chapters("a", "b", "c", "d")), catalogue(chapters=chapters("d", "a", "x", "b", "c"))

    assert {each.chapter.slug: each.kinds for each in METHODS[2](old, new, {}).chapters} == {
        "d": (Kind.MOVED,),
        "a": (Kind.RENUMBERED,),
        "x": (Kind.ADDED,),
        "b": (Kind.RENUMBERED,),
        "c": (Kind.RENUMBERED,),
    }


def test_the_second_method_tells_a_reworded_idea_from_a_new_one():
    def ideas(*wordings):
        return catalogue(section("sprache", ideas=tuple(CatalogueIdea(**worded(each)) for each in wordings)))

    old = ideas("Eine Bank vor dem Rathaus.", "Ein Fest im Sommer.")
    new = ideas("Ganz etwas anderes, das neu ist", "Eine Bank vor dem neuen Rathaus.")

    [found] = METHODS[2](old, new, {}).sections
    assert [(each.kinds, read(each.words, RunKind.ADDED)) for each in found.ideas] == [
        ((Kind.ADDED,), "Ganz etwas anderes, das neu ist"),
        ((Kind.REWORDED,), "neuen "),
        ((Kind.DROPPED,), ""),
    ]


def read(runs, *kinds):
    return "".join(run.text for run in runs if run.kind in kinds)


def particulars(row, told):
    return tuple((each.name, getattr(row, each.name)) for each in fields(row) if each.name not in told)


def texts_of(rows, told=OF_WORDS):
    return Counter((each.wording, particulars(each, told)) for each in rows)


def chapter_content(each):
    wordings = [text.wording if text else "" for text in (each, each.body, each.signature)]
    return (each.chapter, each.title, wordings, particulars(each, OF_CHAPTERS))


def item_content(item, where):
    goals = frozenset(getattr(item, "goals", ()))
    return (where.slug, item.number, item.wording, goals, particulars(item, OF_WORDS))


def content(edition):
    """All that the second method speaks of."""
    return {
        "items": {item.code: item_content(item, each) for each in edition.sections for item in each.items},
        "sections": {each.slug: (each.title, each.number, particulars(each, OF_SECTIONS)) for each in edition.sections},
        "ideas": {each.slug: texts_of(each.ideas) for each in edition.sections if each.ideas},
        "practice": {each.slug: texts_of(each.good_practice) for each in edition.sections if each.good_practice},
        "chapters": {each.slug: chapter_content(each) for each in edition.chapters},
        "planned": {each.slug: (each.title, particulars(each, OF_TITLED)) for each in edition.planned},
        "definitions": {each.slug: (each.title, each.wording, each.source) for each in edition.definitions},
    }


def after(runs):
    return read(runs, RunKind.SAME, RunKind.ADDED)


def before(runs):
    return read(runs, RunKind.SAME, RunKind.REMOVED)


def put(held, key, value):
    held.pop(key, None)
    if value is not None:
        held[key] = value


def apply(old, found):
    """What a reader gets who applies a comparison to the old edition; wordings come from the marked words."""
    result = content(old)
    for each in found.sections:
        new = each.new and (each.new.title, each.new.number, particulars(each.new, OF_SECTIONS))
        put(result["sections"], each.section.slug, new)
        apply_items(result["items"], each)
        apply_texts(result["ideas"], each.section.slug, each.ideas)
        apply_texts(result["practice"], each.section.slug, each.good_practice)
    for each in found.chapters:
        put(result["chapters"], each.chapter.slug, each.new and chapter_content(written(each)))
    for each in found.planned:
        put(result["planned"], each.section.slug, each.new and (each.new.title, particulars(each.new, OF_TITLED)))
    for each in found.definitions:
        new = each.new and (each.new.title, after(each.words), each.new.source)
        put(result["definitions"], (each.new or each.old).slug, new)
    return result


def apply_items(items, found):
    for change in found.changes:
        was = items.pop(change.code, None)
        assert before(change.words) == (was[2] if was else "")
        if change.new:
            item = replace(change.new.item, wording=after(change.words))
            items[change.code] = item_content(item, change.new.section)
    for group in found.regrouped:
        for place in group.old:
            del items[place.item.code]
        for step in group.steps:
            assert before(step.words) == step.old.item.wording
            item = replace(step.new.item, wording=after(step.words))
            items[item.code] = item_content(item, step.new.section)


def apply_texts(held, slug, changes):
    texts = held.pop(slug, Counter())
    for change in changes:
        texts -= texts_of([change.old] if change.old else [])
        texts += texts_of([replace(change.new, wording=after(change.words))] if change.new else [])
    put(held, slug, texts or None)


def written(change):
    """The new chapter with its wordings as the marked words give them."""
    new = change.new
    return replace(
        new,
        wording=after(change.summary),
        body=new.body and replace(new.body, wording=after(change.body)),
        signature=new.signature and replace(new.signature, wording=after(change.signature)),
    )


def named(found):
    """Each change with both sides, told as one."""
    for each in found.sections:
        if each.kinds:
            yield each.kinds, each.old, each.new
        yield from ((one.kinds, one.old and one.old.item, one.new and one.new.item) for one in each.changes)
        yield from ((one.kinds, one.old, one.new) for one in (*each.ideas, *each.good_practice))
    yield from ((one.kinds, one.old, one.new) for one in (*found.chapters, *found.planned, *found.definitions))


@st.composite
def editions(draw):
    """A catalogue with chapters that have all their texts, and a plan."""
    chapters = draw(st.lists(st.sampled_from("abcde"), unique=True))
    return replace(
        draw(catalogues()),
        chapters=tuple(
            CatalogueChapter(
                chapter=number,
                title=draw(WORDS),
                slug=slug,
                content=draw(st.sampled_from([ChapterContent.TEXT, ChapterContent.FOREWORD])),
                body=draw(st.none() | st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join).map(text)),
                signature=draw(st.none() | WORDS.map(text)),
                **worded(draw(WORDS)),
            )
            for number, slug in enumerate(chapters, 1)
        ),
        planned=tuple(
            PlannedSection(slug=slug, kind=SectionKind.FIELD, title=draw(WORDS), focus=draw(st.just("") | WORDS))
            for slug in draw(st.lists(st.sampled_from(["sprache", "gesundheit"]), unique=True))
        ),
    )


def text(wording):
    return Worded(**worded(wording))


@st.composite
def pairs(draw):
    """Two editions; what is new in the second may follow from what is gone of the first."""
    old, new = draw(editions()), draw(editions())
    olds = sorted({item.code for item in (*old.goals, *old.measures)})

    def following(item):
        known = [code for code in olds if code[0] == item.code[0] and code < item.code]
        chosen = (
            draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known and item.code not in olds else []
        )
        return replace(item, follows=tuple(sorted(chosen)))

    sections = [
        replace(each, goals=tuple(map(following, each.goals)), measures=tuple(map(following, each.measures)))
        for each in new.sections
    ]
    return old, replace(new, sections=numbered(sections))


@settings(max_examples=60)
@given(pairs())
def test_applying_the_second_method_to_the_old_gives_the_new(pair):
    old, new = pair
    found = METHODS[2](old, new, {})

    assert apply(old, found) == content(new)
    for kinds, one, other in named(found):
        assert kinds
        assert one is None or other is None or one != other
        assert (Kind.ADDED in kinds, Kind.DROPPED in kinds) == (one is None, other is None)
    for section_changes in found.sections:
        for group in section_changes.regrouped:
            assert {place.item.code for place in group.old}.isdisjoint(
                each.code for each in (*new.goals, *new.measures)
            )
            assert all(step.old.item.code in step.new.item.follows for step in group.steps)


@settings(max_examples=40)
@given(editions())
def test_the_second_method_finds_nothing_between_equals(edition):
    found = METHODS[2](edition, edition, {})

    assert (found.sections, found.chapters, found.planned, found.definitions) == ((), (), (), ())


def test_long_texts_are_compared_by_paragraph():
    old, new = "Eins bleibt.\n\nZwei war da.\n\n" + "x " * 3000, "Eins bleibt.\n\nZwei ist da.\n\n" + "y " * 3000

    runs = words_by_paragraph(old, new)

    assert (before(runs), after(runs)) == (old, new)
    assert read(runs, RunKind.SAME) == "Eins bleibt.\n\nZwei  da.\n\n"

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.concept import completeness, queries, services
from app.concept.errors import ChangedMeanwhile, NotPrintable, TermThere
from app.concept.models import Chapter, ConceptPicture, ContentTranslation, GlossaryTerm, Indicator, RoadmapTask
from app.concept.services import ChapterText
from app.concept.stand import stand_of
from app.db import db
from app.process_date import ProcessDate
from app.texts.errors import TextEmpty
from tests.concept.factories import (
    ConceptPictureFactory,
    ContentTranslationFactory,
    DefinitionFactory,
    GlossaryTermFactory,
    GoalFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory


@pytest.fixture(autouse=True)
def working():
    return WorkingEditionFactory()


def written(title="Wozu", **more):
    return ChapterText(**{"title": title, "summary": "Worum es geht.", **more})


def titles():
    return [(each.number, each.title) for each in queries.chapters()]


def test_add_chapter_puts_it_last_or_at_its_place():
    editor = AccountFactory(roles=(Role.EDITOR,))
    for title in ("A", "B"):
        services.add_chapter(written(title), by=editor)

    first = services.add_chapter(written("Vorn"), position=1, by=editor)

    assert titles() == [(1, "Vorn"), (2, "A"), (3, "B")]
    assert (first.slug, first.body, first.summary.current.content) == ("vorn", None, "Worum es geht.")
    assert {entry.actor_id for entry in db.session.scalars(select(AuditEntry))} == {editor.id}


def test_add_chapter_gives_each_an_address_of_its_own():
    slugs = [services.add_chapter(written(title)).slug for title in ("Wozu", "Wozu", "???")]

    assert slugs[:2] == ["wozu", "wozu-2"]
    assert len(set(slugs)) == 3


@pytest.mark.parametrize(("position", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (9, "ABC")])
def test_move_chapter_makes_the_others_room(position, order):
    chapters = [services.add_chapter(written(title)) for title in "ABC"]

    services.move_chapter(chapters[2], position=position, by=None)

    assert titles() == list(enumerate(order, 1))


def test_remove_chapter_closes_the_gap():
    chapters = [services.add_chapter(written(title)) for title in "ABC"]

    services.remove_chapter(chapters[1], by=None)

    assert titles() == [(1, "A"), (2, "C")]


def test_write_chapter_appends_versions_and_empties_what_was_taken_out():
    chapter = services.add_chapter(written(body="Eins.", signature="Erika Beispiel"))
    text = chapter.body

    services.write_chapter(chapter, written("Anders", summary="Neu.", body="Zwei."), by=None)
    assert (chapter.title, chapter.signature, chapter.body) == ("Anders", None, text)
    assert [version.content for version in text.versions] == ["Eins.", "Zwei."]

    services.write_chapter(chapter, written("Anders", summary="Neu."), by=None)
    assert chapter.body is None


def test_write_chapter_refuses_what_somebody_else_changed_meanwhile():
    chapter = services.add_chapter(written(body="Eins."))
    seen = stand_of(chapter)
    services.write_chapter(chapter, written(body="Von jemand anderem."), by=None, expected_stand=seen)

    with pytest.raises(ChangedMeanwhile):
        services.write_chapter(chapter, written(body="Von mir."), by=None, expected_stand=seen)

    assert chapter.body.current.content == "Von jemand anderem."


def test_references_by_number_stay_with_their_chapter_when_it_moves():
    target = services.add_chapter(written("Zahlen"))
    chapter = services.add_chapter(written(body="Siehe [[kapitel:1]]."))

    services.move_chapter(target, position=2, by=None)

    assert chapter.body.current.content == "Siehe [[kapitel:zahlen]]."


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("[[Z-099]]", "Worauf [[Z-099]] verweist, steht nicht in der Arbeitsfassung."),
        ("[[kapitel:9]]", "Worauf [[kapitel:9]] verweist, steht nicht in der Arbeitsfassung."),
        ("![Alt](bild:99)", "Ein Bild mit der Nummer 99 gibt es nicht."),
        (
            "Im Satz ![Alt](bild:7) geht nicht",
            "Ein Bild steht in einem Absatz für sich und heißt ![Beschreibung](bild:Nummer).",
        ),
        (
            "![Alt](https://example.org/x.jpg)",
            "Ein Bild steht in einem Absatz für sich und heißt ![Beschreibung](bild:Nummer).",
        ),
    ],
)
def test_add_chapter_refuses_what_cannot_be_printed(body, problem):
    with pytest.raises(NotPrintable) as refused:
        services.add_chapter(written(body=body))

    assert (refused.value.problems, titles()) == ([problem], [])


def test_a_picture_without_words_is_refused():
    picture = ConceptPictureFactory()

    with pytest.raises(NotPrintable) as refused:
        services.add_chapter(written(body=f"![]({'bild'}:{picture.number})"))

    assert refused.value.problems == [
        f"Beschreiben Sie, was auf dem Bild {picture.number} zu sehen ist: ![Beschreibung](bild:{picture.number})."
    ]


def test_a_chapter_needs_a_summary():
    with pytest.raises(TextEmpty):
        services.add_chapter(written(summary=" "))

    assert db.session.scalars(select(Chapter)).all() == []


def test_completeness_names_references_that_lead_nowhere_any_more():
    goal = GoalFactory(section=SectionFactory(title="Sprache"), code="Z-001")
    services.add_chapter(written(body="Siehe [[Z-001]]."))
    services.drop_goal(goal, reason="Überholt", by=None)

    assert completeness.shortcomings(queries.working_catalogue())[-1] == (
        "Kapitel 1 verweist auf Z-001; das steht nicht in dieser Fassung."
    )


def test_entries_are_added_changed_and_taken_out(working):
    term = services.add_entry(GlossaryTerm, by=None, term="Teilhabe", plain="Alle machen mit.", easy="")
    values = {"title": "Kurse", "value": 12, "unit": "Kurse", "source": "Amt", "municipality": None}
    indicators = [services.add_entry(Indicator, by=None, as_of=date(2017, 6, 30), **values) for _ in range(2)]
    task = services.add_entry(RoadmapTask, by=None, title="Drucken", due=ProcessDate("2018"), responsible=None)

    services.change_entry(term, by=None, expected_stand=stand_of(term), term="Teilhabe", plain="Mitmachen.", easy="")

    assert [each.slug for each in indicators] == ["kurse-2017-06-30", "kurse-2017-06-30-2"]
    assert (term.plain, task.position, task.concept_id) == ("Mitmachen.", 1, working.concept_id)
    services.remove_entry(term, by=None)
    assert db.session.scalars(select(GlossaryTerm)).all() == []


def test_a_word_stands_in_the_glossary_once():
    GlossaryTermFactory(term="Teilhabe")
    other = GlossaryTermFactory(term="Ehrenamt")

    with pytest.raises(TermThere):
        services.add_entry(GlossaryTerm, by=None, term="Teilhabe", plain="Noch einmal.", easy="")
    with pytest.raises(TermThere):
        services.change_entry(other, by=None, expected_stand=stand_of(other), term="Teilhabe", plain="x", easy="")


def test_change_entry_refuses_what_somebody_else_changed_meanwhile():
    term = GlossaryTermFactory(term="Teilhabe", plain="Alt.")
    seen = stand_of(term)
    services.change_entry(term, by=None, expected_stand=seen, term="Teilhabe", plain="Neu.", easy="")

    with pytest.raises(ChangedMeanwhile):
        services.change_entry(term, by=None, expected_stand=seen, term="Teilhabe", plain="Von mir.", easy="")

    assert term.plain == "Neu."


def test_reword_definition_keeps_the_versions_and_notices_others():
    definition = DefinitionFactory(slug="integration")
    seen = stand_of(definition)
    words = {"title": "Integration", "source": "", "by": None}

    services.reword_definition(definition, wording="Neu.", expected_stand=seen, **words)

    assert [version.content for version in definition.text.versions] == ["Der Begriff bedeutet etwas.", "Neu."]
    with pytest.raises(ChangedMeanwhile):
        services.reword_definition(definition, wording="Von mir.", expected_stand=seen, **words)


@pytest.mark.parametrize("model", [ConceptPicture, ContentTranslation])
@pytest.mark.parametrize("change", [delete, lambda model: update(model).values(id=9999)])
def test_database_refuses_to_change_what_editions_show(model, change):
    ConceptPictureFactory()
    ContentTranslationFactory()
    db.session.flush()

    with pytest.raises(IntegrityError, match="append-only"):
        db.session.execute(change(model))

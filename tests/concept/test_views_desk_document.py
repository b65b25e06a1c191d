import io

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.models import ChapterContent, ConceptPicture, GlossaryTerm, Indicator, ProcessStep, RoadmapTask
from app.concept.services import ChapterText
from app.concept.stand import stand_of
from app.db import db, now
from app.process_date import ProcessDate
from tests.concept.factories import (
    DefinitionFactory,
    EditionFactory,
    GlossaryTermFactory,
    GoalFactory,
    RoadmapTaskFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import filled
from tests.council.factories import PaperFactory
from tests.events.test_pictures import picture
from tests.factories import AccountFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

DESK = "/verwaltung/konzept"
FIELDS = {"title": "Wozu", "summary": "Worum es geht.", "content": "text", "body": "Ein Text."}


@pytest.fixture
def editor(client):
    WorkingEditionFactory()
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    return client


@pytest.fixture
def chapter(editor):
    return services.add_chapter(ChapterText(title="Wozu", summary="Worum es geht.", body="Eins."))


def words(tag):
    return " ".join(tag.text.split())


def test_add_writes_a_chapter(editor):
    response = editor.post(f"{DESK}/kapitel/neu", data={**FIELDS, "content": "structures", "as_of": "2017-12-01"})

    [chapter] = queries.chapters()
    assert (response.status_code, response.location) == (303, f"{DESK}/kapitel#kapitel-{chapter.id}")
    assert (chapter.content, chapter.as_of.isoformat()) == (ChapterContent.STRUCTURES, "2017-12-01")
    assert chapter.body.current.content == "Ein Text."


def test_add_says_at_the_field_what_cannot_be_printed_and_keeps_what_was_typed(editor):
    page = editor.page(f"{DESK}/kapitel/neu", 422, "POST", data={**FIELDS, "body": "Siehe [[Z-099]]."})

    assert words(page.select_one("#body-error")).endswith(
        "Worauf [[Z-099]] verweist, steht nicht in der Arbeitsfassung."
    )
    assert page.select_one("#body").text.strip() == "Siehe [[Z-099]]."
    assert queries.chapters() == []


def test_preview_shows_the_text_and_saves_nothing(editor, chapter):
    GoalFactory(section=SectionFactory(), code="Z-001")
    data = {**FIELDS, "body": "## Neu\n\n<b>Siehe</b> [[Z-001]].", "stand": stand_of(chapter)}

    page = editor.page(f"{DESK}/kapitel/{chapter.id}/vorschau", method="POST", data=data)

    preview = page.select_one(".desk-preview")
    assert [words(each) for each in preview.select("h3, p:not(.muted)")] == ["Neu", "<b>Siehe</b> Unterziel 1.1."]
    assert page.select_one("[name=stand]")["value"] == stand_of(chapter)
    assert page.select_one("#body").text.strip() == "## Neu\r\n\r\n<b>Siehe</b> [[Z-001]].".replace("\r", "")
    assert chapter.body.current.content == "Eins."


def test_edit_saves_what_was_written(editor, chapter):
    page = editor.page(f"{DESK}/kapitel/{chapter.id}")
    stand = page.select_one("[name=stand]")["value"]

    response = editor.post(f"{DESK}/kapitel/{chapter.id}", data={**FIELDS, "body": "Zwei.", "stand": stand})

    assert (response.status_code, chapter.body.current.content) == (303, "Zwei.")


@pytest.mark.parametrize("stand", [{"stand": "veraltet"}, {}])
def test_edit_shows_both_texts_when_somebody_else_wrote(editor, chapter, stand):
    page = editor.page(f"{DESK}/kapitel/{chapter.id}", 409, "POST", data={**FIELDS, "body": "Von mir.", **stand})

    assert [words(each) for each in page.select(".current-text")] == ["Worum es geht.", "Eins."]
    assert (page.select_one("#body").text.strip(), page.select_one("[name=stand]")["value"]) == (
        "Von mir.",
        stand_of(chapter),
    )
    assert chapter.body.current.content == "Eins."


def test_move_and_remove_change_the_order(editor, chapter):
    other = services.add_chapter(ChapterText(title="Zahlen", summary="Was wir zählen."))
    assert [words(each) for each in editor.page(f"{DESK}/kapitel").select("h2")][:2] == ["1 Wozu", "2 Zahlen"]

    assert editor.post(f"{DESK}/kapitel/{other.id}/platz", data={"position": "1"}).status_code == 303
    assert [each.title for each in queries.chapters()] == ["Zahlen", "Wozu"]

    editor.page(f"{DESK}/kapitel/{other.id}/streichung")
    assert editor.post(f"{DESK}/kapitel/{other.id}/streichung").status_code == 303
    assert [(each.number, each.title) for each in queries.chapters()] == [(1, "Wozu")]


@pytest.mark.parametrize("position", ["", "0", "viele", "99999999999999999999"])
def test_move_says_what_a_place_is(editor, chapter, position):
    editor.post(f"{DESK}/kapitel/{chapter.id}/platz", data={"position": position})

    assert "Ein Platz ist eine Zahl ab 1." in words(editor.page(f"{DESK}/kapitel"))


@pytest.mark.parametrize(
    ("noun", "data", "model", "expected"),
    [
        (
            "glossar",
            {"term": "Teilhabe", "plain": "Mitmachen.", "easy": "Alle machen mit."},
            GlossaryTerm,
            {"term": "Teilhabe", "plain": "Mitmachen.", "easy": "Alle machen mit."},
        ),
        (
            "kennzahlen",
            {
                "title": "Kurse",
                "value": "1.234,5",
                "unit": "Stück",
                "as_of": "2017-06-30",
                "source": "Amt",
                "municipality": "08335043",
            },
            Indicator,
            {"title": "Kurse", "value": 1234.5, "unit": "Stück"},
        ),
        (
            "ablauf",
            {"number": "5", "title": "Dialog", "held": "seit April 2017", "note": "", "organization": ""},
            ProcessStep,
            {"number": 5, "title": "Dialog", "held": ProcessDate("2017-04/.."), "organization": None},
        ),
        (
            "aufgaben",
            {"title": "Drucken", "due": "Februar/März 2018", "responsible": ""},
            RoadmapTask,
            {"title": "Drucken", "due": ProcessDate("2018-02..2018-03"), "responsible": None},
        ),
    ],
)
def test_entries_are_written_changed_and_taken_out(editor, noun, data, model, expected):
    MunicipalityFactory(ags="08335043")
    assert editor.post(f"{DESK}/{noun}/neu", data=data).status_code == 303
    [row] = db.session.scalars(select(model))
    assert {name: getattr(row, name) for name in expected} == expected

    page = editor.page(f"{DESK}/{noun}/{row.id}")
    stand = page.select_one("[name=stand]")["value"]
    kept = {name: page.select_one(f"#{name}").get("value") or data[name] for name in data}
    assert editor.post(f"{DESK}/{noun}/{row.id}", data={**kept, "stand": stand}).status_code == 303
    assert {name: getattr(row, name) for name in expected} == expected

    assert editor.page(f"{DESK}/{noun}/{row.id}", 409, "POST", data={**data, "stand": "veraltet"})
    editor.page(f"{DESK}/{noun}")
    editor.page(f"{DESK}/{noun}/{row.id}/streichung")
    assert editor.post(f"{DESK}/{noun}/{row.id}/streichung").status_code == 303
    assert db.session.scalars(select(model)).all() == []


def test_a_step_leads_to_its_paper_and_its_edition(editor):
    paper = PaperFactory(number="2016/114", sent_at=now())
    edition = EditionFactory(number="1.0", title="Rahmenkonzept")
    data = {"number": "3", "title": "Verabschiedung", "held": "Juli 2016", "note": "", "organization": ""}
    sent = {**data, "paper": paper.slug, "edition": edition.slug}

    assert editor.post(f"{DESK}/ablauf/neu", data=sent).status_code == 303

    links = [link["href"] for link in editor.page("/prozess").select(".timeline a")]
    assert links == [f"/vorlagen/{paper.id}", f"/konzept/{edition.slug}"]
    [step] = db.session.scalars(select(ProcessStep))
    form = filled(editor.page(f"{DESK}/ablauf/{step.id}"))
    assert (form["paper"], form["edition"]) == (paper.slug, edition.slug)


def test_who_was_dissolved_gets_no_new_task_keeps_its_own_and_stands_in_steps_of_the_past(editor):
    gone = OrganizationFactory(slug="runde", name="Expertenrunde", dissolved=ProcessDate("2016-12"))
    there = OrganizationFactory(slug="referat", name="Referat")
    task = RoadmapTaskFactory(responsible=gone)

    def offered(path, field):
        return [
            each["value"] for each in editor.page(f"{DESK}/{path}").select(f"#{field} option[value]:not([value=''])")
        ]

    assert offered("aufgaben/neu", "responsible") == [there.slug]
    assert offered(f"aufgaben/{task.id}", "responsible") == [gone.slug, there.slug]
    assert offered("ablauf/neu", "organization") == [gone.slug, there.slug]


@pytest.mark.parametrize("value", ["viele", "NaN", "1e99", "99999999999999"])
def test_a_figure_that_is_no_number_is_refused_at_its_field(editor, value):
    data = {"title": "Kurse", "value": value, "unit": "Stück", "as_of": "2017-06-30", "source": "Amt"}

    page = editor.page(f"{DESK}/kennzahlen/neu", 422, "POST", data={**data, "municipality": ""})

    assert (page.select_one("#value")["value"], bool(page.select_one("#value-error"))) == (value, True)


def test_a_word_that_is_there_is_refused_at_its_field(editor):
    GlossaryTermFactory(term="Teilhabe")

    page = editor.page(f"{DESK}/glossar/neu", 422, "POST", data={"term": "Teilhabe", "plain": "x"})

    assert words(page.select_one("#term-error")).endswith("Diesen Begriff gibt es im Glossar schon.")


def test_a_number_that_another_step_has_is_refused_at_its_field(editor):
    data = {"number": "5", "title": "Dialog", "held": "", "note": "", "organization": ""}
    assert editor.post(f"{DESK}/ablauf/neu", data=data).status_code == 303

    page = editor.page(f"{DESK}/ablauf/neu", 422, "POST", data=data)

    assert words(page.select_one("#number-error")).endswith("Diese Nummer hat schon ein anderer Schritt.")


def test_a_definition_is_added_under_a_slug_of_its_own(editor):
    data = {"title": "Integration", "wording": "Alle gehören dazu.", "source": ""}

    editor.page(f"{DESK}/verstaendnis/neu")
    for _ in range(2):
        assert editor.post(f"{DESK}/verstaendnis/neu", data=data).status_code == 303
    page = editor.page(f"{DESK}/verstaendnis/neu", 422, "POST", data={**data, "wording": ""})

    assert page.select_one("#wording-error")
    found = queries.working_catalogue().definitions
    assert [(each.slug, each.wording) for each in found] == [
        ("integration", "Alle gehören dazu."),
        ("integration-2", "Alle gehören dazu."),
    ]


def test_the_definition_is_reworded_in_one_place(editor):
    definition = DefinitionFactory(slug="integration", title="Integration")
    data = {"title": "Integration", "wording": "Neu gefasst.", "source": "", "stand": stand_of(definition)}

    editor.page(f"{DESK}/verstaendnis/integration")
    assert editor.post(f"{DESK}/verstaendnis/integration", data=data).status_code == 303
    assert definition.text.current.content == "Neu gefasst."
    page = editor.page(f"{DESK}/verstaendnis/integration", 409, "POST", data={**data, "wording": "Von mir."})
    assert words(page.select_one(".current-text")) == "Neu gefasst."


def test_a_picture_gets_a_number_once(editor):
    def send(content):
        return {"file": (io.BytesIO(content), "bild.jpg"), "title": "Am Tisch", "source": ""}

    assert editor.post(f"{DESK}/bilder", data=send(picture())).status_code == 303
    [stored] = db.session.scalars(select(ConceptPicture))
    page = editor.page(f"{DESK}/bilder", 422, "POST", data=send(picture()))
    assert words(page.select_one("#file-error")).endswith(
        f"Dieses Bild gibt es schon: Es hat die Nummer {stored.number}."
    )
    page = editor.page(f"{DESK}/bilder", 422, "POST", data=send(b"kein Bild"))
    assert page.select_one("#file-error")


@pytest.mark.parametrize(
    "path",
    [
        "kapitel",
        "kapitel/neu",
        "kapitel/1",
        "glossar",
        "kennzahlen/neu",
        "aufgaben/1",
        "bilder",
        "verstaendnis/x",
        "verstaendnis/neu",
    ],
)
def test_an_organiser_may_not_write_the_document(client, path):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    assert client.get(f"{DESK}/{path}").status_code == 403

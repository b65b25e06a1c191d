"""Numbered drafts: read as they were laid out, compared with each other, with what was suggested behind each change."""

from app.concept import services
from app.concept.queries import find_working_edition
from app.concept.services import ChapterText
from app.db import now
from app.drafting.models import DispositionOutcome
from app.drafting.services import dispositions, hearings
from app.local_time import day_of
from tests.drafting.factories import SuggestionFactory, goal


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def lay_out(title):
    day = day_of(now())
    return hearings.lay_out(title=title, opens_on=day, closes_on=day, by=None)


def test_two_drafts_are_compared_with_the_suggestions_behind_each_change(client):
    owner, other = goal(), goal("Alle wohnen.")
    chapter = services.add_chapter(ChapterText(title="Wozu", summary="Kurz", body="Lang"), by=None)
    first = lay_out("Erster")
    taken, refused = (SuggestionFactory(owner=owner, hearing=first) for _each in "ab")
    dispositions.dispose([refused], outcome=DispositionOutcome.NOT_ADOPTED, reason="Das ist dasselbe.", by=None)
    dispositions.incorporate(
        taken,
        wording="Alle lernen Deutsch. Kurse kosten nichts.",
        outcome=DispositionOutcome.ADOPTED,
        reason="So versteht man es.",
        by=None,
        expected_version_id=owner.text.current.id,
    )
    services.write_chapter(chapter, ChapterText(title="Wozu", summary="Kurz", body="Länger"), by=None)
    second = lay_out("Zweiter")
    services.reword_goal(other, wording="Alle wohnen gut.", reason="Später", by=None)

    page = client.page("/konzept/vergleich?von=entwurf-2&bis=entwurf-1")

    assert texts(page, ".lead") == ["Von „Entwurf 1“ zu „Entwurf 2“"]
    assert texts(page, ".concept-change h3") == ["Unterziel 1.1 neu gefasst", "1 Wozu neu gefasst"]
    assert texts(page, ".suggestions-behind li") == [
        f"Anregung {taken.id} · eine Person eingearbeitet So versteht man es."
    ]
    beside = client.page("/konzept/vergleich?von=entwurf-1&bis=entwurf-2&ansicht=nebeneinander")
    assert texts(beside, ".diff-beside .diff") == [
        "Alle lernen Deutsch. Kurse gestrichen: sind kostenlos; .",
        "Alle lernen Deutsch. Kurse neu: kosten nichts; .",
        "gestrichen: Lang;",
        "neu: Länger;",
    ]
    assert texts(client.page("/konzept/vergleich?von=entwurf-2&bis=arbeitsfassung"), "ins") == ["neu: gut;"]
    assert [first.slug, second.slug] == ["entwurf-1", "entwurf-2"]


def test_a_draft_is_read_as_it_was_laid_out(client):
    owner = goal()
    lay_out("Erster")
    services.reword_goal(owner, wording="Alle lernen schnell.", reason="Später", by=None)
    section = owner.placement.section.slug

    page = client.page(f"/konzept/entwurf-1/{section}")

    assert texts(page, ".concept-goal h3") == ["1.1 Alle lernen Deutsch. Kurse sind kostenlos."]
    assert texts(page, ".notice a, .kern-alert a") == ["Was dazu angeregt wurde", "Was sich seither geändert hat"]
    title = find_working_edition().concept.title
    assert texts(client.page("/konzept/entwurf-1"), "h1") == [f"Entwurf 1: {title}"]
    assert client.get("/konzept/entwurf-1/konzept.pdf").data[:5] == b"%PDF-"
    for missing in (
        "entwurf-2",
        "entwurf-01",
        "entwurf-1/anlage-2",
        "entwurf-1/anlage-2.csv",
        "entwurf-1/konzept.json",
    ):
        assert client.get(f"/konzept/{missing}").status_code == 404

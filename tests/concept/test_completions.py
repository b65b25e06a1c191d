from datetime import UTC, date, datetime

import pytest

from app.accounts.models import Role
from app.concept import changed, origins, queries, services
from app.concept.errors import AnotherConcept, ChangedMeanwhile, Incomplete, NotCorrectable, NothingChanged
from app.concept.models import ChapterContent, ConceptKind, Effect, GoalKind, Standing
from app.concept.passages import passages
from app.concept.services import ChapterText
from app.concept.services.changed import completed, stand_of_catalogue
from app.council.models import Outcome
from app.db import now
from app.errors import SecondPersonNeeded
from app.process_date import ProcessDate
from tests.concept.factories import (
    GlossaryTermFactory,
    GoalFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import texts
from tests.council.factories import ConsultationFactory, ConsultationMeetingFactory, PaperFactory
from tests.factories import AccountFactory

FIRST = {"slug": "2017-konzept-1.0", "number": "1.0", "title": "Konzept", "reason": "Der Anfang."}
FOREWORD = ChapterText(
    title="Vorwort",
    summary="Was der Landrat sagt.",
    body="Liebe Leserinnen und Leser",
    content=ChapterContent.FOREWORD,
    signature="Erika Beispiel\nLandrätin",
)


@pytest.fixture
def adopted():
    """An adopted edition with one chapter; by now the working edition has a foreword and another wording of a goal."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, code=f"Z-00{n}", wording=f"Das Unterziel {n} ist erreicht.") for n in (2, 3)]
    MeasureFactory(section=section, section__goals=goals, code="M-001", wording="Wir bieten Kurse an.")
    services.add_chapter(ChapterText(title="Wozu", summary="Wozu es gut ist.", body="Ein Text."))
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    ConsultationMeetingFactory(consultation=consultation, meeting__day=date(2017, 11, 27))
    edition = services.send_paper(consultation.paper, **FIRST, by=None, cut_at=datetime(2017, 11, 20, tzinfo=UTC))
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-12"), by=None
    )
    return edition


@pytest.fixture
def editors():
    return AccountFactory.create_batch(2, roles=(Role.EDITOR,))


def write_foreword():
    services.add_chapter(FOREWORD, position=1)
    GlossaryTermFactory(term="Teilhabe")
    services.reword_goal(queries.get_goal("Z-002"), wording="Längst anders.", reason="Dialog", by=None)


def stand(edition):
    return stand_of_catalogue(completed(edition, now()))


def test_a_foreword_comes_into_the_adopted_edition_and_what_was_adopted_stays(adopted, editors):
    write_foreword()
    change = services.propose_completion(adopted, reason="Das Vorwort lag im Februar vor.", by=editors[0])
    with pytest.raises(SecondPersonNeeded):
        services.confirm_change(change, by=editors[0], expected_stand=stand(adopted))

    edition = services.confirm_change(change, by=editors[1], expected_stand=stand(adopted))

    before, after = queries.catalogue_of(adopted), queries.catalogue_of(edition)
    assert (edition.slug, edition.number) == ("2017-konzept-1.0.1", "1.0.1")
    assert (after.sections, after.definitions) == (before.sections, before.definitions)
    assert [(each.chapter, each.title) for each in after.chapters] == [(1, "Vorwort"), (2, "Wozu")]
    assert [each.term for each in after.surroundings.terms] == ["Teilhabe"]
    standings = queries.standings([adopted, edition])
    assert (standings[adopted.id], standings[edition.id]) == (Standing.SUPERSEDED, Standing.ADOPTED)
    assert [each.effect for each in origins.decided(edition, origins.origins()).adoptions] == [Effect.FINAL]
    assert [each.name for each in passages(queries.working_catalogue()) if "anders" in each.text.wording] != []


def test_only_what_the_second_person_has_read_goes_out(adopted, editors):
    write_foreword()
    change = services.propose_completion(adopted, reason="Vorwort", by=editors[0])
    read = stand(adopted)
    services.add_chapter(ChapterText(title="Dank", summary="Wem wir danken.", body="Allen."))

    for expected in (read, None):
        with pytest.raises(ChangedMeanwhile):
            services.confirm_change(change, by=editors[1], expected_stand=expected)


def test_words_that_wait_and_references_that_lead_nowhere_go_into_no_print(adopted, editors):
    goal = services.add_goal(section=queries.get_goal("Z-001").placement.section, wording="Neu.", reason="", by=None)
    signed = ChapterText(title="Mehr", summary="Mehr.", body=f"Siehe [[{goal.code}]].", signature="Erika Beispiel")
    services.add_chapter(signed, by=editors[0])

    with pytest.raises(Incomplete) as refused:
        services.propose_completion(adopted, reason="Vorwort", by=editors[0])

    assert refused.value.shortcomings == [
        f"Kapitel 2 verweist auf {goal.code}; das steht nicht in dieser Fassung.",
        "Kapitel 2, Zusammenfassung: Eine zweite Person hat den Wortlaut noch nicht freigegeben.",
        "Kapitel 2, Text: Eine zweite Person hat den Wortlaut noch nicht freigegeben.",
        "Kapitel 2, Unterschrift: Eine zweite Person hat den Wortlaut noch nicht freigegeben.",
    ]


def test_there_has_to_be_something_to_complete_in_an_edition_that_holds(adopted, editors):
    with pytest.raises(NothingChanged):
        services.propose_completion(adopted, reason="Vorwort", by=editors[0])
    write_foreword()
    change = services.propose_completion(adopted, reason="Vorwort", by=editors[0])
    edition = services.confirm_change(change, by=editors[1], expected_stand=stand(adopted))
    with pytest.raises(NotCorrectable):
        services.propose_completion(adopted, reason="Noch einmal", by=editors[0])
    services.found_concept(title="Ein anderes", kind=ConceptKind.OVERALL, by=None)
    with pytest.raises(AnotherConcept):
        services.propose_completion(edition, reason="Noch einmal", by=editors[0])


def test_chapters_that_move_are_told_once(adopted):
    services.add_chapter(ChapterText(title="Ziele", summary="Was wir wollen."))
    services.add_chapter(ChapterText(title="Dank", summary="Wem wir danken."))
    before = queries.working_catalogue()
    services.move_chapter(queries.chapters()[2], position=1, by=None)

    [found] = changed.differences(before, queries.working_catalogue())

    assert found == ("Reihenfolge der Kapitel", "Wozu\n\nZiele\n\nDank", "Dank\n\nWozu\n\nZiele")


def test_it_goes_from_the_page_of_the_edition_over_a_second_person_into_print(client, adopted, editors):
    write_foreword()
    client.sign_in(editors[0])
    address = "/verwaltung/konzept/2017-konzept-1.0/druckfassung"
    assert address in [link["href"] for link in client.page("/konzept/2017-konzept-1.0").select("aside a")]
    page = client.page(address)
    assert texts(page, ".concept-change h2") == [
        *("1 Vorwort: Titel", "1 Vorwort: Zusammenfassung", "1 Vorwort: Text", "1 Vorwort: Unterschrift"),
        "1 Vorwort: danach folgt",
    ]
    assert "Auf dem Stand der Arbeitsfassung sind dann auch: Glossar." in page.text
    client.page(address, 422, "POST", data={"reason": ""})
    waiting = client.post(address, data={"reason": "Das Vorwort liegt vor."}).location
    assert client.get(address).location == waiting
    assert texts(client.page(waiting), "form.confirm button") == []

    client.sign_in(editors[1])
    assert "(für den Druck ergänzt)" in client.page("/verwaltung/konzept/freigabe").text
    sent = {tag["name"]: tag["value"] for tag in client.page(waiting).select("form.confirm input[type=hidden]")}
    assert client.post(f"{waiting}/bestaetigung", data=sent).location == "/konzept/2017-konzept-1.0.1"
    shown = client.page("/konzept/2017-konzept-1.0.1")
    assert "Die Kapitel der Fassung 1.0 sind für den Druck ergänzt" in shown.text
    assert "Diese Fassung ist für den Druck ergänzt." in client.page("/konzept/2017-konzept-1.0").text
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    client.page(address, 403)


def test_what_cannot_be_completed_any_more_is_told_and_can_be_thrown_away(client, adopted, editors):
    write_foreword()
    change = services.propose_completion(adopted, reason="Vorwort", by=editors[0])
    services.found_concept(title="Das nächste Konzept", kind=ConceptKind.CONTINUATION, by=None)
    editors[0].name = ""  # as it is once the account was erased
    client.sign_in(editors[1])
    address = f"/verwaltung/konzept/aenderungen/{change.id}"

    page = client.page(address)

    assert [" ".join(each.text.split()) for each in page.select("form.confirm button")] == []
    assert page.select(f"form[action='{address}/rueckzug']")
    assert "ein gelöschtes Konto" in page.text
    assert client.post(f"{address}/rueckzug").status_code == 303

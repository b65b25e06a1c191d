import pytest

from app.accounts.models import Role
from app.concept import queries, services, translated
from app.concept.errors import ChangedMeanwhile
from app.concept.models import TranslationState
from tests.concept.factories import ContentTranslationFactory, GoalFactory, SectionFactory, WorkingEditionFactory
from tests.factories import AccountFactory

DESK = "/verwaltung/konzept/uebersetzungen"


@pytest.fixture
def goal():
    WorkingEditionFactory()
    return GoalFactory(section=SectionFactory(title="Sprache"), code="Z-001", wording="Alle lernen Deutsch.")


@pytest.fixture
def editor(client, goal):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    return client


def state(goal):
    version = goal.text.current
    return translated.work_list([version.id], "ar")[version.id].state


def words(tag):
    return " ".join(tag.text.split())


def test_a_translation_is_missing_then_there_then_outdated(goal):
    assert state(goal) == TranslationState.MISSING
    services.translate(goal.text.current, language="ar", wording="مثال", is_machine=True, by=None)
    assert state(goal) == TranslationState.MACHINE
    services.translate(goal.text.current, language="ar", wording="مثال أفضل", by=None)
    assert state(goal) == TranslationState.HUMAN

    services.reword_goal(goal, wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=None)

    assert state(goal) == TranslationState.OUTDATED
    first = goal.text.versions[0]
    assert translated.translations_of([first.id], "ar")[first.id].version.content == "مثال أفضل"


def test_translate_refuses_a_version_that_was_overtaken(goal):
    seen = goal.text.current
    services.reword_goal(goal, wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=None)

    with pytest.raises(ChangedMeanwhile):
        services.translate(seen, language="ar", wording="مثال", by=None)

    assert state(goal) == TranslationState.MISSING


def test_another_language_does_not_count(goal):
    ContentTranslationFactory(source=goal.text.current, language="tr", wording="Örnek")

    assert state(goal) == TranslationState.MISSING
    assert translated.languages([goal.text.current.id]) == {"tr": 1}


def test_the_work_list_leads_to_both_texts_side_by_side(editor, goal):
    listed = editor.page(f"{DESK}/ar")
    [link] = listed.select(".concept-items a")

    page = editor.page(link["href"])
    assert (words(page.h1), words(page.select_one(".current-text"))) == (
        "Unterziel 1.1 (Z-001): Arabisch",
        "Alle lernen Deutsch.",
    )
    assert editor.post(link["href"], data={"wording": "مثال"}).status_code == 303
    assert (state(goal), editor.page(link["href"]).select_one("#wording").text.strip()) == (
        TranslationState.HUMAN,
        "مثال",
    )
    row = next(each for each in editor.page(DESK).select("tbody tr") if "Arabisch" in each.text)
    assert [words(cell) for cell in row.select("td")] == ["0", "0", "0", "1"]


def test_a_translation_of_a_text_that_was_changed_meanwhile_is_kept_beside_the_new_one(editor, goal):
    seen = goal.text.current.id
    services.reword_goal(goal, wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=None)

    page = editor.page(f"{DESK}/ar/{seen}", 409, "POST", data={"wording": "مثال"})

    assert (words(page.select_one(".side-by-side .current-text")), page.select_one("#wording").text.strip()) == (
        "Wer will, lernt Deutsch.",
        "مثال",
    )
    assert state(goal) == TranslationState.MISSING


def test_names_are_translated_one_by_one_and_corrected(editor, goal):
    for wording in ("اللغ", "اللغة"):
        assert editor.post(f"{DESK}/ar/namen", data={"phrase": "Sprache", "wording": wording}).status_code == 303

    page = editor.page(f"{DESK}/ar/namen")
    assert {words(each.label): each.select_one("[name=wording]")["value"] for each in page.select(".desk-phrase")}[
        "Sprache"
    ] == "اللغة"
    editor.page(f"{DESK}/ar/namen", 422, "POST", data={"phrase": "Sprache", "wording": ""})
    editor.page(f"{DESK}/ar/namen", 404, "POST", data={"phrase": "Steht nirgends", "wording": "x"})


@pytest.mark.parametrize("path", ["xx", "de", "ar/404404"])
def test_what_there_is_not_is_not_found(editor, path):
    editor.page(f"{DESK}/{path}", 404)


def test_an_organiser_may_not_translate(client, goal):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    assert [client.get(f"{DESK}{path}").status_code for path in ("", "/ar", "/ar/namen")] == [403, 403, 403]
    assert queries.find_working_edition() is not None

import pytest

from app.accounts.models import Role
from app.concept import services
from app.concept.models import Effect, GoalKind
from tests.concept.factories import AdoptionFactory, GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.drafting.factories import HearingFactory, SuggestionFactory
from tests.factories import AccountFactory

OVERVIEW = "/konzept/arbeitsfassung"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture
def section():
    """In force: two Unterziele and a measure. Since then one was reworded, one dropped, one added."""
    WorkingEditionFactory()
    section = SectionFactory(title="Sprache")
    GoalFactory(kind=GoalKind.OVERALL, section=section)
    kept, gone = (GoalFactory(section=section, wording=wording) for wording in ("Alle lernen.", "Alle wohnen."))
    measure = MeasureFactory(section=section, section__goals=[kept, gone], wording="Kurse.")
    edition = services.cut_edition(slug="k-1.0", number="1.0", title="Konzept", reason="Neu", by=None)
    AdoptionFactory(edition=edition, effect=Effect.FINAL)
    why = {"reason": "Klarer", "by": AccountFactory(roles=(Role.EDITOR,))}
    services.reword_goal(kept, wording="Alle lernen früh.", **why)
    services.reword_measure(measure, wording="Kurse am Abend.", **(why | {"by": None}))
    services.drop_goal(gone, **why)
    services.add_goal(section=section, wording="Alle arbeiten.", **why)
    SuggestionFactory(owner=kept, start=0, stop=4, hearing=None, is_office=True)
    return section


def test_the_working_edition_says_what_is_in_work(client, section):
    page = client.page(OVERVIEW)

    assert texts(page, ".pending-counts li") == [
        "1 neu",
        "2 neu gefasst",
        "1 entfallen",
        "1 umgestellt",
        "2 noch nicht freigegeben",
    ]
    assert texts(page, ".concept-sections .muted") == ["4 Änderungen, eine offene Anregung"]
    assert client.page("/konzept/k-1.0").select(".pending-counts, .pending-mark") == []


def test_a_section_shows_what_is_new_reworded_and_gone(client, section):
    address = f"{OVERVIEW}/{section.slug}"

    page = client.page(address)

    first, second = texts(page, ".concept-goal .pending-mark")
    assert first.startswith("neu gefasst noch nicht freigegeben Alle lernenneu: früh; . eine offene Anregung")
    assert second == "neu noch nicht freigegeben"
    assert texts(page, "h2 + .pending-list .diff") == ["Kurseneu: am Abend; .", "gestrichen: Alle wohnen.;"]
    [switch] = [tag["href"] for tag in page.select("a") if tag.text == "Ohne die Änderungen lesen"]
    plain = client.page(switch)
    assert plain.select("ins, del") == []
    assert "Zeigen, was sich gegenüber der geltenden Fassung ändert" in texts(plain, "main a")


def test_while_a_draft_is_laid_out_every_goal_leads_to_its_suggestions(client, section):
    HearingFactory()

    page = client.page(f"{OVERVIEW}/{section.slug}")

    assert [link.split(":")[0] for link in texts(page, ".pending-mark a")] == [
        "Etwas anregen", "eine offene Anregung", "Etwas anregen"
    ]  # fmt: skip

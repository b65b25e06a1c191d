"""A county's 459 contributions, from the file to the answers; times stand in docs/handbuch.md."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts.models import Role
from app.db import db
from app.proposals.models import Proposal, ProposalState
from tests.e2e.conftest import SIZES, Site
from tests.e2e.test_story import sign_in
from tests.servers import free_port, running_site

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

REAL = Path(__file__).parents[3] / "shared" / "data" / "contributions_moers_2017.csv"
WORDINGS, VOICES = 5, 4
MEETING = "Sozialausschuss"
RECOMMENDED = "20.11.2017"  # a week before that body met


@pytest.fixture
def site(demo_settings) -> Iterator[Site]:
    """A site of its own: what all others said would be in the way."""
    if not REAL.exists():
        pytest.skip("contributions_moers_2017.csv is not beside the repository: ../shared/data")
    environ = {**demo_settings(), "TEILHABE_BASE_URL": f"http://127.0.0.1:{free_port()}"}
    site = Site(environ)
    with running_site(environ):
        yield site
    with site.app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["desktop"])
def page(request, site, browser) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, viewport=SIZES[request.param], locale="de-DE")
    yield context.new_page()
    context.close()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says how long it took: `pytest -s` shows it."""
    start = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - start:.1f} s")  # noqa: T201 -- the figures of the handbook


def test_459_contributions_become_five_answered_wordings(site, page, check_page):
    sign_in(page, site, Role.ORGANISER)
    with step("Einlesen"):
        take_in(page, check_page)
    with step("Veröffentlichen"):
        release_all(page, check_page)
    with step("Gruppen ansehen"):
        page.goto("/verwaltung/zusammenfuehrung")
    check_page()
    with step(f"{WORDINGS * VOICES} Beiträge zu {WORDINGS} Formulierungen"):
        condensed = [condense(page, check_page, number) for number in range(1, WORDINGS + 1)]
    with step("An einen Arbeitskreis geben, Empfehlungen eintragen"):
        recommend(page, check_page, [wording for wording, _voices in condensed])
    with step("Nach der Sitzung entscheiden"):
        decide(page, check_page)
    sign_in(page, site, Role.EDITOR)
    with step("Alle Antworten freigeben"):
        publish(page, check_page)
    answered = everybody_hears(site, page, check_page, [each for _wording, voices in condensed for each in voices])

    assert len(answered) == WORDINGS * VOICES
    with site.app.app_context():
        assert released_of_the_file() == 458


def take_in(page, check_page):
    page.goto("/verwaltung/beitraege/einfuhr")
    page.get_by_label("Datei").set_input_files(REAL)
    page.get_by_label("über die Website").check()
    press(page, "Ansehen, was geschieht")
    expect(page.get_by_text("Der Text fehlt.")).to_be_visible()  # the one row without words
    check_page()
    press(page, "Diese 458 aufnehmen")
    expect(page.get_by_text("458").first).to_be_visible()


def release_all(page, check_page):
    page.goto("/verwaltung/moderation")
    check_page()
    page.get_by_role("link", name="auf einmal veröffentlichen").click()
    check_page()
    press(page, "Veröffentlichen")
    expect(page.get_by_text("Alles geprüft")).to_be_visible()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


GROUPS = """all => all.map(each => [...each.querySelectorAll('input[name=beitrag]')].map(box => box.value))"""


def tick_a_group(page):
    """The first four of the first group that has as many; what was used before is in no group any more."""
    page.goto("/verwaltung/zusammenfuehrung")
    while True:
        groups = page.eval_on_selector_all("details.cluster", GROUPS)
        chosen = next((ids[:VOICES] for ids in groups if len(ids) >= VOICES), None)
        if chosen:
            break
        page.get_by_role("link", name="Weiter").click()
    box = page.locator(f"#beitrag-{chosen[0]}")
    if not box.is_visible():
        box.locator("xpath=ancestor::details/summary").click()
    for each in chosen:
        page.locator(f"#beitrag-{each}").check()
    return chosen


def condense(page, check_page, number):
    chosen = tick_a_group(page)
    press(page, "Ausgewählte zusammenführen")
    for sentence in page.locator("fieldset[data-version] input[name=passage]").all():
        sentence.check()
    wording = f"Wege sollen sicher sein, Gruppe {number}."
    page.get_by_label("Gemeinsame Formulierung").fill(wording)
    page.get_by_label("Thema").select_option(label="Kultur und Freizeit")
    if number == 1:
        check_page()
    press(page, "Speichern")
    expect(page.get_by_text("Die gemeinsame Formulierung ist gespeichert.")).to_be_visible()
    return wording, chosen


def recommend(page, check_page, wordings):
    page.goto("/verwaltung/entscheidungen")
    for wording in wordings:
        page.get_by_label(f"Auswählen: {wording}").check()
    press(page, "Ausgewählte an einen Arbeitskreis geben")
    page.get_by_label("Wer soll etwas empfehlen?").select_option(label="Steuerungsgruppe Integration")
    check_page()
    press(page, "Auf die Liste setzen")
    page.goto("/verwaltung/entscheidungen")
    page.get_by_role("link", name="Arbeitskreise").click()
    page.get_by_role("link", name="Steuerungsgruppe Integration").click()
    check_page()
    page.get_by_role("link", name="Empfehlungen eintragen").click()
    page.get_by_label("Empfohlen am").fill(RECOMMENDED)
    points = page.locator("main section", has_text="Wege sollen sicher sein")
    for number, section in enumerate(points.all(), 1):
        section.get_by_label(re.compile("^Empfehlung")).select_option(label="zurückgestellt")
        section.get_by_label("Begründung").fill(f"Danke. Das prüfen wir im nächsten Jahr ({number}).")
    check_page()
    press(page, "Empfehlungen speichern")


def decide(page, check_page):
    page.goto("/verwaltung/entscheidungen")
    page.get_by_role("link", name="Nach einer Sitzung entscheiden").click()
    meetings = page.get_by_label("Sitzung").locator("option")
    [choice] = [each for each in meetings.all_inner_texts() if MEETING in each][:1]
    page.get_by_label("Sitzung").select_option(label=choice)
    press(page, "Weiter")
    for point in page.locator("main section").all():
        is_ours = "Wege sollen sicher sein" in point.get_by_role("heading").first.inner_text()
        point.get_by_label("Darüber hat die Sitzung entschieden").set_checked(is_ours)
    check_page()
    press(page, "Vorher ansehen")
    check_page()
    press(page, f"{WORDINGS} Entscheidungen speichern")


def publish(page, check_page):
    page.goto("/verwaltung/entscheidungen")
    page.get_by_role("link", name=f"Alle {WORDINGS} Antworten der Sitzung").click()
    check_page()
    press(page, f"Alle {WORDINGS} Antworten veröffentlichen")


def everybody_hears(site, page, check_page, voices):
    """Whoever opens one of the twenty reads its answer, and its own words in the thread; returns their references."""
    page.context.clear_cookies()
    with site.app.app_context():
        ids = [int(each) for each in voices]
        proposals = db.session.scalars(select(Proposal).where(Proposal.id.in_(ids))).all()
        known = {proposal.reference: proposal.text.versions[0].content for proposal in proposals}
    for reference, content in known.items():
        page.goto(f"/vorschlaege/{reference}")
        expect(page.get_by_role("main")).to_contain_text("Danke. Das prüfen wir im nächsten Jahr")
        page.goto(f"/vorschlaege/{reference}/weg")
        expect(page.get_by_role("main")).to_contain_text(" ".join(content.split())[:80])
    check_page()
    return known


def released_of_the_file():
    statement = select(func.count()).select_from(Proposal).where(Proposal.state == ProposalState.RELEASED)
    return db.session.scalar(statement.where(Proposal.source_url != "", Proposal.is_example.is_(False)))

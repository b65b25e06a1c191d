"""The whole story, as a newcomer walks it: from the concept through a registration and three voices to the thread."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.accounts.queries import find_by_email
from app.demo.loading import ACCOUNTS
from tests.servers import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

PHONE = 400  # pixels
VOICES = (
    "Im Rathaus soll jemand sitzen, den man alles fragen kann",
    "Ich brauche Hilfe mit Briefen vom Amt",
    "Where can I ask when I do not understand a letter?",
)


@pytest.fixture
def site(demo_site):
    return demo_site


def sign_in(page: Page, site, role: Role) -> None:
    page.context.clear_cookies()
    with site.app.app_context():
        address = sign_in_address(find_by_email(ACCOUNTS[role][0]))
    page.goto(address)
    page.get_by_role("button", name="Jetzt einloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")


def open_mail(page: Page, site, address: str, path: str) -> None:
    """Follow the link of the newest mail that leads to this kind of page."""
    mail = site.wait_for_mail(address)
    [link] = [link for link in mail.links if path in link]
    page.goto(urlsplit(link).path)


def test_a_newcomer_walks_from_the_concept_to_the_thread(site, page, check_page):
    read_the_concept(page, check_page)
    number = "1.3" if page.viewport_size["width"] < PHONE else "1.4"
    voices = [f"{sentence} ({number})" for sentence in VOICES]
    register(page, site, check_page, f"neu-{number}@example.org")
    contribute(page, site, check_page, voices[0], f"stimme-{number}@example.org")
    write_down_what_a_table_said(page, site, check_page, voices[1:])
    release(page, check_page, voices)
    condense(page, check_page, voices, f"Im Rathaus hilft ein Tisch bei Fragen ({number}).")
    decide(page, check_page, number)
    code = release_the_answer(page, site, check_page, number)
    desk = send_the_paper(page, check_page, number)
    record_the_resolutions(page, check_page, desk)
    read_the_thread(page, check_page, code, voices)
    hear_back(site, f"stimme-{number}@example.org")


def read_the_concept(page, check_page):
    page.goto("/")
    check_page()
    page.get_by_role("link", name="Das Integrationskonzept").click()
    check_page()
    page.get_by_role("link", name="Sprache").first.click()
    check_page()
    page.goto("/gremien")
    check_page()
    page.goto("/prozess")
    expect(page.get_by_text("Mai 2016 bis Juli 2017")).to_be_visible()
    check_page()


def register(page, site, check_page, address):
    page.goto("/")
    page.get_by_role("list", name="Was Sie heute tun können").get_by_role("link").first.click()
    check_page()
    page.get_by_role("main").get_by_role("link", name="Zur Anmeldung").first.click()
    page.get_by_label("Ihr Name").fill("Beispielperson Neu")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_label("Für mich und meine Familie oder Gruppe").check()
    page.get_by_label("Wie viele Personen kommen?").fill("2")
    check_page()
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page).to_have_url(re.compile(r"/anmeldung/gesendet$"))
    check_page()
    open_mail(page, site, address, "/anmeldungen/")
    check_page()
    page.get_by_role("button", name="Ja, ich komme").click()
    check_page()
    expect(page.get_by_text("angemeldet").first).to_be_visible()


def contribute(page, site, check_page, voice, address):
    page.goto("/vorschlaege/neu")
    check_page()
    page.get_by_label("In Zukunft soll").fill(voice)
    page.get_by_text("Hören, was daraus wird").click()
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Absenden").click()
    expect(page).to_have_url(re.compile(r"/vorschlaege/gesendet$"))
    check_page()
    open_mail(page, site, address, "/vorschlaege/bestaetigung/")
    check_page()
    page.get_by_role("main").get_by_role("button").first.click()
    check_page()


def write_down_what_a_table_said(page, site, check_page, voices):
    sign_in(page, site, Role.ORGANISER)
    page.goto("/veranstaltungen")
    page.get_by_role("link", name="An einem Tisch").click()
    page.goto(f"/verwaltung{urlsplit(page.url).path}/tische")
    check_page()
    page.get_by_role("link", name=re.compile("Link zum Mitschreiben, Tisch 1$")).click()
    check_page()
    for voice in voices:
        page.get_by_label("Was wurde gesagt?").fill(voice)
        page.keyboard.press("Enter")
        expect(page.get_by_text(voice)).to_be_visible()
    expect(page.locator("[data-network]")).to_be_hidden()  # all of it is sent
    check_page()


def release(page, check_page, voices):
    page.goto("/verwaltung/moderation")
    check_page()
    for voice in voices:
        page.locator("li", has_text=voice).get_by_role("checkbox").check()
    page.get_by_role("button", name="Ausgewählte veröffentlichen").click()
    for voice in voices:
        expect(page.get_by_text(voice)).to_have_count(0)


def condense(page, check_page, voices, wording):
    page.goto("/verwaltung/zusammenfuehrung")
    check_page()
    page.get_by_label("Suche").fill(voices[0].partition("(")[2].rstrip(")"))
    page.get_by_role("button", name="Anzeigen").click()
    for voice in voices:
        page.locator("li", has_text=voice).get_by_role("checkbox").check()
    page.get_by_role("button", name="Ausgewählte zusammenführen").click()
    check_page()
    for box in page.locator("fieldset").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Gemeinsame Formulierung").fill(wording)
    page.get_by_label("Thema").select_option(label="Interkulturelle Öffnung der Verwaltung")
    page.get_by_role("button", name="Speichern").click()
    check_page()


def decide(page, check_page, number):
    page.goto("/verwaltung/entscheidungen")
    check_page()
    page.get_by_role("link", name=f"Im Rathaus hilft ein Tisch bei Fragen ({number}).").click()
    check_page()
    page.get_by_label("angenommen", exact=True).check()
    page.get_by_label("Öffentliche Antwort").fill("Danke. Das wird ein Ziel des Konzepts.")
    page.get_by_text("Wenn angenommen: im Konzept").click()
    page.get_by_label("ein neues Ziel", exact=True).check()
    page.get_by_label("Wortlaut im Konzept").fill(f"In jedem Rathaus hilft ein Tisch bei Fragen ({number}).")
    page.get_by_label("Thema").select_option(label="Interkulturelle Öffnung der Verwaltung")
    page.get_by_role("button", name="Antwort speichern").click()
    check_page()


def release_the_answer(page, site, check_page, number):
    """By a second person; returns the code of the new goal."""
    sign_in(page, site, Role.EDITOR)
    page.goto("/verwaltung/entscheidungen")
    page.get_by_role("link", name=f"Im Rathaus hilft ein Tisch bei Fragen ({number}).").click()
    check_page()
    code = re.search(r"Z-\d+", page.get_by_role("main").inner_text())[0]
    page.get_by_role("main").get_by_role("button", name="Veröffentlichen").click()
    expect(
        page.get_by_text("Diese Antwort ist veröffentlicht.").or_(page.get_by_text("Warten auf Freigabe"))
    ).to_be_visible()
    return code


def send_the_paper(page, check_page, number):
    page.goto("/verwaltung/vorlagen/neu")
    check_page()
    page.get_by_label("Titel").fill(f"Beispiel: Fortschreibung {number}")
    page.get_by_label("Organisationseinheit").select_option(label="Amt für Migration und Integration")
    page.get_by_label("Beschlussvorschlag").fill(f"Der Fortschreibung {number} wird zugestimmt.")
    page.get_by_label("Sachverhalt").fill("Ein Beispiel: Aus drei Stimmen ist ein Ziel geworden.")
    page.get_by_label("Finanzielle Auswirkungen im Wortlaut").fill("Derzeit nicht bezifferbar.")
    page.get_by_role("button", name="Vorlage anlegen").click()
    desk = page.url
    for body, role in (("Sozialausschuss", "Vorberatung"), ("Steuerungsgruppe Integration", "Entscheidung")):
        page.get_by_role("link", name="Beratungsfolge ergänzen").click()
        check_page()
        page.get_by_role("main").get_by_role("link", name=body, exact=True).click()
        page.get_by_label("Zweck").select_option(label=role)
        check_page()
        page.get_by_role("button").last.click()
    page.get_by_role("link", name="Mit einer neuen Fassung versenden").click()
    check_page()
    page.get_by_label("Nummer der Fassung").fill(number)
    page.get_by_label("Adresse der Fassung").fill(f"fortschreibung-beispiel-{number}")
    page.get_by_label("Titel").fill(f"Beispiel: Fortschreibung {number}")
    page.get_by_label("Warum gibt es diese Fassung?").fill("Ein neues Ziel ist dazugekommen.")
    if page.get_by_label("Trotzdem versenden").count():  # only where the working edition is not complete
        page.get_by_label("Trotzdem versenden").check()
    page.get_by_role("button", name="Weiter zur Prüfung").click()
    check_page()
    page.get_by_role("button", name="Vorlage versenden").click()
    check_page()
    return desk


def record_the_resolutions(page, check_page, desk):
    bodies = (
        ("Sozialausschuss", "empfohlen", "vorläufig verabschiedet", "27.11.2026"),
        ("Steuerungsgruppe Integration", "zugestimmt", "verabschiedet", "12.2026"),
    )
    for body, outcome, effect, decided in bodies:
        page.goto(desk)
        page.get_by_role("link", name=re.compile(rf"Beschluss eintragen\s*: {body}")).click()
        page.get_by_label("Ergebnis").select_option(label=outcome)
        page.get_by_label("Was das für die Fassung heißt").select_option(label=effect)
        page.get_by_label("Wann").fill(decided)
        check_page()
        page.get_by_role("button", name="Weiter zur Prüfung").click()
        check_page()
        page.get_by_role("button", name="Beschluss eintragen").click()


def read_the_thread(page, check_page, code, voices):
    page.context.clear_cookies()
    page.goto(f"/ziele/{code}/weg")
    check_page()
    story = page.get_by_role("main").inner_text()
    for voice in voices:
        assert voice in story
    in_order = [
        story.index(words) for words in (voices[0], "Im Rathaus hilft", "In jedem Rathaus hilft", "Sozialausschuss")
    ]
    assert in_order == sorted(in_order)
    assert story.index("Sozialausschuss") < story.rindex("Steuerungsgruppe Integration")


def hear_back(site, address):
    wait_until(lambda: len(site.mails_to(address)) > 1)
    told = "\n".join(mail.text for mail in site.mails_to(address))
    assert "Danke. Das wird ein Ziel des Konzepts." in told

import io
import zlib
from base64 import b64encode

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import forms_beginning, queries
from app.concept.forms_beginning import LARGEST_FILE
from app.concept.models import Concept, ConceptKind, WorkingEdition
from app.db import db
from tests.concept.factories import GoalFactory, SectionFactory, WorkingEditionFactory
from tests.concept.files import file_of
from tests.factories import AccountFactory

WHERE = "/verwaltung/konzept"


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def concepts():
    return [(each.slug, each.kind, each.reason) for each in db.session.scalars(select(Concept).order_by(Concept.id))]


def send(client, content, status=200):
    return client.page(f"{WHERE}/einlesen", status, "POST", data={"file": (io.BytesIO(content), "konzept.json")})


def test_an_empty_installation_leads_to_the_first_concept(client, editor):
    assert client.page("/konzept").select_one(".empty a")["href"] == WHERE
    links = [each["href"] for each in client.page(WHERE).select("main a")]
    assert links == [f"{WHERE}/neu", f"{WHERE}/einlesen"]
    page = client.page(f"{WHERE}/neu")
    assert (page.select_one("[name=predecessor]"), page.select_one("[name=kind]:checked")["value"]) == (
        None,
        "framework",
    )

    given = {"title": "Konzept für alle", "kind": "framework", "predecessor": "", "reason": ""}
    assert client.post(f"{WHERE}/neu", data=given).location == WHERE

    assert concepts() == [("konzept-fuer-alle", ConceptKind.FRAMEWORK, "")]
    assert client.page("/konzept/arbeitsfassung").select_one("h1").text.strip() == "Arbeitsfassung: Konzept für alle"


def test_who_may_not_edit_is_told_who_may(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    assert client.page(WHERE).select("main a") == []
    client.page(f"{WHERE}/neu", 403)


def test_a_successor_takes_the_working_edition_over_and_says_why(client, editor):
    working = WorkingEditionFactory(concept__slug="rahmen")
    GoalFactory(section=SectionFactory(), code="Z-001")
    given = {"title": "Rahmen", "kind": "continuation", "predecessor": "rahmen", "reason": " "}

    page = client.page(f"{WHERE}/neu", 422, "POST", data=given)
    assert "Sagen Sie, warum es ein neues Konzept gibt." in page.text
    assert page.select_one("[name=title]")["value"] == "Rahmen"
    page = client.page(f"{WHERE}/neu", 422, "POST", data={**given, "predecessor": ""})
    assert "Eine Fortschreibung führt ein Konzept fort." in page.text

    client.post(f"{WHERE}/neu", data={**given, "reason": "Fünf Jahre später"})

    db.session.refresh(working)
    assert (working.concept.slug, working.concept.predecessor.slug) == ("rahmen-2", "rahmen")
    assert queries.working_catalogue().goal("Z-001") is not None


def test_a_file_is_looked_at_and_then_taken_in(client, editor):
    page = send(client, file_of())

    assert (
        dict(zip((each.text for each in page.select("dt")), (each.text for each in page.select("dd")), strict=True))[
            "Maßnahmen"
        ]
        == "3"
    )
    assert db.session.scalars(select(WorkingEdition)).all() == []

    packed = page.select_one("[name=packed]")["value"]
    assert client.post(f"{WHERE}/einlesen/uebernahme", data={"packed": packed}).location == WHERE
    assert len(queries.working_catalogue().measures) == 3
    assert "Es gibt nichts einzulesen." in send(client, file_of()).text


@pytest.mark.parametrize("content", [b"", b"kein JSON", b"{" * 100_000])
def test_a_file_that_is_none_is_refused_at_its_field(client, editor, content):
    page = send(client, content, 422)

    assert len(page.select(".kern-form-input--error, .kern-error")) > 0
    assert concepts() == []


@pytest.mark.parametrize(
    "packed", ["", "kein Base64!", "eJw=", "AAAA", b64encode(zlib.compress(b" " * (LARGEST_FILE + 1))).decode()]
)
def test_a_file_that_got_lost_between_the_pages_is_asked_for_again(client, editor, packed):
    page = client.page(f"{WHERE}/einlesen/uebernahme", 422, "POST", data={"packed": packed})

    assert "unterwegs verloren gegangen" in page.text


def test_what_changed_between_the_pages_is_a_sentence(client, editor):
    packed = send(client, file_of()).select_one("[name=packed]")["value"]
    WorkingEditionFactory()

    page = client.page(f"{WHERE}/einlesen/uebernahme", 422, "POST", data={"packed": packed})

    assert "Hier gibt es schon eine Arbeitsfassung" in page.text


def test_a_file_that_is_too_large_for_the_page_names_the_command(client, editor, monkeypatch):
    monkeypatch.setattr(forms_beginning, "LARGEST_FILE", 100)

    assert "Der Befehl „teilhabe concept import“ nimmt sie." in send(client, file_of(), 422).text


def test_a_new_concept_says_what_comes_first(client, editor):
    WorkingEditionFactory()
    assert not client.page("/konzept/arbeitsfassung").select("a[href='/konzept/vergleich']")
    for address, sentence in (
        ("ziele/neu", "Ziele gehören zu einem Thema."),
        ("massnahmen/neu", "Maßnahmen gehören zu einem Unterziel."),
        ("ideen/neu", "Ideen gehören zu einem Handlungsfeld."),
        ("praxisbeispiele/neu", "Praxisbeispiele gehören zu einem Thema."),
    ):
        assert client.get(f"{WHERE}/{address}").location == WHERE
        assert sentence in client.page(WHERE).text

    GoalFactory(section=SectionFactory())
    assert client.get(f"{WHERE}/massnahmen/neu").location == WHERE
    assert "Legen Sie zuerst eine Organisation an" in client.page(WHERE).text
    assert client.get(f"{WHERE}/praxisbeispiele/neu").location == WHERE
    assert "Tragen Sie sie zuerst ein" in client.page(WHERE).text


def test_a_list_without_an_empty_choice_is_not_called_optional(client, editor):
    page = client.page("/verwaltung/gremien/neu")
    optional = [label["for"] for label in page.select("label:has(.kern-label__optional)")]
    assert ("kind" in optional, "parent" in optional) == (False, True)

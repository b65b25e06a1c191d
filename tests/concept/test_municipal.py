import pytest

from app.accounts.models import Role
from app.concept import municipal, queries, services
from app.concept.errors import FieldWanted, NotInWorkingEdition
from app.concept.models import IdeaUptake, PracticeContact, SectionKind
from app.db import db
from app.privacy import persons
from app.process_date import ProcessDate
from app.structures.models import Mandate
from tests.concept.factories import (
    ConceptPictureFactory,
    GoodPracticeFactory,
    IdeaUptakeFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

DESK = "/verwaltung/konzept"


@pytest.fixture
def field():
    WorkingEditionFactory()
    return SectionFactory(slug="sprache", title="Sprache", placement__position=1)


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


@pytest.fixture
def town():
    return MunicipalityFactory(name="Radolfzell", ags="08335063")


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def wordings(slug="sprache"):
    return [idea.wording for idea in queries.working_catalogue().section(slug).ideas]


def test_ideas_are_added_reworded_moved_and_dropped_and_an_edition_keeps_what_it_held(client, editor, field):
    for wording in ("Ein Regal.", "Ein Stammtisch."):
        sent = client.post(f"{DESK}/ideen/neu", data={"section": "sprache", "wording": wording})
    assert sent.location == f"{DESK}/themen/sprache#ideen"
    shelf, table = municipal.ideas()
    edition = services.cut_edition(
        slug="2017-konzept-1.0", number="1.0", title="K", reason="R", by=None, allow_incomplete=True
    )

    version_id = client.page(f"{DESK}/ideen/{shelf.id}").select_one("[name=version_id]")["value"]
    data = {"wording": "Ein Regal in der Bücherei.", "version_id": version_id}
    client.post(f"{DESK}/ideen/{shelf.id}", data=data)
    late = client.page(f"{DESK}/ideen/{shelf.id}", 409, "POST", data=data | {"wording": "Von mir."})
    assert texts(late, ".current-text") == ["Ein Regal in der Bücherei."]
    assert late.select_one("textarea").text.strip() == "Von mir."
    client.post(f"{DESK}/ideen/{table.id}/platz", data={"section": "sprache", "position": "1"})
    assert wordings() == ["Ein Stammtisch.", "Ein Regal in der Bücherei."]

    client.page(f"{DESK}/ideen/{table.id}/streichung", 422, "POST", data={"reason": ""})
    client.post(f"{DESK}/ideen/{table.id}/streichung", data={"reason": "Gibt es schon"})
    assert wordings() == ["Ein Regal in der Bücherei."]
    client.page(f"{DESK}/ideen/{table.id}", 404)
    held = queries.catalogue_of(edition).section("sprache").ideas
    assert [idea.wording for idea in held] == ["Ein Regal.", "Ein Stammtisch."]
    with pytest.raises(NotInWorkingEdition):
        services.reword_idea(table, wording="Doch.", by=None)


def test_ideas_are_for_fields_only(field):
    theme = SectionFactory(kind=SectionKind.CROSS_CUTTING)

    with pytest.raises(FieldWanted):
        services.add_idea(section=theme, wording="Ein Regal.", by=None)


def test_who_acts_for_a_municipality_says_what_it_took_up_and_takes_it_back(client, field, town):
    idea, other = MunicipalIdeaFactory(section=field), MunicipalIdeaFactory(section=field)
    services.cut_edition(slug="2017-konzept-1.0", number="1.0", title="K", reason="R", by=None, allow_incomplete=True)
    account = AccountFactory(roles=(Role.REPRESENTATIVE,))
    address = f"/konzept/ideen/{idea.id}/uebernahme"
    client.sign_in(account)
    client.page(address, 403)
    db.session.add(Mandate(account=account, organization=OrganizationFactory(municipality=town)))
    db.session.commit()

    data = {"municipality": town.ags, "since": "März 2018", "sentence": "Freitags im Rathaus."}
    client.page(address, 422, "POST", data=data | {"municipality": MunicipalityFactory().ags})
    assert client.post(address, data=data).location == f"/konzept/ideen#idee-{idea.id}"
    assert "schon übernommen" in client.page(address, 422, "POST", data=data).select_one(".error-summary").text

    for edition in ("arbeitsfassung", "2017-konzept-1.0"):
        page = client.page(f"/konzept/{edition}/sprache")
        assert texts(page, ".concept-uptakes") == ["übernommen von Radolfzell"]
    page = client.page("/konzept/ideen")
    assert texts(page, ".concept-uptakes li") == ["Radolfzell (seit März 2018): Freitags im Rathaus."]
    assert len(client.page(f"/konzept/ideen?gemeinde={town.ags}").select(".concept-items > li")) == 1

    client.page(f"{address}/{MunicipalityFactory().ags}/ende", 403, "POST")
    client.post(f"{address}/{town.ags}/ende")
    assert client.page("/konzept/ideen").select(".concept-uptakes") == []
    client.page(f"{address}/{town.ags}/ende", 409, "POST")
    assert [(each.kind, each.made_by_id) for each in db.session.query(IdeaUptake)] == [
        ("taken_up", account.id),
        ("taken_back", account.id),
    ]
    assert other.uptakes == []


def test_the_desk_speaks_for_every_municipality(client, editor, field, town):
    idea = MunicipalIdeaFactory(section=field)

    client.post(f"/konzept/ideen/{idea.id}/uebernahme", data={"municipality": town.ags, "since": ""})

    assert "eine Gemeinde hat sie übernommen" in client.page(f"{DESK}/themen/sprache").main.text


PRACTICE = {
    "title": "Reden beim Bügeln",
    "section": "sprache",
    "municipality": "08335063",
    "organization_name": "Beispielverein",
    "since": "seit 2016",
    "wording": "Wer bügelt, redet.",
    "name": "Erika Beispiel",
    "email": "erika@example.org",
}


def test_a_good_practice_is_added_with_picture_and_contact_listed_and_held_without_the_person(
    client, editor, field, town
):
    picture = ConceptPictureFactory()
    data = PRACTICE | {"picture": str(picture.number), "picture_alt": ""}
    missing = client.page(f"{DESK}/praxisbeispiele/neu", 422, "POST", data=data)
    assert "Beschreiben Sie" in missing.select_one("#picture_alt-error").text

    client.post(f"{DESK}/praxisbeispiele/neu", data=data | {"picture_alt": "Zwei Bügelbretter"})

    page = client.page("/konzept/praxisbeispiele")
    assert texts(page, "article h2") == ["Reden beim Bügeln"]
    assert page.select_one("article img")["alt"] == "Zwei Bügelbretter"
    assert "Erika" not in page.text
    [practice] = municipal.good_practice()
    given = client.page(f"{DESK}/praxisbeispiele/{practice.id}")
    stand = given.select_one("[name=stand]")["value"]
    named = data | {"picture_alt": "Zwei Bügelbretter", "may_be_named": "y", "stand": stand, "title": "Reden"}
    client.post(f"{DESK}/praxisbeispiele/{practice.id}", data=named)
    page = client.page("/konzept/praxisbeispiele?feld=sprache&gemeinde=08335063")
    assert (texts(page, "article h2"), "Erika Beispiel" in page.text) == (["Reden"], True)
    assert client.page("/konzept/praxisbeispiele?feld=wohnen").select("article") == []
    client.page(f"{DESK}/praxisbeispiele/{practice.id}", 409, "POST", data=named | {"title": "Von mir"})

    edition = services.cut_edition(
        slug="2017-konzept-1.0", number="1.0", title="K", reason="R", by=None, allow_incomplete=True
    )
    [held] = queries.catalogue_of(edition).section("sprache").good_practice
    assert (held.title, held.picture, held.since) == ("Reden", picture.number, ProcessDate("2016/.."))
    assert "Erika" not in edition.document
    assert client.page("/konzept/2017-konzept-1.0/sprache").select_one("article img")["alt"] == "Zwei Bügelbretter"

    assert persons.export("erika@example.org")["practice_contact"][0]["name"] == "Erika Beispiel"
    client.post(f"{DESK}/praxisbeispiele/{practice.id}/streichung", data={"reason": "Vorbei"})
    assert (municipal.good_practice(), db.session.query(PracticeContact).all()) == ([], [])
    assert len(queries.catalogue_of(edition).section("sprache").good_practice) == 1


def test_lists_ask_the_database_no_more_for_more_rows(client, field, count_queries):
    def add():
        IdeaUptakeFactory(idea=MunicipalIdeaFactory(section=field))
        GoodPracticeFactory(section=field)

    add()
    counts = []
    for _times in range(2):
        for address in ("/konzept/ideen", "/konzept/praxisbeispiele", "/konzept/arbeitsfassung/sprache"):
            with count_queries() as statements:
                client.page(address)
            counts.append(len(statements))
        add()
        add()
    assert counts[:3] == counts[3:]


def test_a_visitor_is_asked_to_sign_in_and_an_organiser_does_not_reword(client, field):
    idea = MunicipalIdeaFactory(section=field)
    assert client.get(f"/konzept/ideen/{idea.id}/uebernahme").location.startswith("/konto/zugang")

    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    for path in (f"ideen/{idea.id}", "ideen/neu", "praxisbeispiele/neu"):
        client.page(f"{DESK}/{path}", 403)

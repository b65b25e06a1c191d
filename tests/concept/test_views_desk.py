import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.errors import AnnexWithoutEdition
from app.concept.models import Adoption, Effect, GoalKind, SectionKind, Standing
from app.council.models import AnnexContent, ConsultationRole, Outcome, PaperKind
from app.db import db
from app.process_date import ProcessDate
from tests.concept.factories import GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.council.factories import AnnexFactory, ConsultationFactory, ConsultationMeetingFactory, PaperFactory
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

EDITION = {"number": "1.0", "slug": "2017-konzept-1.0", "title": "Konzept", "reason": "Der Anfang."}


@pytest.fixture
def section():
    """A complete working edition of one section."""
    WorkingEditionFactory(concept__title="Beispielkonzept")
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, wording=f"Ziel {n}.", code=f"Z-00{n}") for n in (2, 3)]
    MeasureFactory(section=section, section__goals=goals, wording="Wir bieten Kurse an.", code="M-001")
    return section


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def wordings():
    return [item.wording for item in queries.working_catalogue().goals]


def test_index_says_that_nothing_is_missing(client, editor, section):
    page = client.page("/verwaltung/konzept")

    assert "Die Arbeitsfassung ist vollständig" in page.select_one(".notice").text
    assert texts(page, ".desk-sections h3") == ["1 Sprache"]
    assert len(client.page("/verwaltung/konzept/themen/sprache").select(".concept-actions")) == 4


def test_index_lists_what_is_missing(client, editor, section):
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)

    assert texts(client.page("/verwaltung/konzept"), ".notice li") == [
        "Zum Unterziel 1.1 (Z-002) gibt es keine Maßnahme.",
        "Zum Unterziel 1.2 (Z-003) gibt es keine Maßnahme.",
    ]


def test_an_organiser_adds_but_does_not_reword(client, section):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    page = client.page("/verwaltung/konzept/themen/sprache")
    assert page.select(".concept-actions") == []
    client.page("/verwaltung/konzept/ziele/Z-001", 403)
    data = {"section": "sprache", "kind": "sub", "wording": "Ziel 4.", "reason": "Aus dem Dialog"}
    assert (
        client.post("/verwaltung/konzept/ziele/neu", data=data).location == "/verwaltung/konzept/themen/sprache#Z-004"
    )
    assert wordings() == ["Alle lernen Deutsch.", "Ziel 2.", "Ziel 3.", "Ziel 4."]


def test_a_moderator_sees_nothing_of_it(client, section):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    for address in ("/verwaltung/konzept", "/verwaltung/konzept/ziele/neu"):
        client.page(address, 403)


def test_add_goal_keeps_what_was_typed(client, editor, section):
    data = {"section": "sprache", "kind": "sub", "wording": "Ziel 4."}
    page = client.page("/verwaltung/konzept/ziele/neu", 422, "POST", data=data)

    assert page.select_one("textarea[name=wording]").text.strip() == "Ziel 4."
    assert "Sagen Sie, warum." in page.select_one(".error-summary").text
    assert len(wordings()) == 3


def test_add_measure_under_its_goals(client, editor, section):
    OrganizationFactory(slug="amt")
    page = client.page("/verwaltung/konzept/massnahmen/neu?thema=sprache")
    hint = "Noch keine. Sie tragen sie unter „Lebenslagen und Zielgruppen“ ein."
    assert [each.text.strip() for each in page.select(".kern-hint") if each.text.strip().startswith("Noch")] == [
        hint
    ] * 2

    data = {
        "section": "sprache",
        "wording": "Wir laden ein.",
        "goals": ["Z-002", "Z-003"],
        "responsible": "amt",
        "duration": "permanent",
        "priority": "focus",
        "starts": "März 2018",
        "reason": "Aus dem Netzwerk",
    }
    assert client.post("/verwaltung/konzept/massnahmen/neu", data=data).status_code == 303

    measure = queries.working_catalogue().measure("M-002")
    assert (measure.wording, measure.goals, measure.starts) == (
        "Wir laden ein.",
        ("Z-002", "Z-003"),
        ProcessDate("2018-03"),
    )


def test_add_section(client, editor, section):
    sent = client.post("/verwaltung/konzept/themen/neu", data={"kind": "cross_cutting", "title": "Ehrenamt"})

    assert sent.location == "/verwaltung/konzept/themen/ehrenamt"
    [theme] = queries.working_catalogue().of_kind(SectionKind.CROSS_CUTTING)
    assert (theme.slug, theme.number) == ("ehrenamt", "Q1")
    again = client.page(
        "/verwaltung/konzept/themen/neu", 422, "POST", data={"kind": "cross_cutting", "title": "Ehrenamt"}
    )
    assert "steht schon in der Arbeitsfassung" in again.text


def test_reword_saves_the_next_wording(client, editor, section):
    page = client.page("/verwaltung/konzept/ziele/Z-002")
    version_id = page.select_one("input[name=version_id]")["value"]

    data = {"wording": "Ziel zwei.", "reason": "Klarer", "version_id": version_id}
    assert (
        client.post("/verwaltung/konzept/ziele/Z-002", data=data).location == "/verwaltung/konzept/themen/sprache#Z-002"
    )
    assert wordings()[1] == "Ziel zwei."


def test_reword_shows_both_texts_when_two_wrote(client, editor, section):
    seen = client.page("/verwaltung/konzept/ziele/Z-002").select_one("input[name=version_id]")["value"]
    services.reword_goal(queries.get_goal("Z-002"), wording="Von anderen.", reason="Anders", by=None)
    data = {"wording": "Von mir.", "reason": "Klarer", "version_id": seen}

    page = client.page("/verwaltung/konzept/ziele/Z-002", 409, "POST", data=data)

    assert texts(page, ".current-text") == ["Ziel 2."]
    assert texts(page, ".side-by-side ins") == ["neu: Von anderen;", "neu: Von mir;"]
    assert page.select_one("textarea[name=wording]").text.strip() == "Von mir."
    assert wordings()[1] == "Von anderen."
    chosen = data | {"version_id": page.select_one("input[name=version_id]")["value"]}
    assert client.post("/verwaltung/konzept/ziele/Z-002", data=chosen).status_code == 303
    assert wordings()[1] == "Von mir."


@pytest.mark.parametrize("seen", [{}, {"version_id": "9" * 5000}, {"version_id": "²"}])
def test_reword_without_a_version_overwrites_nothing(client, editor, section, seen):
    data = {"wording": "Von mir.", "reason": "Klarer", **seen}
    client.page("/verwaltung/konzept/ziele/Z-002", 409, "POST", data=data)

    assert wordings()[1] == "Ziel 2."


def test_move_puts_a_goal_first(client, editor, section):
    client.page("/verwaltung/konzept/ziele/Z-003/platz")

    data = {"section": "sprache", "position": "1", "reason": "Wichtiger"}
    assert client.post("/verwaltung/konzept/ziele/Z-003/platz", data=data).status_code == 303
    assert wordings() == ["Alle lernen Deutsch.", "Ziel 3.", "Ziel 2."]


def test_move_shows_a_wrong_place_again(client, editor, section):
    data = {"section": "sprache", "position": "oben", "reason": "Wichtiger"}
    page = client.page("/verwaltung/konzept/ziele/Z-003/platz", 422, "POST", data=data)

    assert page.select_one("input[name=position]")["value"] == "oben"


def test_move_gives_a_measure_another_goal(client, editor, section):
    page = client.page("/verwaltung/konzept/massnahmen/M-001/platz")
    assert [tag["value"] for tag in page.select("input[name=goals][checked]")] == ["Z-002", "Z-003"]

    data = {"section": "sprache", "position": "", "goals": ["Z-003"], "reason": "Passt"}
    client.post("/verwaltung/konzept/massnahmen/M-001/platz", data=data)
    assert queries.working_catalogue().measure("M-001").goals == ("Z-003",)


def test_drop_asks_why(client, editor, section):
    client.page("/verwaltung/konzept/ziele/Z-003/streichung")
    client.page("/verwaltung/konzept/ziele/Z-003/streichung", 422, "POST", data={"reason": ""})
    assert len(wordings()) == 3

    sent = client.post("/verwaltung/konzept/ziele/Z-003/streichung", data={"reason": "Überholt"})
    assert sent.location == "/verwaltung/konzept/themen/sprache"
    assert wordings() == ["Alle lernen Deutsch.", "Ziel 2."]
    client.page("/verwaltung/konzept/ziele/Z-003", 404)


def test_send_asks_once_more_and_then_freezes(client, editor, section):
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/versand"
    page = client.page(address)
    assert "1 Thema, 3 Ziele, 1 Maßnahme" in " ".join(page.main.text.split())

    asked = client.page(address, 200, "POST", data=EDITION)
    assert asked.h1.text.strip() == "Wirklich versenden?"
    assert queries.all_editions() == []
    kept = {tag["name"]: tag["value"] for tag in asked.select("form input[type=hidden]")}
    assert kept == EDITION | {"bestaetigt": "ja"}

    assert client.post(address, data=kept).location == "/konzept/2017-konzept-1.0"
    db.session.refresh(paper)
    assert (paper.is_sent, [each.number for each in queries.editions_of(paper)]) == (True, ["1.0"])


def test_send_refuses_an_incomplete_edition_unless_that_is_stated(client, editor, section):
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)
    address = f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/versand"
    data = EDITION | {"bestaetigt": "ja"}

    page = client.page(address, 422, "POST", data=data)
    assert len(page.select(".notice li")) == 2
    assert "Ergänzen Sie, was fehlt" in page.select_one(".error-summary").text
    assert queries.all_editions() == []

    assert client.post(address, data=data | {"allow_incomplete": "y"}).status_code == 303
    assert len(queries.all_editions()) == 1


def test_send_says_at_the_field_that_an_address_is_taken(client, editor, section):
    address = f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/versand"
    data = EDITION | {"slug": "arbeitsfassung", "bestaetigt": "ja"}

    page = client.page(address, 422, "POST", data=data)

    assert "Diese Adresse gehört schon" in page.select_one("#slug-error").text


def test_send_suggests_the_next_number_and_sends_a_paper_once(client, editor, section):
    paper = PaperFactory(sent_at=None)
    assert client.page(f"/verwaltung/vorlagen/{paper.id}/versand").select_one("#number")["value"] == "1.0"
    services.send_paper(paper, **EDITION, by=None)
    client.page(f"/verwaltung/vorlagen/{paper.id}/versand", 409)

    address = f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/versand"
    assert client.page(address).select_one("#number")["value"] == "1.1"
    refused = client.page(address, 422, "POST", data=EDITION | {"slug": "x", "number": "eins", "bestaetigt": "ja"})
    assert "Schreiben Sie die Nummer so" in refused.select_one("#number-error").text


def test_record_resolution_asks_once_more_and_then_appends(client, editor, section):
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None), organization__name="Beispielkreistag")
    sitting = ConsultationMeetingFactory(consultation=consultation)
    edition = services.send_paper(consultation.paper, **EDITION, by=None)
    address = f"/verwaltung/beratungen/{consultation.id}/beschluss"
    client.page(address)
    data = {
        "outcome": "agreed",
        "effect": "final",
        "edition": edition.slug,
        "meeting": sitting.meeting.slug,
        "decided": "04.07.2016",
        "wording": "",
    }

    asked = client.page(address, 200, "POST", data=data)
    assert texts(asked, ".facts dd")[0] == "Beispielkreistag"
    [warning] = texts(asked, "main .notice-text p")
    assert warning.startswith("Achtung: Dieses Gremium ist in der Beratungsfolge nur zur Vorberatung eingetragen.")
    consultation.role = ConsultationRole.DECISION
    db.session.commit()
    assert texts(client.page(address, 200, "POST", data=data), "main .notice-text p") == []
    assert db.session.scalars(select(Adoption)).all() == []

    kept = {tag["name"]: tag["value"] for tag in asked.select("form input[type=hidden]")}
    assert client.post(address, data=kept).location == f"/vorlagen/{consultation.paper_id}"
    [adoption] = db.session.scalars(select(Adoption))
    assert (adoption.effect, adoption.decided, adoption.resolution.outcome, adoption.resolution.meeting) == (
        Effect.FINAL,
        ProcessDate("2016-07-04"),
        Outcome.AGREED,
        sitting.meeting,
    )
    assert queries.standings([edition]) == {edition.id: Standing.ADOPTED}
    assert "Ein neuer berichtigt ihn" in client.page(address).select_one(".page-body .notice").text


def test_record_resolution_wants_a_date(client, editor, section):
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    edition = services.send_paper(consultation.paper, **EDITION, by=None)
    data = {"outcome": "agreed", "effect": "final", "edition": edition.slug, "meeting": "", "decided": ""}

    page = client.page(f"/verwaltung/beratungen/{consultation.id}/beschluss", 422, "POST", data=data)

    assert "Geben Sie an, wann" in page.select_one("#decided-error").text


def test_papers_go_out_about_a_frozen_edition_and_nothing_is_cut(client, editor, section):
    services.send_paper(PaperFactory(sent_at=None), **EDITION, by=None)
    paper = PaperFactory(sent_at=None)
    AnnexFactory(paper=paper, content=AnnexContent.TABLE)
    consultation = ConsultationFactory(paper=paper, organization__name="Beispielausschuss")
    address = f"/verwaltung/vorlagen/{paper.id}/versand/ohne-neue-fassung"
    page = client.page(address)
    assert texts(page, "#edition option") == ["Fassung 1.0: Konzept"]
    assert client.page(address, 422, "POST", data={"edition": ""}).select_one("#edition-error")
    with pytest.raises(AnnexWithoutEdition):
        services.send_about(paper, None, by=None)

    asked = client.page(address, 200, "POST", data={"edition": EDITION["slug"]})
    assert (texts(asked, ".facts dd")[1], paper.is_sent) == ("Fassung 1.0: Konzept", False)
    kept = {tag["name"]: tag["value"] for tag in asked.select("form input[type=hidden]")}
    assert client.post(address, data=kept).location == f"/vorlagen/{paper.id}"

    [edition] = queries.all_editions()
    assert (paper.is_sent, queries.editions_of(paper)) == (True, [edition])
    client.page(address, 409)
    noted = {"outcome": "noted", "effect": "", "edition": edition.slug, "meeting": "", "decided": "2018"}
    resolution = f"/verwaltung/beratungen/{consultation.id}/beschluss"
    assert client.post(resolution, data=noted | {"bestaetigt": "ja"}).status_code == 303
    assert queries.adoptions_of(paper) == []
    [seal] = texts(client.page(f"/vorlagen/{paper.id}"), ".seal")
    assert ("Beispielausschuss" in seal, "zur Kenntnis genommen" in seal) == (True, True)


def test_a_paper_about_no_edition_goes_out_and_is_taken_note_of(client, editor):
    paper = PaperFactory(sent_at=None, kind=PaperKind.INFORMATION)
    consultation = ConsultationFactory(paper=paper)
    address = f"/verwaltung/vorlagen/{paper.id}/versand/ohne-neue-fassung"
    assert texts(client.page(address), "#edition option") == ["um keine Fassung"]

    assert client.post(address, data={"edition": "", "bestaetigt": "ja"}).location == f"/vorlagen/{paper.id}"

    resolution = f"/verwaltung/beratungen/{consultation.id}/beschluss"
    page = client.page(resolution)
    assert [tag["name"] for tag in page.select("main select")] == ["outcome", "meeting"]
    noted = {"outcome": "noted", "meeting": "", "decided": "2018"}
    assert texts(client.page(resolution, 200, "POST", data=noted), ".facts dt") == [
        *("Gremium", "Vorlage", "Ergebnis", "Wann", "Wortlaut"),
    ]
    client.post(resolution, data=noted | {"bestaetigt": "ja"})
    assert consultation.resolution.outcome is Outcome.NOTED


def test_record_resolution_of_a_paper_that_is_not_sent_leads_to_sending(client, editor, section):
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))

    page = client.page(f"/verwaltung/beratungen/{consultation.id}/beschluss")

    assert page.select_one("main .action-link")["href"] == f"/verwaltung/vorlagen/{consultation.paper_id}/versand"


def test_only_editors_send_and_decide(client, section):
    consultation = ConsultationFactory()
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    client.page(f"/verwaltung/vorlagen/{consultation.paper_id}/versand", 403)
    client.page(f"/verwaltung/vorlagen/{consultation.paper_id}/versand/ohne-neue-fassung", 403)
    client.page(f"/verwaltung/beratungen/{consultation.id}/beschluss", 403)

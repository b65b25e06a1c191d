import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import changed, queries, services
from app.concept.models import Correction, Effect, Standing
from app.council.models import Outcome
from app.db import db
from app.process_date import ProcessDate
from tests.concept.factories import GoalFactory, MunicipalIdeaFactory, SectionFactory, WorkingEditionFactory
from tests.council.factories import ConsultationFactory, ConsultationMeetingFactory, PaperFactory, text
from tests.factories import AccountFactory

EDITION = {"number": "1.0", "slug": "konzept-1.0", "title": "Konzept", "reason": "Der Anfang.", "by": None}
GIVEN = {"number": "1.1", "slug": "konzept-1.1", "title": "Konzept", "reason": "Antrag", "allow_incomplete": "y"}


@pytest.fixture
def consultation(client):
    """A sent paper with its edition of three goals, in a body that has met."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    for number in (1, 2, 3):
        GoalFactory(section=section, code=f"Z-00{number}", wording=f"Das Ziel {number} erreichen wir bald.")
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None), organization__name="Beispielausschuss")
    ConsultationMeetingFactory(consultation=consultation)
    services.send_paper(consultation.paper, **EDITION, allow_incomplete=True)
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    return consultation


def version(edition, code):
    return next(each.text.version_id for each in changed.passages(queries.catalogue_of(edition)) if each.code == code)


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_amend_walks_from_the_choice_to_the_next_edition(client, consultation):
    [base] = queries.all_editions()
    first, second = version(base, "Z-001"), version(base, "Z-002")
    services.reword_goal(queries.get_goal("Z-001"), wording="Längst anders.", reason="Dialog", by=None)
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung"
    paper = client.page(f"/verwaltung/vorlagen/{consultation.paper_id}")
    assert "Geänderten Wortlaut eintragen: Beispielausschuss" in texts(paper, "main a")
    assert len(client.page(address).select("input[name=text]")) == 3
    address += f"?text={first}&text={second}"
    page = client.page(address)
    assert [page.select_one(f"#{name}")["value"] for name in ("number", "title")] == ["1.1", "Konzept"]

    data = GIVEN | {f"wording_{first}": "Das Ziel 1 erreichen wir sofort.", f"drop_{second}": "y"}
    data |= {f"wording_{second}": "", "meeting": consultation.sittings[0].meeting.slug}
    asked = client.page(address, 200, "POST", data=data)
    assert texts(asked, ".diff") == [
        "Das Ziel 1 erreichen wir gestrichen: bald; neu: sofort; .",
        "gestrichen: Das Ziel 2 erreichen wir bald.;",
    ]
    assert (
        client.page(address, 200, "POST", data=data | {"aendern": "ja"})
        .select_one(f"#drop_{second}")
        .has_attr("checked")
    )
    kept = {tag["name"]: tag["value"] for tag in asked.select("form input[type=hidden]")}
    assert client.post(address, data=kept).location == "/konzept/konzept-1.1"

    edition = queries.editions_of(consultation.paper)[-1]
    assert [each.wording for each in queries.catalogue_of(edition).goals] == [
        "Das Ziel 1 erreichen wir sofort.",
        "Das Ziel 3 erreichen wir bald.",
    ]
    shown = client.page("/konzept/konzept-1.1")
    assert (
        "Die Arbeitsfassung sagt inzwischen anderes. Sehen Sie nach: Unterziel 1.1 (Z-001)."
        in texts(shown, ".flashes .kern-alert--warning p")[0]
    )
    assert queries.working_catalogue().goals[0].wording == "Längst anders."


def warnings(client):
    return texts(client.page("/konzept/konzept-1.1"), ".flashes .kern-alert--warning p")


def amended(client, consultation, **given):
    """Post the change of these texts, by code: words, or True for what goes."""
    [base] = queries.all_editions()
    versions = {code.replace("_", "-"): version(base, code.replace("_", "-")) for code in given}
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung?" + "&".join(
        f"text={each}" for each in versions.values()
    )
    fields = {
        f"{'drop' if words is True else 'wording'}_{versions[code.replace('_', '-')]}": "y" if words is True else words
        for code, words in given.items()
    }
    data = GIVEN | {"meeting": "", "bestaetigt": "ja"} | fields
    assert client.post(address, data=data).location == "/konzept/konzept-1.1"


def test_amend_warns_of_nothing_where_the_working_edition_follows(client):
    """Ideas of one section bear the same name, and what stands behind a dropped goal gets another number."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    for number in (1, 2, 3):
        GoalFactory(section=section, code=f"Z-00{number}", wording=f"Das Ziel {number} erreichen wir bald.")
        MunicipalIdeaFactory(section=section, position=number, text=text(f"Die Idee {number}."))
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    services.send_paper(consultation.paper, **EDITION, allow_incomplete=True)
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))

    amended(client, consultation, Z_001="Das Ziel 1 erreichen wir sofort.", Z_002=True)

    assert warnings(client) == []


def test_amend_names_what_goes_only_from_the_edition(client, consultation):
    services.reword_goal(queries.get_goal("Z-002"), wording="Längst anders.", reason="Dialog", by=None)

    amended(client, consultation, Z_002=True)

    [warning] = warnings(client)
    assert warning.endswith("Sehen Sie nach: Unterziel 1.2 (Z-002).")


def test_amend_says_at_the_field_what_does_not_fit(client, consultation):
    [base] = queries.all_editions()
    version_id = version(base, "Z-001")
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung?text={version_id}"
    data = GIVEN | {"meeting": "", "bestaetigt": "ja", f"wording_{version_id}": "Anders."}

    for wrong, field in (({"slug": "konzept-1.0"}, "slug"), ({"number": "1.0"}, "number"), ({"reason": ""}, "reason")):
        page = client.page(address, 422, "POST", data=data | wrong)
        assert page.select_one(f"#{field}-error")
        assert page.select_one(f"#wording_{version_id}").text.strip() == "Anders."
    same = {f"wording_{version_id}": "Das Ziel 1 erreichen wir bald."}
    assert "nichts anders" in client.page(address, 422, "POST", data=data | same).select_one("#reason-error").text
    assert len(queries.all_editions()) == 1


def test_a_correction_is_proposed_by_one_and_confirmed_by_another(client, consultation):
    [base] = queries.all_editions()
    version_id = version(base, "Z-001")
    address = "/verwaltung/konzept/konzept-1.0/berichtigung"
    client.page(address, 404)
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-11"), by=None
    )
    assert "Schreibfehler berichtigen" in texts(client.page("/konzept/konzept-1.0"), "aside a")
    assert len(client.page(address).select("input[name=text]")) == 3
    chosen = f"{address}?text={version_id}"
    client.page(chosen)

    much = {f"wording_{version_id}": "Ganz und gar andere Worte.", "reason": "Tippfehler"}
    assert "vier Fünftel" in client.page(chosen, 422, "POST", data=much).select_one(f"#wording_{version_id}-error").text
    little = much | {f"wording_{version_id}": "Das Ziel 1 erreichen wir balde."}
    assert client.post(chosen, data=little).location == address
    own = client.page(address)
    assert texts(own, "form.confirm button") == []
    assert "Bestätigen muss es eine zweite Person." in texts(own, ".page-body .notice-text p")[0]
    correction = db.session.scalars(select(Correction)).one()
    confirming = f"/verwaltung/konzept/berichtigungen/{correction.id}/bestaetigung"
    assert client.post(confirming).status_code == 409

    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    assert texts(client.page(address), "form.confirm button") == ["Bestätigen und festhalten"]
    assert client.post(confirming).location == "/konzept/konzept-1.0.1"
    [_, edition] = queries.all_editions()
    assert (edition.number, queries.standings([edition])[edition.id]) == ("1.0.1", Standing.ADOPTED)


def test_a_correction_is_thrown_away(client, consultation):
    [base] = queries.all_editions()
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-11"), by=None
    )
    author = AccountFactory(roles=(Role.EDITOR,))
    given = {version(base, "Z-001"): "Das Ziel 1 erreichen wir balde."}
    correction = services.propose_correction(base, wordings=given, reason="Tippfehler", by=author)

    assert (
        client.post(f"/verwaltung/konzept/berichtigungen/{correction.id}/rueckzug").location == "/konzept/konzept-1.0"
    )
    assert client.page("/verwaltung/konzept/konzept-1.0/berichtigung").select(".form-actions")


def test_only_editors_amend_and_correct(client, consultation):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    client.page(f"/verwaltung/beratungen/{consultation.id}/aenderung", 403)
    client.page("/verwaltung/konzept/konzept-1.0/berichtigung", 403)
    for act in ("bestaetigung", "rueckzug"):
        assert client.post(f"/verwaltung/konzept/berichtigungen/1/{act}").status_code == 403


def test_only_what_a_body_adopted_leads_to_its_correction(client, consultation):
    wanted = "a[href$='/berichtigung']"
    assert not client.page("/konzept/konzept-1.0").select(wanted)

    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-11"), by=None
    )

    [link] = client.page("/konzept/konzept-1.0").select(wanted)
    client.page(link["href"])


def test_a_correction_that_waits_stands_on_the_desk_of_the_second_person(client, consultation):
    [base] = queries.all_editions()
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-11"), by=None
    )
    given = {version(base, "Z-001"): "Das Ziel 1 erreichen wir balde."}
    services.propose_correction(base, wordings=given, reason="Tippfehler", by=AccountFactory(roles=(Role.EDITOR,)))

    assert "1 Berichtigung zu bestätigen" in texts(client.page("/verwaltung"), ".counts a")
    [link] = client.page("/verwaltung/konzept/freigabe").select("main a[href$='/konzept-1.0/berichtigung']")
    assert texts(client.page(link["href"]), "h1") == ["Eine Berichtigung wartet"]
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    assert not client.page("/verwaltung/konzept/freigabe").select("main a[href$='/berichtigung']")

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.models import EditionChange, Effect, Standing
from app.concept.passages import passages
from app.council.models import Outcome
from app.db import db, now
from app.drafting.models import DeskDraft
from app.process_date import ProcessDate
from tests.concept.factories import (
    EditionFactory,
    GoalFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.council.factories import ConsultationFactory, ConsultationMeetingFactory, PaperFactory, text
from tests.factories import AccountFactory

EDITION = {"number": "1.0", "slug": "konzept-1.0", "title": "Konzept", "reason": "Der Anfang.", "by": None}
GIVEN = {"reason": "Antrag", "allow_incomplete": "y"}


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
    return next(each.text.version_id for each in passages(queries.catalogue_of(edition)) if each.code == code)


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def sitting(consultation):
    return consultation.sittings[0].meeting


def waiting():
    """The address of what waits for a second person."""
    [change] = db.session.scalars(select(EditionChange))
    return f"/verwaltung/konzept/aenderungen/{change.id}"


def another_editor(client):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))


def test_a_changed_wording_goes_from_the_choice_over_a_second_person_to_the_next_edition(client, consultation):
    [base] = queries.all_editions()
    first, second, third = (version(base, f"Z-00{n}") for n in (1, 2, 3))
    services.reword_goal(queries.get_goal("Z-001"), wording="Längst anders.", reason="Dialog", by=None)
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung"
    paper = client.page(f"/verwaltung/vorlagen/{consultation.paper_id}")
    assert "Geänderten Wortlaut eintragen: Beispielausschuss" in texts(paper, "main a")
    address += f"?text={first}&text={second}&text={third}"
    assert texts(client.page(address), "#meeting option") == [f"04.07.2016: {sitting(consultation).title}"]

    data = GIVEN | {f"wording_{first}": "Das Ziel 1 erreichen wir sofort.", f"drop_{second}": "y"}
    data |= {f"wording_{second}": "", f"wording_{third}": "Das Ziel 3 erreichen wir bald."}
    data |= {"meeting": sitting(consultation).slug, "source": "Seite 4"}
    client.post(client.page(address).select_one("[data-behaviour=autosave]")["data-url"], data=data)
    assert client.page(f"{address}&entwurf=1").select_one(f"#wording_{first}").text.strip().endswith("sofort.")
    asked = client.page(address, 200, "POST", data=data)
    assert texts(asked, ".diff") == [
        "Das Ziel 1 erreichen wir gestrichen: bald; neu: sofort; .",
        "gestrichen: Das Ziel 2 erreichen wir bald.;",
    ]
    assert texts(asked, "form.confirm button") == ["Zur Bestätigung geben", "Noch ändern"]
    again = client.page(address, 200, "POST", data=data | {"aendern": "ja"})
    assert again.select_one(f"#drop_{second}").has_attr("checked")
    kept = {tag["name"]: tag["value"] for tag in asked.select("form input[type=hidden]")}
    assert client.post(address, data=kept).location == waiting()
    assert db.session.scalars(select(DeskDraft)).all() == []
    own = client.page(waiting())
    assert (texts(own, "form.confirm button"), queries.all_editions()) == ([], [base])
    assert client.post(f"{waiting()}/bestaetigung").status_code == 409
    another_editor(client)
    assert client.get(address).location == waiting()
    shown = client.page(waiting())
    assert texts(shown, ".page-body > p")[0].endswith(f"{sitting(consultation).title}, 04.07.2016, Seite 4.")
    assert texts(shown, "form.confirm button") == ["Bestätigen und festhalten"]
    assert client.post(f"{waiting()}/bestaetigung").location == "/konzept/konzept-1.1"

    edition = queries.editions_of(consultation.paper)[-1]
    assert [each.wording for each in queries.catalogue_of(edition).goals] == [
        "Das Ziel 1 erreichen wir sofort.",
        "Das Ziel 3 erreichen wir bald.",
    ]
    page = client.page("/konzept/konzept-1.1")
    assert (
        "Die Arbeitsfassung sagt inzwischen anderes. Sehen Sie nach: Unterziel 1.1 (Z-001)."
        in texts(page, ".flashes .kern-alert--warning p")[0]
    )
    assert queries.working_catalogue().goals[0].wording == "Längst anders."
    assert client.get(waiting()).location == "/konzept/konzept-1.1"


def warnings(client):
    return texts(client.page("/konzept/konzept-1.1"), ".flashes .kern-alert--warning p")


def amended(client, consultation, **given):
    """Post the change of these texts, by code: words, or True for what goes; and confirm it."""
    [base] = queries.all_editions()
    versions = {code.replace("_", "-"): version(base, code.replace("_", "-")) for code in given}
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung?" + "&".join(
        f"text={each}" for each in versions.values()
    )
    fields = {
        f"{'drop' if words is True else 'wording'}_{versions[code.replace('_', '-')]}": "y" if words is True else words
        for code, words in given.items()
    }
    data = GIVEN | {"meeting": sitting(consultation).slug, "bestaetigt": "ja"} | fields
    assert client.post(address, data=data).location == waiting()
    another_editor(client)
    assert client.post(f"{waiting()}/bestaetigung").location == "/konzept/konzept-1.1"


def test_amend_warns_of_nothing_where_the_working_edition_follows(client):
    """Ideas of one section bear the same name, and what stands behind a dropped goal gets another number."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    for number in (1, 2, 3):
        GoalFactory(section=section, code=f"Z-00{number}", wording=f"Das Ziel {number} erreichen wir bald.")
        MunicipalIdeaFactory(section=section, position=number, text=text(f"Die Idee {number}."))
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    ConsultationMeetingFactory(consultation=consultation)
    services.send_paper(consultation.paper, **EDITION, allow_incomplete=True)
    another_editor(client)

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
    data = GIVEN | {"meeting": sitting(consultation).slug, "bestaetigt": "ja", f"wording_{version_id}": "Anders."}

    for wrong, field in (({"meeting": ""}, "meeting"), ({"reason": ""}, "reason")):
        page = client.page(address, 422, "POST", data=data | wrong)
        assert page.select_one(f"#{field}-error")
        assert page.select_one(f"#wording_{version_id}").text.strip() == "Anders."
    empty = client.page(address, 422, "POST", data=data | {f"wording_{version_id}": " \u200b"})
    assert "was hier stehen soll" in empty.select_one(f"#wording_{version_id}-error").text
    same = {f"wording_{version_id}": "Das Ziel 1 erreichen wir bald."}
    assert "nichts anders" in client.page(address, 422, "POST", data=data | same).select_one("#reason-error").text
    assert not client.page("/verwaltung/konzept/freigabe").select("main a[href*='/aenderungen/']")


def test_what_a_body_changed_is_entered_only_after_it_met(client, consultation):
    sitting(consultation).day = now().date() + timedelta(days=2)
    db.session.flush()

    refused = client.page(f"/verwaltung/beratungen/{consultation.id}/aenderung", 409)

    assert "erst nach der Sitzung" in refused.text
    assert "Geänderten Wortlaut" not in client.page(f"/verwaltung/vorlagen/{consultation.paper_id}").text


def test_texts_are_found_without_a_script_and_stay_ticked(client, consultation):
    [base] = queries.all_editions()
    first, third = version(base, "Z-001"), version(base, "Z-003")
    address = f"/verwaltung/beratungen/{consultation.id}/aenderung"

    page = client.page(address)
    assert (texts(page, "legend"), len(page.select("[name=text]"))) == (["1 Sprache"], 3)
    found = client.page(f"{address}?filtern=ja&suche=ZIEL+3&bereich=1+Sprache&text={first}")
    assert texts(found, "legend") == ["Schon ausgewählt", "1 Sprache"]
    assert [tag["value"] for tag in found.select("[name=text]")] == [str(first), str(third)]
    assert [tag["value"] for tag in found.select("[name=text][checked]")] == [str(first)]
    assert texts(client.page(f"{address}?filtern=ja&suche=Wohnen"), "legend") == []


def adopted(consultation):
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-11"), by=None
    )


def test_a_correction_is_proposed_by_one_and_confirmed_by_another(client, consultation):
    [base] = queries.all_editions()
    version_id = version(base, "Z-001")
    address = "/verwaltung/konzept/konzept-1.0/berichtigung"
    client.page(address, 404)
    adopted(consultation)
    assert "Schreibfehler berichtigen" in texts(client.page("/konzept/konzept-1.0"), "aside a")
    assert len(client.page(address).select("input[name=text]")) == 3
    chosen = f"{address}?text={version_id}"
    client.page(chosen)

    much = {f"wording_{version_id}": "Ganz und gar andere Worte.", "reason": "Tippfehler", "bestaetigt": "ja"}
    assert "vier Fünftel" in client.page(chosen, 422, "POST", data=much).select_one(f"#wording_{version_id}-error").text
    little = much | {f"wording_{version_id}": "Das Ziel 1 erreichen wir balde."}
    assert client.post(chosen, data=little).location == waiting()
    own = client.page(waiting())
    assert texts(own, "form.confirm button") == []
    assert "Bestätigen muss es eine zweite Person." in texts(own, ".page-body .notice-text p")[0]

    another_editor(client)
    assert client.post(f"{waiting()}/bestaetigung").location == "/konzept/konzept-1.0.1"
    [_, edition] = queries.all_editions()
    assert (edition.number, queries.standings([edition])[edition.id]) == ("1.0.1", Standing.ADOPTED)
    page = client.page("/konzept/konzept-1.0.1")
    assert "Ein Schreibfehler in der Fassung 1.0 ist berichtigt. Grund: Tippfehler" in texts(page, ".page-body p")[0]
    assert texts(page, "aside .seal-body") == ["Beispielausschuss"]
    assert f"/vorlagen/{consultation.paper_id}" in [tag["href"] for tag in page.select("aside a")]
    before = client.page("/konzept/konzept-1.0")
    assert before.select_one(".page-body .notice a")["href"] == "/konzept/konzept-1.0.1"


def test_a_change_is_thrown_away(client, consultation):
    [base] = queries.all_editions()
    adopted(consultation)
    given = {version(base, "Z-001"): "Das Ziel 1 erreichen wir balde."}
    services.propose_correction(base, wordings=given, reason="Tippfehler", by=AccountFactory(roles=(Role.EDITOR,)))

    assert client.post(f"{waiting()}/rueckzug").location == "/konzept/konzept-1.0"
    assert client.page("/verwaltung/konzept/konzept-1.0/berichtigung").select(".form-actions")


def test_a_correction_whose_address_is_taken_finds_a_free_one(consultation):
    [base] = queries.all_editions()
    adopted(consultation)
    EditionFactory(slug="konzept-1.0.1")
    given = {version(base, "Z-001"): "Das Ziel 1 erreichen wir balde."}
    author, second = AccountFactory.create_batch(2, roles=(Role.EDITOR,))

    change = services.propose_correction(base, wordings=given, reason="Tippfehler", by=author)

    assert services.confirm_change(change, by=second).slug == "konzept-1.0.1-2"


def test_only_editors_amend_and_correct(client, consultation):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    client.page(f"/verwaltung/beratungen/{consultation.id}/aenderung", 403)
    client.page("/verwaltung/konzept/konzept-1.0/berichtigung", 403)
    client.page("/verwaltung/konzept/aenderungen/1", 403)
    for act in ("bestaetigung", "rueckzug"):
        assert client.post(f"/verwaltung/konzept/aenderungen/1/{act}").status_code == 403


def test_only_what_a_body_adopted_leads_to_its_correction(client, consultation):
    wanted = "a[href$='/berichtigung']"
    assert not client.page("/konzept/konzept-1.0").select(wanted)

    adopted(consultation)

    [link] = client.page("/konzept/konzept-1.0").select(wanted)
    client.page(link["href"])


def test_a_correction_that_waits_stands_on_the_desk_of_the_second_person(client, consultation):
    [base] = queries.all_editions()
    adopted(consultation)
    given = {version(base, "Z-001"): "Das Ziel 1 erreichen wir balde."}
    services.propose_correction(base, wordings=given, reason="Tippfehler", by=AccountFactory(roles=(Role.EDITOR,)))

    assert "1 Änderung an einer Fassung zu bestätigen" in texts(client.page("/verwaltung"), ".counts a")
    [link] = client.page("/verwaltung/konzept/freigabe").select("main a[href*='/aenderungen/']")
    assert texts(client.page(link["href"]), "h1") == ["Eine Berichtigung wartet"]
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    assert not client.page("/verwaltung/konzept/freigabe").select("main a[href*='/aenderungen/']")

import io
from datetime import date

import pytest
from sqlalchemy import select

from app import storage
from app.accounts.models import Role
from app.council import services
from app.council.models import (
    Annex,
    AnnexContent,
    Consultation,
    ConsultationRole,
    FinancialEffect,
    Paper,
    PaperKind,
)
from app.db import db
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from tests.council.factories import (
    AnnexFactory,
    ConsultationFactory,
    ConsultationMeetingFactory,
    MeetingFactory,
    PaperFactory,
)
from tests.factories import AccountFactory
from tests.pages import Page
from tests.pdfs import pdf_with
from tests.structures.factories import OrganizationFactory


def words(tag):
    return " ".join(tag.text.split())


@pytest.fixture
def editor(client):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))


def paper_fields(**more):
    OrganizationFactory(slug="amt", kind=OrganizationKind.OFFICE)
    return {
        "title": "Rahmenkonzept",
        "kind": "resolution_proposal",
        "organization": "amt",
        "number": " 2016/114 ",
        "dated_on": "2016-06-16",
        "financial_effect": "not_quantifiable",
        "proposal": "Zugestimmt.",
        "facts": "### Lage",
        "financial": "Derzeit nicht bezifferbar.",
        **more,
    }


def test_create_paper_leads_to_its_page_at_the_desk(client, editor):
    client.page("/verwaltung/vorlagen/neu")

    answer = client.post("/verwaltung/vorlagen/neu", data=paper_fields())

    paper = db.session.scalars(select(Paper)).one()
    assert (answer.status_code, answer.location) == (303, f"/verwaltung/vorlagen/{paper.id}")
    assert (paper.number, paper.kind, paper.dated_on) == (
        "2016/114",
        PaperKind.RESOLUTION_PROPOSAL,
        date(2016, 6, 16),
    )
    assert words(client.page(answer.location).select_one(".lead")) == "Drucksachen-Nr. 2016/114"


def test_a_number_unlike_the_others_is_taken_and_told(client, editor, monkeypatch):
    monkeypatch.setitem(client.application.config, "PAPER_NUMBER", "NNN-YY")
    assert "JJ" in client.page("/verwaltung/vorlagen/neu").select_one("#number-hint").text

    answer = client.post("/verwaltung/vorlagen/neu", data=paper_fields())

    assert [words(each) for each in client.page(answer.location).select(".page-messages .notice-text, .notice-text")][
        :2
    ] == [
        "Erledigt: Die Vorlage ist angelegt.",
        "Achtung: Die Nummer „2016/114“ folgt nicht dem Muster NNN-JJ. Sie ist so gespeichert; prüfen Sie sie bitte.",
    ]


def test_create_paper_says_at_the_field_that_the_number_is_taken_and_loses_nothing(client, editor):
    PaperFactory(number="2016/114")

    page = client.page("/verwaltung/vorlagen/neu", 422, "POST", data=paper_fields())

    assert words(page.select_one("#number-error")) == (
        "Fehler: Diese Drucksachen-Nummer hat schon eine andere Vorlage."
    )
    assert page.select_one("#facts").text.strip() == "### Lage"


def test_create_paper_asks_for_all_three_sections(client, editor):
    page = client.page("/verwaltung/vorlagen/neu", 422, "POST", data=paper_fields(proposal="", facts="", financial=""))

    assert [tag["id"] for tag in page.select("main .kern-error")] == [
        "proposal-error",
        "facts-error",
        "financial-error",
    ]


def test_edit_head_shows_what_is_there_and_saves_what_changed(client, editor):
    office = OrganizationFactory(slug="amt", kind=OrganizationKind.OFFICE)
    OrganizationFactory(slug="zweites-amt", kind=OrganizationKind.OFFICE)
    paper = PaperFactory(sent_at=None, organization=office, number=None, financial_effect=FinancialEffect.IN_BUDGET)
    address = f"/verwaltung/vorlagen/{paper.id}/kopf"
    page = client.page(address)
    assert [option["value"] for option in page.select("option[selected]")] == [
        "resolution_proposal",
        "amt",
        "in_budget",
    ]
    fields = {
        "kind": "information",
        "title": "Neu",
        "organization": "zweites-amt",
        "financial_effect": "none",
        "number": "",
        "dated_on": "",
    }

    client.post(address, data=fields)

    assert (paper.kind, paper.title, paper.organization.slug, paper.number, paper.dated_on) == (
        PaperKind.INFORMATION,
        "Neu",
        "zweites-amt",
        None,
        None,
    )
    PaperFactory(number="2016/114")
    taken = client.page(address, 422, "POST", data={**fields, "number": "2016/114"})
    assert taken.select_one("#number-error")


def test_reword_saves_the_three_sections(client, editor):
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/texte"
    based_on = client.page(address).select_one("[name=based_on]")["value"]

    answer = client.post(address, data={"proposal": "A", "facts": "B\r\n\r\nC", "financial": "D", "based_on": based_on})

    assert answer.location == f"/verwaltung/vorlagen/{paper.id}"
    assert [each.current.content for each in (paper.proposal, paper.facts, paper.financial)] == ["A", "B\n\nC", "D"]


def test_reword_shows_what_was_typed_when_somebody_else_was_quicker(client, editor):
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/texte"
    based_on = client.page(address).select_one("[name=based_on]")["value"]
    services.reword_paper(paper, facts="Von jemand anderem.", by=None)
    typed = {"proposal": "Meins", "facts": "Von mir.", "financial": "Keine", "based_on": based_on}

    page = client.page(address, 409, "POST", data=typed)

    assert words(page.select_one(".lead")) == "Jemand anders hat diese Vorlage inzwischen geändert."
    assert [area.text.strip() for area in page.select("textarea")] == ["Meins", "Von mir.", "Keine"]
    assert page.select("pre")[1].text == "Von jemand anderem."
    assert paper.facts.current.content == "Von jemand anderem."

    client.post(address, data={**typed, "based_on": page.select_one("[name=based_on]")["value"]})
    assert [version.content for version in paper.facts.versions][1:] == ["Von jemand anderem.", "Von mir."]


def test_reword_refuses_an_empty_section_and_keeps_the_others(client, editor):
    paper = PaperFactory(sent_at=None)

    page = client.page(
        f"/verwaltung/vorlagen/{paper.id}/texte",
        422,
        "POST",
        data={"proposal": "A", "facts": " ", "financial": "D", "based_on": "quatsch"},
    )

    assert words(page.select_one("#facts-error")) == "Fehler: Schreiben Sie, worum es geht."
    assert page.select_one("#proposal").text.strip() == "A"


def test_earlier_texts_are_shown_with_what_changed_and_come_back_until_the_paper_is_sent(client, editor):
    paper, other = PaperFactory(sent_at=None), PaperFactory(sent_at=None)
    services.reword_paper(paper, facts="So steht es um die Sache.", by=None)
    address = f"/verwaltung/vorlagen/{paper.id}/texte/fruehere"

    page = client.page(address)
    assert [words(each) for each in page.select("h2, .diff, .muted")] == [
        *("Beschlussvorschlag", "Einen früheren gibt es nicht.", "Sachverhalt"),
        "So steht es um gestrichen: das Beispiel; neu: die Sache; .",
        *("Finanzielle Auswirkungen", "Einen früheren gibt es nicht."),
    ]
    assert client.post(page.select_one("main form")["action"]).status_code == 303
    client.page(f"{address}/{other.facts.current.id}", 404, "POST")

    db.session.refresh(paper.facts, ["versions"])
    assert [each.content for each in paper.facts.versions] == [
        *("So steht es um das Beispiel.", "So steht es um die Sache.", "So steht es um das Beispiel."),
    ]
    services.mark_sent(paper)
    assert client.page(address).select("main form") == []
    client.page(f"{address}/{paper.facts.versions[1].id}", 409, "POST")


def test_beratungsfolge_takes_a_body_with_its_meetings(client, editor):
    paper = PaperFactory(sent_at=None)
    meeting, other = MeetingFactory(), MeetingFactory()
    [link] = client.page(f"/verwaltung/vorlagen/{paper.id}/beratungsfolge").select(
        f"main a[href$='gremium={meeting.organization.slug}']"
    )
    address = link["href"]
    assert [tag["value"] for tag in client.page(address).select("[name=meetings]")] == [meeting.slug]
    fields = {"role": "advice", "is_public": "yes", "agenda_item": "10.1"}

    client.page(address, 422, "POST", data={**fields, "meetings": [other.slug]})
    client.post(address, data={**fields, "meetings": [meeting.slug]})

    [consultation] = db.session.scalars(select(Consultation))
    assert (consultation.role, consultation.is_public, consultation.agenda_item) == (
        ConsultationRole.ADVICE,
        True,
        "10.1",
    )
    assert [sitting.meeting for sitting in consultation.sittings] == [meeting]
    page = client.page(f"/verwaltung/vorlagen/{paper.id}")
    assert words(page.select_one("h3 + p")) == "Vorberatung, öffentlich, 04.07.2016, TOP 10.1"


def test_beratungsfolge_takes_a_month_where_there_is_no_meeting_yet(client, editor):
    paper, body = PaperFactory(sent_at=None), OrganizationFactory(slug="gruppe")

    client.post(
        f"/verwaltung/vorlagen/{paper.id}/beratungsfolge?gremium=gruppe",
        data={"role": "decision", "is_public": "", "planned": "Dezember 2017"},
    )

    [consultation] = paper.consultations
    assert (consultation.organization, consultation.is_public, consultation.planned) == (
        body,
        None,
        ProcessDate("2017-12"),
    )


def test_a_consultation_gets_one_more_meeting_and_goes(client, editor):
    consultation = ConsultationMeetingFactory(consultation__paper__sent_at=None).consultation
    meeting = MeetingFactory(organization=consultation.organization)
    other = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{consultation.paper_id}/beratungsfolge/{consultation.id}"
    client.page(f"{address}/sitzung")

    client.post(f"{address}/sitzung", data={"meeting": meeting.slug})
    assert len(consultation.sittings) == 2

    client.page(f"/verwaltung/vorlagen/{other.id}/beratungsfolge/{consultation.id}/entfernung", 404, "POST")
    client.post(f"{address}/entfernung")
    assert db.session.scalars(select(Consultation)).all() == []


def test_annexes_are_added_and_removed(client, editor):
    paper, other = PaperFactory(sent_at=None), PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/anlagen"
    client.page(address)

    client.post(address, data={"title": "Tabelle", "content": "table"})

    [annex] = paper.annexes
    assert (annex.number, annex.title, annex.content) == (1, "Tabelle", AnnexContent.TABLE)
    client.page(f"/verwaltung/vorlagen/{other.id}/anlagen/{annex.id}/entfernung", 404, "POST")
    client.post(f"{address}/{annex.id}/entfernung")
    assert db.session.scalars(select(Annex)).all() == []


def test_an_own_pdf_goes_with_a_paper_and_says_nothing_of_its_author(client, editor):
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/anlagen"

    def post(title, content, file):
        return client.post(address, data={"title": title, "content": content, "file": (io.BytesIO(file), "a.pdf")})

    def said(response):
        return words(Page(response.text, address).select_one("#file-error"))

    pdf = pdf_with(author="Frau Beispiel", script="", hidden=("a", b""))
    assert [said(post(*given)) for given in (("T", "upload", b"Kein PDF"), ("T", "upload", b"%PDF-1.7"))] == [
        "Fehler: Das ist kein PDF. Bitte speichern Sie die Datei als PDF.",
        "Fehler: Dieses PDF lässt sich nicht öffnen, oder es verlangt ein Passwort. Bitte wählen Sie ein anderes.",
    ]
    assert said(client.post(address, data={"title": "T", "content": "upload"})) == "Fehler: Wählen Sie die Datei aus."
    assert said(post("T", "table", pdf)) == (
        "Fehler: Wählen Sie oben „Eine eigene Datei“, oder lassen Sie dieses Feld leer."
    )
    assert said(post("", "upload", pdf)) == "Fehler: Wählen Sie die Datei bitte noch einmal aus."
    assert paper.annexes == []

    assert post("Ein Gutachten", "upload", pdf).status_code == 303

    [annex] = paper.annexes
    key = annex.key
    assert (annex.content, b"Frau Beispiel" in storage.read(key)) == (AnnexContent.UPLOAD, False)
    assert client.get(f"/vorlagen/{paper.id}/anlagen/1.pdf").data == storage.read(key)
    client.post(f"{address}/{annex.id}/entfernung")
    with pytest.raises(storage.FileMissing):
        storage.read(key)


def test_financial_effect_asks_for_amount_and_year_where_they_belong(client, editor):
    OrganizationFactory(slug="amt", kind=OrganizationKind.OFFICE)
    paper = PaperFactory(sent_at=None, number=None)
    address = f"/verwaltung/vorlagen/{paper.id}/kopf"
    fields = {"kind": "motion", "title": "Neu", "organization": "amt", "number": "", "dated_on": ""}

    page = client.page(address, 422, "POST", data={**fields, "financial_effect": "quantified"})
    assert [words(tag) for tag in page.select("main .kern-error")] == [
        "Fehler: Geben Sie den Betrag an.",
        "Fehler: Geben Sie das Haushaltsjahr an.",
    ]
    given = {"financial_amount": "12.500,50", "financial_year": "2026"}
    shown = []
    for effect in ("quantified", "in_budget", "none"):
        client.post(address, data={**fields, **given, "financial_effect": effect})
        shown.append(words(client.page(f"/vorlagen/{paper.id}").select_one(".paper-text strong")))

    assert shown == ["12.500,50 € im Haushaltsjahr 2026", "im Haushalt 2026 berücksichtigt", "keine"]
    assert (paper.financial_amount, paper.financial_year) == (None, None)


def test_a_sent_paper_offers_no_change_and_refuses_each(client, editor):
    consultation = ConsultationFactory(paper__sent_at=None)
    annex = AnnexFactory(paper=consultation.paper)
    services.mark_sent(annex.paper)
    desk = f"/verwaltung/vorlagen/{annex.paper_id}"

    page = client.page(desk)

    assert words(page.select_one(".notice")) == (
        "Hinweis: Diese Vorlage ist versandt. Sie und ihre Anlagen ändern sich nicht mehr."
    )
    assert [link["href"] for link in page.select("main a") if link["href"].startswith(desk)] == [
        f"{desk}/texte/fruehere",
        f"{desk}/beratungsfolge/{consultation.id}/sitzung",
    ]
    assert page.select("main form") == []
    for path in ("kopf", "texte", "beratungsfolge", "anlagen"):
        client.page(f"{desk}/{path}", 409)
    for path in (f"anlagen/{annex.id}", f"beratungsfolge/{consultation.id}"):
        client.page(f"{desk}/{path}/entfernung", 409, "POST")


def test_desk_lists_drafts_before_what_is_sent(client, editor):
    assert words(client.page("/verwaltung/vorlagen").select_one(".empty-title")) == "Noch keine Vorlage"
    PaperFactory(title="Versandte", number=None, dated_on=None)
    PaperFactory(title="Entwurf", number="2026/1", sent_at=None)

    page = client.page("/verwaltung/vorlagen")

    assert [words(tag) for tag in page.select("caption, tbody .cell")] == [
        *("In Arbeit", "Entwurf", "Beschlussvorlage", "2026/1", "16.06.2016"),
        *("Versandt", "Versandte", "Beschlussvorlage", "ohne", "ohne"),
    ]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MODERATOR, Role.ORGANISER, Role.ADMIN])
def test_desk_of_papers_is_for_editors(client, role):
    paper = PaperFactory(sent_at=None)
    client.sign_in(AccountFactory(roles=(role,)))

    client.page("/verwaltung/vorlagen", 403)
    client.page(f"/verwaltung/vorlagen/{paper.id}/texte", 403, "POST", data={"proposal": "A"})

    assert len(paper.proposal.versions) == 1

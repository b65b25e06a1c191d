import csv
import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept.models import ChapterContent
from app.db import db, now
from app.drafting.models import (
    Disposition,
    DispositionOutcome,
    Hearing,
    HearingBody,
    Suggestion,
    SuggestionKind,
)
from app.drafting.services import dispositions
from app.local_time import day_of
from app.spreadsheets import read
from app.texts.moderated import ModerationState
from tests.concept.factories import ChapterFactory, text
from tests.drafting.factories import SENTENCE, WORDING, HearingFactory, SuggestionFactory, goal, reloaded
from tests.factories import AccountFactory
from tests.pdfs import text_of
from tests.structures.factories import MandateFactory, OrganizationFactory

LIST = "/verwaltung/anregungen"
TYPED = {"kind": "reword", "passage": "21:42", "wording": "Kurse kosten nichts.", "reason": "Klarer."}


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def path(address):
    return urlsplit(address).path


def form_of(owner):
    return f"/anregungen/zu/{owner.text_id}"


def found():
    return db.session.scalars(select(Suggestion).order_by(Suggestion.id)).all()


def sign_in(client, *roles):
    account = AccountFactory(roles=roles)
    client.sign_in(account)
    return account


def test_a_visitor_suggests_and_follows_it_by_a_link(client, mails):
    owner = goal()
    HearingFactory()
    page = client.page(form_of(owner))
    assert texts(page, "#passage label") == ["der ganze Text", "Alle lernen Deutsch.", "Kurse sind kostenlos."]

    sent = client.post(form_of(owner), data={**TYPED, "email": "p@example.org"})
    assert (sent.status_code, sent.location) == (303, f"{form_of(owner)}/gesendet")
    own = client.page(sent.location).select_one(".copy-link a")["href"]
    assert client.page(sent.location).select(".copy-link") == []
    [suggestion] = found()
    assert ((suggestion.start, suggestion.stop), suggestion.state) == (SENTENCE, ModerationState.RECEIVED)
    assert texts(client.page(form_of(owner)), ".suggestion") == []  # nobody has looked

    [mail] = mails()
    [confirm] = mail.links
    client.page(path(confirm))
    assert suggestion.suggester.email_confirmed_at is None
    client.post(path(confirm))
    assert suggestion.suggester.email_confirmed_at is not None
    assert texts(client.page(own), "dd")[1] == "wird geprüft"
    [received] = [each for each in mails() if each.subject == f"Ihre Anregung {suggestion.id} ist da"]
    [link] = received.links
    form = client.page(path(link)).select_one("form[action$=rueckzug]")
    assert client.post(form["action"]).status_code == 303
    page = client.page(path(link))
    assert (texts(page, "dd")[1], page.select("form[action$=rueckzug]")) == ("zurückgezogen", [])


def test_a_form_with_mistakes_keeps_everything(client):
    owner = goal()
    HearingFactory()

    page = client.page(form_of(owner), 422, "POST", data={**TYPED, "wording": "", "passage": "40:4000", "email": "x"})

    assert texts(page, ".error-summary li") == [
        "Um welche Stelle geht es?: Wählen Sie eine Stelle.".replace("?:", ":"),
        "So soll es heißen: Schreiben Sie, was dort stehen soll.",
        "E-Mail-Adresse: Schreiben Sie die E-Mail-Adresse ohne Umlaute und so: name@beispiel.de",
    ]
    assert page.select_one("#reason").text.strip() == "Klarer."
    page = client.page(form_of(owner), 422, "POST", data={**TYPED, "wording": "Kurse sind kostenlos."})
    assert texts(page, "#wording-error") == ["Fehler: So steht es schon da. Schreiben Sie, was anders sein soll."]
    client.post(form_of(owner), data={**TYPED, "website": "robot"})
    assert found() == []


def test_without_a_draft_laid_out_the_page_leads_to_a_contribution(client):
    owner = goal()

    page = client.page(form_of(owner))

    assert page.select("form.form-page") == []
    assert texts(page, "main .action-link") == ["Einen Vorschlag machen"]
    assert client.post(form_of(owner), data=TYPED).status_code == 200
    assert found() == []


def test_the_draft_is_found_from_the_concept_and_lists_chapter_by_chapter(client):
    goal()
    ChapterFactory(number=1, body=text("Wir sind viele.")), ChapterFactory(number=2, body=text("Wir sind mehr."))
    link = f'a[href="/anregungen/entwurf/{HearingFactory(title="Erster Entwurf").number}"]'

    for address in ("/konzept", "/konzept/arbeitsfassung"):
        assert texts(client.page(address), link) == ["Erster Entwurf"]
    chapters, section = client.page("/anregungen").select("details")
    assert [link.text for link in chapters.select("a")] == [
        *("Kapitel 1, Zusammenfassung", "Kapitel 1, Text"),
        *("Kapitel 2, Zusammenfassung", "Kapitel 2, Text"),
    ]
    assert len(section.select("a")) == 1


def test_texts_of_others_cannot_be_asked_for(client):
    client.page("/anregungen/zu/404404", 404)
    withheld = SuggestionFactory(state=ModerationState.WITHHELD, state_reason="Beleidigt.")

    client.page(f"/anregungen/zu/{withheld.reason_id}", 404)


def test_who_acts_for_a_body_that_is_asked_writes_in_its_name(client):
    owner, asked = goal(), OrganizationFactory(name="Beispielkreis Sprache")
    HearingFactory(bodies=[HearingBody(organization=asked)])
    assert texts(client.page(form_of(owner)), "main .notice") == [
        "Hinweis: Um Stellungnahme gebeten sind diesmal: Beispielkreis Sprache. Wer für sie handelt, meldet sich an."
    ]
    client.sign_in(MandateFactory(organization=asked, account__roles=(Role.REPRESENTATIVE,)).account)

    page = client.page(form_of(owner))
    assert texts(page, "#on_behalf_of option") == ["Beispielkreis Sprache", "nur für mich"]
    assert page.select("#email") == []
    client.post(form_of(owner), data={**TYPED, "on_behalf_of": asked.slug})

    [suggestion] = found()
    assert (suggestion.organization, suggestion.suggester.email_confirmed_at is not None) == (asked, True)


def test_the_office_recommends_beside_the_text_at_any_time(client):
    owner = goal()
    sign_in(client, Role.EDITOR)

    client.post(form_of(owner), data={**TYPED, "on_behalf_of": "verwaltung", "kind": "add"})

    assert texts(client.page(form_of(owner)), ".suggestion--office .suggestion-source")[0].startswith("Anregung")
    [suggestion] = found()
    assert (suggestion.is_office, suggestion.state, suggestion.kind) == (
        True, ModerationState.RELEASED, SuggestionKind.ADD
    )  # fmt: skip


def test_an_editor_lays_a_draft_out_and_gives_more_time(client, mails):
    goal()
    asked = OrganizationFactory()
    MandateFactory(organization=asked, account__email="kreis@example.org")
    sign_in(client, Role.EDITOR)
    day = day_of(now())
    new = f"{LIST}/entwurf/neu"

    wrong = {"title": "Erster", "opens_on": day.isoformat(), "closes_on": (day - timedelta(days=1)).isoformat()}
    assert texts(client.page(new, 422, "POST", data=wrong), "#closes_on-error") == [
        "Fehler: Der letzte Tag liegt vor dem ersten."
    ]
    client.post(new, data={**wrong, "closes_on": day.isoformat(), "bodies": [asked.slug]})
    client.post(
        f"{LIST}/entwurf/1", data={"title": "Erster Entwurf", "closes_on": (day + timedelta(days=7)).isoformat()}
    )

    [hearing] = db.session.scalars(select(Hearing))
    assert (hearing.title, hearing.closes_on - hearing.opens_on) == ("Erster Entwurf", timedelta(days=7))
    assert '"sections":[{' in hearing.document
    assert [mail.to for mail in mails()] == ["kreis@example.org"]
    assert "Entwurf 1: Erster Entwurf" in texts(client.page("/anregungen"), "h2")


def test_moderation_publishes_some_and_withholds_others_with_a_reason(client):
    one, two = SuggestionFactory.create_batch(2, state=ModerationState.RECEIVED)
    sign_in(client, Role.MODERATOR)
    assert len(client.page(LIST).select(".suggestion")) == 2

    client.page(f"{LIST}/zurueckhaltung", 422, "POST", data={"chosen": two.id})
    client.post(f"{LIST}/zurueckhaltung", data={"chosen": two.id, "reason": "Nennt eine Person."})
    client.post(f"{LIST}/freigabe", data={"chosen": one.id})

    assert [reloaded(each).state for each in (one, two)] == [ModerationState.RELEASED, ModerationState.WITHHELD]
    assert client.post(f"{LIST}/entscheidung", data={"chosen": one.id}).status_code == 403
    assert client.post(f"{LIST}/{one.id}", data={"outcome": "adopted"}).status_code == 403
    page = client.page(f"/anregungen/entwurf/{two.hearing.number}")
    assert (texts(page, "h2 + ul:not(.plain-list) li"), page.select("main table")) == (["Nennt eine Person."], [])


def test_an_editor_works_a_suggestion_into_the_text(client):
    owner = goal()
    made = SuggestionFactory(owner=owner)
    sign_in(client, Role.EDITOR)
    page = client.page(f"{LIST}/{made.id}")
    expected = "Alle lernen Deutsch. Kurse kosten nichts."
    assert page.select_one("#wording").text.strip() == expected
    version_id = page.select_one("[name=version_id]")["value"]

    answer = {"outcome": "adopted", "wording": expected, "reason": "Klarer.", "version_id": version_id}
    page = client.page(f"{LIST}/{made.id}", 422, "POST", data={**answer, "version_id": ""})
    assert texts(page, "#wording-error") == ["Fehler: Jemand hat den Wortlaut inzwischen geändert."]
    assert client.post(f"{LIST}/{made.id}", data=answer).status_code == 303

    assert reloaded(owner).text.current.content == expected
    page = client.page(f"/anregungen/entwurf/{made.hearing.number}")
    assert texts(page, "main .status") == ["eingearbeitet"]
    assert texts(client.page(f"{LIST}?stand=entschieden"), ".suggestion-outcome") == ["eingearbeitet Klarer."]


def test_a_suggestion_to_a_text_that_moved_on_shows_what_changed(client):
    owner = goal()
    made = SuggestionFactory(owner=owner)
    sign_in(client, Role.EDITOR)
    seen = owner.text.current.id
    client.post(f"/verwaltung/konzept/ziele/{owner.code}", data={
        "wording": "Alle lernen Deutsch. Kurse kosten wenig.", "reason": "Genauer", "version_id": seen
    })  # fmt: skip

    page = client.page(f"{LIST}/{made.id}")

    assert texts(page, ".side-by-side .notice-text") == [
        "Achtung: Die Stelle lautet inzwischen anders. Arbeiten Sie die Anregung von Hand ein."
    ]
    assert texts(page, "h2")[2] == "Was sich dort geändert hat, seit die Anregung kam"
    assert page.select_one("#wording").text.strip() == "Alle lernen Deutsch. Kurse kosten wenig."


def test_several_get_the_same_answer(client):
    hearing = HearingFactory()
    some = SuggestionFactory.create_batch(2, hearing=hearing)
    sign_in(client, Role.EDITOR)
    data = {"chosen": [each.id for each in some], "outcome": "not_adopted"}

    client.page(f"{LIST}/entscheidung", 422, "POST", data=data)
    page = client.page(f"{LIST}/entscheidung", 422, "POST", data={**data, "outcome": "adopted", "reason": "Ja"})
    assert texts(page, ".error-summary li")[0].startswith("Anregungen: Der Wortlaut ist noch derselbe")
    client.post(f"{LIST}/entscheidung", data={**data, "reason": "Zu teuer."})

    outcomes = db.session.scalars(select(Disposition.outcome)).all()
    assert outcomes == [DispositionOutcome.NOT_ADOPTED] * 2


def test_the_table_for_the_committee_says_the_same_in_each_format(client):
    chapter = ChapterFactory(number=1, content=ChapterContent.TEXT)
    hearing = HearingFactory(title="Entwurf vom 14.06.2016")
    owner = goal()
    decided = SuggestionFactory(owner=owner, hearing=hearing, is_office=True)
    dispositions.dispose([decided], outcome=DispositionOutcome.NOT_ADOPTED, reason="Zu kurz.", by=None)
    SuggestionFactory(
        hearing=hearing, version=chapter.summary.current, start=0, stop=4, kind=SuggestionKind.DROP, words=""
    )
    SuggestionFactory(hearing=hearing, state=ModerationState.RECEIVED, words="Geheim")
    base = f"/anregungen/entwurf/{hearing.number}/anregungen"

    rows = list(csv.reader(io.StringIO(client.get(f"{base}.csv").data.decode("utf-8-sig")), delimiter=";"))

    assert [row[1] for row in rows] == ["Stelle", "Kapitel 1, Zusammenfassung", f"Unterziel {owner.code}"]
    assert rows[2][2:] == [
        "Kurse sind kostenlos.", "anders sagen", "Kurse kosten nichts.", "Das versteht man besser.",
        "Empfehlung der Verwaltung", "nicht eingearbeitet", "Zu kurz.", "",
    ]  # fmt: skip
    lines = read(client.get(f"{base}.xlsx").data, required="stelle")
    assert [line.cells["anregung"] for line in lines] == ["", "Kurse kosten nichts."]
    printed = text_of(client.get(f"{base}.pdf").data)
    assert all(words in printed for words in ("Entwurf vom 14.06.2016", "Kurse kosten nichts.", "Zu kurz."))
    assert "Geheim" not in printed


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_questions_whatever_their_length(client, count_queries, count):
    hearing = HearingFactory()
    SuggestionFactory.create_batch(count, hearing=hearing)
    sign_in(client, Role.EDITOR)
    numbers = []

    for address in (f"{LIST}?stand=offen", f"/anregungen/entwurf/{hearing.number}", "/anregungen"):
        with count_queries() as statements:
            client.page(address)
        numbers.append(len(statements))

    assert numbers == [19, 31, 15]


def test_a_goal_that_is_gone_keeps_what_was_suggested(client):
    owner = goal()
    made = SuggestionFactory(owner=owner)
    db.session.delete(owner.placement)
    db.session.commit()
    sign_in(client, Role.EDITOR)

    assert WORDING.startswith(client.page(f"{LIST}/{made.id}").select_one(".current-text").text[:20])
    client.post(f"{LIST}/{made.id}", data={"outcome": "adopted", "reason": "Das Ziel ist gestrichen."})

    assert reloaded(made).disposition.version is None
    assert "nicht mehr im Entwurf" in texts(client.page(f"/anregungen/entwurf/{made.hearing.number}"), "main th")[4]


def test_the_thread_of_a_goal_tells_what_was_suggested_and_what_became_of_it(client):
    owner = goal()
    made = SuggestionFactory(owner=owner)
    SuggestionFactory(owner=owner, words="Noch offen.")
    SuggestionFactory(owner=owner, words="Verborgen.", state=ModerationState.RECEIVED)
    version_id = owner.text.current.id
    dispositions.incorporate(
        made,
        wording="Alle lernen Deutsch. Kurse kosten nichts.",
        outcome=DispositionOutcome.ADOPTED,
        reason="Das ist klarer.",
        by=None,
        expected_version_id=version_id,
    )

    page = client.page(f"/ziele/{owner.code}/weg")

    assert texts(page, ".thread-entry--note .thread-title") == ["Anregung, eingearbeitet: „Kurse kosten nichts.“"]
    assert texts(page, ".thread-entry--note .thread-text") == ["Das ist klarer."]

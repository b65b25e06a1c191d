import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import services
from app.concept.services import ChapterText
from app.db import db, now
from app.drafting.models import DeskDraft
from app.drafting.services import drafts
from tests.concept.factories import WorkingEditionFactory
from tests.council.factories import PaperFactory
from tests.drafting.factories import SuggestionFactory, goal, reloaded
from tests.factories import AccountFactory
from tests.structures.factories import MunicipalityFactory

JSON = {"Accept": "application/json"}


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def kept():
    return db.session.scalars(select(DeskDraft).order_by(DeskDraft.id)).all()


def revisions(owner):
    return f"/verwaltung/konzept/texte/{owner.text_id}"


@pytest.fixture
def owner():
    return goal("Alle lernen Deutsch.")


@pytest.fixture
def account(client):
    account = AccountFactory(roles=(Role.EDITOR,), name="Erika Beispiel")
    client.sign_in(account)
    return account


def test_what_is_typed_is_kept_offered_again_and_gone_once_it_was_sent(client, owner, account):
    page = f"/verwaltung/konzept/ziele/{owner.code}"
    form = client.page(page).select_one("form.form-page")
    keep = form.select_one("[data-behaviour=autosave]")["data-url"]
    assert form.select_one("button[formaction]")["formaction"] == keep
    typed = {"wording": "Alle lernen früh", "reason": "", "version_id": form.select_one("[name=version_id]")["value"]}

    answer = client.post(keep, data=typed, headers=JSON)
    assert answer.json["said"].startswith("Zwischengespeichert um ")
    without_script = client.post(keep, data={**typed, "wording": "Alle lernen früh Deutsch."})
    assert (without_script.status_code, without_script.location) == (303, f"{page}?entwurf=1")

    [link] = client.page(page).select(".notice a.action-link")
    shown = client.page(link["href"])
    assert shown.select_one("#wording").text.strip() == "Alle lernen früh Deutsch."
    assert client.page(page).select_one("#wording").text.strip() == "Alle lernen Deutsch."
    assert len(kept()) == 1
    refused = client.post(page, data={**typed, "reason": ""})
    assert (refused.status_code, len(kept())) == (422, 1)
    client.post(page, data={**typed, "wording": "Alle lernen früh Deutsch.", "reason": "Genauer"})

    assert (kept(), reloaded(owner).text.current.content) == ([], "Alle lernen früh Deutsch.")


def test_what_is_kept_can_be_dropped_and_belongs_to_one_person_and_page(client, owner, account):
    page = f"/verwaltung/konzept/ziele/{owner.code}"
    drafts.keep(account, page, {"wording": ["Meins"]})
    other = AccountFactory(roles=(Role.EDITOR,))
    drafts.keep(other, page, {"wording": ["Deins"]})
    [button] = client.page(page).select(".notice form")

    client.post(button["action"])

    assert [each.account for each in kept()] == [other]
    for address in (
        "https://example.org/",
        "//example.org/verwaltung/",
        "/verwaltung/" + "x" * 200,
        "/verwaltung/\r\nx",
        "",
    ):
        assert client.post("/verwaltung/zwischenstand", query_string={"seite": address}).status_code == 404


def test_who_else_is_writing_is_said_by_first_name(client, owner, account):
    page = f"/verwaltung/konzept/ziele/{owner.code}"
    drafts.keep(AccountFactory(name="Otto Beispielmann"), page, {"wording": ["Auch ich"]})

    [notice] = texts(client.page(page), ".kern-alert--warning")
    assert notice.startswith("Achtung: Otto schreibt hier auch gerade, seit ")
    for each in kept():
        each.saved_at = each.begun_at = now().replace(year=2020)
    db.session.commit()
    assert client.page(page).select(".kern-alert--warning") == []


def test_every_long_form_of_the_desk_is_kept(client, owner, account):
    chapter = services.add_chapter(ChapterText(title="Wozu", summary="Kurz", body="Lang"), by=None)
    other = goal("Alle wohnen.")
    MunicipalityFactory()
    desk = "/verwaltung/konzept"
    forms = {
        f"{desk}/kapitel/neu": "body",
        f"{desk}/kapitel/{chapter.id}": "body",
        f"{desk}/glossar/neu": "plain",
        f"{desk}/ablauf/neu": "note",
        f"{desk}/verstaendnis/neu": "wording",
        f"{desk}/ziele/neu?thema={owner.placement.section.slug}": "wording",
        f"{desk}/massnahmen/neu": "wording",
        f"{desk}/ideen/neu": "wording",
        f"{desk}/praxisbeispiele/neu": "wording",
        f"{desk}/ziele/{owner.code}/aufteilung?teile=3": "wording_3",
        f"{desk}/ziele/zusammenfuehrung?code={owner.code}&code={other.code}": "wording",
        f"{desk}/uebersetzungen/ar/{owner.text.current.id}": "wording",
        f"/verwaltung/anregungen/{SuggestionFactory(owner=owner).id}": "reason",
        f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/texte": "facts",
    }
    for page, field in forms.items():
        keep = client.page(page).select_one("form.form-page [data-behaviour=autosave]")["data-url"]
        client.post(keep, data={field: f"Angefangen: {page}"}, headers=JSON)

    for page, field in forms.items():
        [link] = client.page(page).select(".notice a.action-link")
        assert client.page(link["href"]).select_one(f"#{field}").text.strip() == f"Angefangen: {page}"


def test_a_new_chapter_is_forgotten_once_it_stands_there_and_kept_while_it_is_looked_at(client, account):
    WorkingEditionFactory()
    new = "/verwaltung/konzept/kapitel/neu"
    drafts.keep(account, new, {"body": ["Angefangen"]})
    typed = {"title": "Wozu", "summary": "Kurz", "content": "text", "body": "Lang"}

    looked = client.page("/verwaltung/konzept/kapitel/vorschau", 200, "POST", data=typed)

    assert looked.select_one("[data-behaviour=autosave]")["data-url"].endswith("kapitel/neu")
    assert len(kept()) == 1
    client.post(new, data=typed)
    assert kept() == []


def test_a_conflict_shows_what_both_began_with_and_keeps_what_was_typed(client, owner, account):
    page = f"/verwaltung/konzept/ziele/{owner.code}"
    seen = client.page(page).select_one("[name=version_id]")["value"]
    services.reword_goal(owner, wording="Alle lernen schnell Deutsch.", reason="Früher", by=None)
    typed = {"wording": "Alle lernen gut Deutsch.", "reason": "Besser", "version_id": seen}
    drafts.keep(account, page, {"wording": [typed["wording"]]})

    shown = client.page(page, 409, "POST", data=typed)

    assert texts(shown, ".side-by-side section > p") == [
        "Alle lernen Deutsch.", "Alle lernen neu: schnell ; Deutsch.", "Alle lernen neu: gut ; Deutsch."
    ]  # fmt: skip
    assert (shown.select_one("#wording").text.strip(), len(kept())) == ("Alle lernen gut Deutsch.", 1)
    assert shown.select_one("[name=version_id]")["value"] == str(reloaded(owner).text.current.id)


def test_a_conflict_in_a_chapter_shows_both_of_its_texts(client, account):
    WorkingEditionFactory()
    chapter = services.add_chapter(ChapterText(title="Wozu", summary="Kurz", body="Lang"), by=None)
    page = f"/verwaltung/konzept/kapitel/{chapter.id}"
    form = client.page(page).select_one("form.form-page")
    given = {name: form.select_one(f"[name={name}]")["value"] for name in ("stand", "seen")}
    services.write_chapter(chapter, ChapterText(title="Wozu", summary="Kürzer", body="Lang"), by=None)

    typed = {"title": "Wozu", "summary": "Kurz", "content": "text", "body": "Länger", **given}
    shown = client.page(page, 409, "POST", data=typed)

    assert texts(shown, ".side-by-side section > p") == [
        "Kurz", "gestrichen: Kurz; neu: Kürzer;", "Kurz", "Lang", "Lang", "gestrichen: Lang; neu: Länger;"
    ]  # fmt: skip


def test_any_two_versions_are_compared_and_one_is_put_back(client, owner, account):
    for wording in ("Alle lernen früh Deutsch.", "Alle lernen früh und gut Deutsch."):
        services.reword_goal(owner, wording=wording, reason="Besser", by=account)
    page = client.page(revisions(owner))
    assert texts(page, "ins") == ["neu: und gut ;"]
    assert texts(client.page(f"{revisions(owner)}?von=1&bis=3"), "ins") == ["neu: früh und gut ;"]
    assert [row.split(", ")[-1] for row in texts(page, "tbody td:nth-child(2)")[:2]] == ["Erika Beispiel"] * 2

    client.page(f"{revisions(owner)}/1/wiederherstellung", 422, "POST", data={"reason": ""})
    client.page(f"{revisions(owner)}/9/wiederherstellung", 404)
    client.post(f"{revisions(owner)}/1/wiederherstellung", data={"reason": "War besser"})

    current = reloaded(owner).text.current
    assert (current.number, current.content) == (4, "Alle lernen Deutsch.")


def test_versions_of_other_texts_are_not_shown(client, account, owner):
    paper = PaperFactory()

    client.page(f"/verwaltung/konzept/texte/{paper.proposal_id}", 404)

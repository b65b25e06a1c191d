import json
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app import limits, spreadsheets
from app.accounts.models import Role
from app.comments import services
from app.comments.models import Comment, CommentKind, CommentReport
from app.comments.services import Person
from app.db import db
from app.proposals.models import Channel, ProposalState
from app.proposals.services import imports
from tests.comments.factories import CommentFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import MandateFactory, OrganizationFactory

HIDDEN = [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN]


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def path(address):
    return urlsplit(address).path


def form_of(proposal):
    return f"/vorschlaege/{proposal.reference}/kommentar"


def comments():
    return db.session.scalars(select(Comment).order_by(Comment.id)).all()


def moderate(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_comment_without_account_from_the_form_to_taking_it_back(client, mails):
    proposal = ProposalFactory()
    form = client.page(form_of(proposal)).select_one("form:has(#text)")

    typed = {"text": "Auch am Samstag", "kind": "question", "name": "Beispielname", "email": "p@example.org"}
    sent = client.post(form["action"], data=typed)
    assert (sent.status_code, sent.location) == (303, f"{form_of(proposal)}/gesendet")
    page = client.page(sent.location)
    own = page.select_one(".copy-link a")["href"]
    assert client.page(sent.location).select(".copy-link") == []
    assert client.get(sent.location).headers["Cache-Control"] == "no-store, no-cache"
    [comment] = comments()
    assert (comment.kind, comment.state) == (CommentKind.QUESTION, ProposalState.RECEIVED)

    [mail] = mails()
    [confirm] = mail.links
    client.page(path(confirm))
    assert comment.commenter.email_confirmed_at is None
    answer = client.post(path(confirm))
    assert services.read_own_link(answer.location.rpartition("/")[2]) == comment
    assert comment.commenter.email_confirmed_at is not None

    page = client.page(own)
    assert texts(page, "dd")[1] == "wird geprüft"
    client.post(page.select_one("form.confirm")["action"])
    assert texts(client.page(own), "dd")[1] == "zurückgezogen"
    assert client.page(own).select("form.confirm") == []


def test_comment_keeps_everything_when_something_is_wrong(client):
    proposal = ProposalFactory()

    typed = {"text": " ", "kind": "concern", "name": "x" * 101, "email": "keine"}
    page = client.page(form_of(proposal), 422, "POST", data=typed)

    assert (page.select_one("#name")["value"], page.select_one("#email")["value"]) == ("x" * 101, "keine")
    assert page.select_one("input[name=kind][checked]")["value"] == "concern"
    assert len(page.select(".kern-error")) == 3
    assert comments() == []


@pytest.mark.parametrize("text", ["x" * 1501, "x" * 100_000, "\u202e", "\0"])
def test_comment_that_is_too_long_or_empty_is_explained(client, text):
    client.page(form_of(ProposalFactory()), 422, "POST", data={"text": text})

    assert comments() == []


@pytest.mark.parametrize("typed", [{"kind": "unbekannt"}, {"kind": ""}, {}])
def test_comment_of_an_unknown_kind_is_an_addition_or_explained(client, typed):
    answer = client.post(form_of(ProposalFactory()), data={"text": "<b>Ja</b> 👍", **typed})

    assert answer.status_code == (422 if typed.get("kind") else 303)


def test_comment_of_a_robot_is_not_kept(client):
    sent = client.post(form_of(ProposalFactory()), data={"text": "Kauft hier", "website": "x"})

    assert (sent.status_code, comments()) == (303, [])


@pytest.mark.parametrize("state", [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN])
def test_what_is_not_public_cannot_be_commented(client, state):
    proposal = ProposalFactory(state=state, state_reason="weil")

    assert [client.get(form_of(proposal)).status_code, client.post(form_of(proposal)).status_code] == [404, 404]


@pytest.mark.parametrize("state", HIDDEN)
def test_a_comment_that_is_not_released_shows_nowhere(client, state):
    proposal = ProposalFactory()
    hidden = CommentFactory(proposal=proposal, content="Verborgene Worte", state=state, state_reason="Der Grund")
    CommentFactory(proposal=proposal, content="Antwort darauf", parent=hidden)

    for address in (f"/vorschlaege/{proposal.reference}", "/vorschlaege", f"/vorschlaege/{proposal.reference}/weg"):
        page = client.page(address)
        assert "Verborgene Worte" not in page.text
        assert "Antwort darauf" not in page.text
        assert "Kommentare" not in " ".join(texts(page, ".contributions"))
    assert client.get(f"/kommentare/{hidden.id}/meldung").status_code == 404
    assert client.get(f"{form_of(proposal)}?zu={hidden.id}").status_code == 404


def test_the_page_shows_comments_with_answers_name_language_and_translation(client):
    proposal = ProposalFactory()
    made = services.comment(proposal, text="Так, і ввечері", person=Person(name="<Олена>"))
    services.release([made], by=None)
    services.translate(made, content="Ja, auch abends", by=None)
    services.answer(proposal, text="Danke!", answers=made, by=AccountFactory(roles=(Role.MODERATOR,)))
    CommentFactory(proposal=proposal, state=ProposalState.WITHHELD, state_reason="Beleidigt.", content="Pfui")

    page = client.page(f"/vorschlaege/{proposal.reference}")

    assert texts(page, ".comments h2") == ["2 Kommentare"]
    assert texts(page, ".comment-who b") == ["<Олена>", "Antwort des Teams"]
    assert page.select_one(".comment [lang=uk]").text.strip() == "Так, і ввечері"
    assert texts(page, ".comment-translation p") == ["Ja, auch abends", "Arbeitsübersetzung"]
    assert texts(page, ".comment-answers .comment div p") == ["Danke!"]
    assert texts(page, ".comments-withheld li") == ["Beleidigt."]
    assert "2 Kommentare" in texts(client.page("/vorschlaege"), ".contributions")[0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_however_many_comments_there_are(client, count_queries, number):
    proposal = ProposalFactory()
    for each in CommentFactory.create_batch(number, proposal=proposal, german="Übersetzt"):
        CommentFactory(proposal=proposal, parent=each)

    with count_queries() as statements:
        client.page(f"/vorschlaege/{proposal.reference}")
    assert len([each for each in statements if "FROM comment" in each]) == 4


def test_an_answer_names_what_it_answers_and_lands_there(client):
    comment = CommentFactory(content="Wann genau?")
    address = f"{form_of(comment.proposal)}?zu={comment.id}"
    assert texts(client.page(address), ".quote-text") == ["Wann genau?"]

    client.post(address, data={"text": "Im Herbst"})

    assert comments()[-1].parent_id == comment.id
    elsewhere = ProposalFactory()
    assert [client.get(f"{form_of(elsewhere)}?zu={value}").status_code for value in (comment.id, "x")] == [404, 404]


def test_a_reader_reports_a_comment_and_it_stays(client):
    comment = CommentFactory()
    address = f"/kommentare/{comment.id}/meldung"
    client.page(address)
    client.page(address, 422, "POST", data={"reason": ""})
    client.post(address, data={"reason": "Werbung", "website": "x"})
    assert db.session.scalars(select(CommentReport)).all() == []

    answer = client.post(address, data={"reason": "Nennt einen Namen"})

    assert answer.location == f"/vorschlaege/{comment.proposal.reference}#kommentare"
    assert [each.reason for each in comment.reports] == ["Nennt einen Namen"]
    assert len(client.page(path(answer.location)).select(".comment")) == 1


def test_desk_releases_several_at_once(client):
    first, second, third = CommentFactory.create_batch(3, state=ProposalState.RECEIVED)
    moderate(client)
    page = client.page("/verwaltung/kommentare")
    assert texts(page, ".chips a") == ["Zu prüfen (3)", "Gemeldet (0)", "Alle"]

    client.page("/verwaltung/kommentare/freigabe", 422, "POST", data={})
    client.page("/verwaltung/kommentare/freigabe", 422, "POST", data={"chosen": ["x", "99999"]})
    answer = client.post("/verwaltung/kommentare/freigabe?stand=wartend", data={"chosen": [first.id, third.id]})

    assert answer.location == "/verwaltung/kommentare?stand=wartend"
    db.session.expire_all()
    assert [each.state for each in (first, second, third)] == ["released", "received", "released"]


def test_desk_withholds_for_a_reason_only(client):
    comment = CommentFactory(state=ProposalState.RECEIVED)
    moderate(client)
    address = "/verwaltung/kommentare/zurueckhaltung"

    page = client.page(address, 422, "POST", data={"chosen": [comment.id], "reason": " "})
    assert page.select_one(f"#auswahl-{comment.id}").has_attr("checked")
    client.post(address, data={"chosen": [comment.id], "reason": "Werbung."})

    db.session.refresh(comment)
    assert (comment.state, comment.state_reason) == (ProposalState.WITHHELD, "Werbung.")


def test_desk_translates_answers_and_settles_what_was_reported(client):
    comment = CommentFactory(content="Так", language="uk")
    services.report(comment, reason="Verstehe ich nicht")
    moderate(client)
    page = client.page("/verwaltung/kommentare?stand=gemeldet")
    assert texts(page, ".contributions .thread-note") == ["Gemeldet: Verstehe ich nicht"]
    address = f"/verwaltung/kommentare/{comment.id}"
    client.page(address)

    client.page(f"{address}/uebersetzung", 422, "POST", data={"translation": ""})
    client.page(f"{address}/antwort", 422, "POST", data={"text": ""})
    client.post(f"{address}/uebersetzung", data={"translation": "Ja"})
    client.post(f"{address}/antwort", data={"text": "Danke."})
    client.post(f"{address}/meldungen/erledigt")

    db.session.expire_all()
    assert comment.translation.current.content == "Ja"
    answer = comments()[-1]
    assert (answer.is_team, answer.parent_id, answer.state) == (True, comment.id, ProposalState.RELEASED)
    assert client.page("/verwaltung/kommentare?stand=gemeldet").select(".comment") == []
    assert len(client.page("/verwaltung/kommentare?stand=alle").select(".comment")) == 2
    client.page(f"/verwaltung/kommentare/{answer.id}")
    assert client.get("/verwaltung/kommentare/404404").status_code == 404


def test_sixty_comments_an_hour_from_one_network_are_enough(client, monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Action.COMMENT, 2)
    proposal = ProposalFactory()

    for number in range(2):
        assert client.post(form_of(proposal), data={"text": f"Satz {number}"}).status_code == 303
    page = client.page(form_of(proposal), 422, "POST", data={"text": "Satz 3"})

    assert page.select_one("#text").text.strip() == "Satz 3"
    assert [each[:30] for each in texts(page, ".error-summary li")] == ["Von Ihrem Anschluss kamen gera"]
    assert len(comments()) == 2


def test_a_representative_comments_visibly_for_the_organisation_and_nobody_else_does(client):
    proposal, account = ProposalFactory(), AccountFactory(roles=(Role.REPRESENTATIVE,))
    own = MandateFactory(account=account).organization
    foreign = OrganizationFactory(slug="fremder-verein")
    assert client.page(form_of(proposal)).select("#on_behalf_of") == []
    client.sign_in(account)

    client.page(form_of(proposal), 422, "POST", data={"text": "Wir auch", "on_behalf_of": foreign.slug})
    client.post(form_of(proposal), data={"text": "Wir auch", "name": "Erika", "on_behalf_of": own.slug})
    client.post(form_of(proposal), data={"text": "Ich auch", "name": "Erika", "on_behalf_of": ""})

    services.release(comments(), by=None)
    page = client.page(f"/vorschlaege/{proposal.reference}")
    assert texts(page, ".comment-who b") == [own.name, "Erika"]


def test_comment_without_a_proof_of_work_is_taken_in_and_marked(client):
    client.post(form_of(ProposalFactory()), data={"text": "Ohne Skript", "altcha": "erfunden"})

    [comment] = comments()
    assert (comment.state, comment.is_proven) == (ProposalState.RECEIVED, False)
    moderate(client)
    assert "ohne Nachweis gegen Roboter" in texts(client.page("/verwaltung/kommentare"), ".status")


def test_the_export_as_json_holds_what_is_released_and_no_name(client):
    proposal, silent = ProposalFactory(), ProposalFactory()
    made = services.comment(proposal, text="Auch samstags", person=Person(name="Erika", email="p@example.org"))
    services.release([made], by=None)
    CommentFactory(proposal=silent, state=ProposalState.WITHHELD, state_reason="weil", content="Verborgen")
    moderate(client)

    content = client.get("/verwaltung/beitraege/ausfuhr.json").data
    rows = {row["reference"]: row["comments"] for row in json.loads(content)}

    assert [(each["text"], each["kind"]) for each in rows[proposal.reference]] == [("Auch samstags", "addition")]
    assert rows[silent.reference] == []
    assert [word for word in (b"Erika", b"p@example.org", b"Verborgen") if word in content] == []
    for each in (proposal, silent):
        each.reference = f"alt-{each.id}"
    db.session.flush()
    report = imports.import_rows(spreadsheets.read(content, required="text"), channel=Channel.LETTER)
    assert (len(report.imported), report.refused) == (2, [])


@pytest.mark.parametrize("number", [1, 3])
def test_desk_asks_as_often_for_three_as_for_one(client, count_queries, number):
    for parent in CommentFactory.create_batch(number):
        CommentFactory(proposal=parent.proposal, parent=parent, state=ProposalState.RECEIVED, german="Übersetzt")
    moderate(client)

    with count_queries() as statements:
        client.page("/verwaltung/kommentare")
    assert len(statements) == 14

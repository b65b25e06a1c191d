from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.capture.services import tables
from app.db import db
from app.decisions.services import decisions
from app.moderation.services import moderation
from app.proposals.models import Follow, Proposal, ProposalState
from app.proposals.services import follows, intake, notices
from app.proposals.services.intake import Statement
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import FollowFactory, ProposalFactory, ThemeTableFactory
from tests.proposals.test_thread import Story, at


def path(address):
    return urlsplit(address).path


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_create_with_one_sentence_shows_reference_and_receipt_once(client):
    client.page("/vorschlaege/neu")

    sent = client.post("/vorschlaege/neu", data={"text": "Kurse am Abend"})
    assert (sent.status_code, sent.location) == (303, "/vorschlaege/gesendet")
    page = client.page(sent.location)

    [proposal] = db.session.scalars(select(Proposal))
    reference, code = texts(page, "dd")
    assert reference == proposal.reference
    assert intake.find_by_receipt(code) == proposal
    assert code not in client.page(sent.location).text
    assert client.get("/vorschlaege/gesendet").headers["Cache-Control"] == "no-store, no-cache"


def test_create_keeps_everything_when_something_is_wrong(client):
    typed = {"text": " ", "kind": "measure", "language": "ar", "name": "Beispielperson", "email": "keine"}

    page = client.page("/vorschlaege/neu", 422, "POST", data=typed)

    assert page.select_one("#email")["value"] == "keine"
    assert page.select_one("#name")["value"] == "Beispielperson"
    assert page.select_one("input[name=kind][checked]")["value"] == "measure"
    assert page.select_one("#language option[selected]")["value"] == "ar"
    assert texts(page, "#text-error") == ["Fehler: Schreiben Sie, was sich ändern soll. Ein Satz genügt."]
    assert db.session.scalars(select(Proposal)).all() == []


def test_create_shows_a_robot_the_same_page_and_keeps_nothing(client):
    sent = client.post("/vorschlaege/neu", data={"text": "Kauft hier", "website": "http://example.org"})

    assert (sent.status_code, sent.location) == (303, "/vorschlaege/gesendet")
    assert db.session.scalars(select(Proposal)).all() == []


def test_create_about_a_goal_is_a_change(client):
    goal = Story().goal
    page = client.page(f"/vorschlaege/neu?ziel={goal.code}")
    assert page.select_one("input[name=kind][checked]")["value"] == "change"
    assert texts(page, "main blockquote") == [goal.text.current.content]

    client.post(f"/vorschlaege/neu?ziel={goal.code}", data={"text": "Auch samstags", "kind": "change"})

    assert db.session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one().goal == goal


def test_contribution_with_an_address_is_confirmed_seen_and_withdrawn(client, mails):
    client.post("/vorschlaege/neu", data={"text": "Kurse am Abend", "email": "p@example.org"})
    assert "Eine Mail ist unterwegs." in client.page("/vorschlaege/gesendet").main.text
    [mail] = mails()
    [address] = mail.links
    client.page(path(address))

    own = client.post(path(address)).location
    page = client.page(own)
    assert texts(page, ".quote-text") == ["Kurse am Abend"]
    question = page.select_one("a[href$=ruecknahme]")["href"]
    client.page(question)
    client.post(question)

    [proposal] = db.session.scalars(select(Proposal))
    assert proposal.state is ProposalState.WITHDRAWN
    assert texts(client.page(own), "dd")[1] == "zurückgezogen"
    assert client.get(f"/vorschlaege/{proposal.reference}").status_code == 404


def test_receipt_leads_to_ones_own_contribution(client):
    submission = intake.submit(Statement("Mehr Bänke", language="de"))
    client.page("/vorschlaege/beleg")
    page = client.page("/vorschlaege/beleg", 422, "POST", data={"code": "AAAA-AAAA-AAAA-AAAA"})
    assert page.select_one("#code")["value"] == "AAAA-AAAA-AAAA-AAAA"

    found = client.post("/vorschlaege/beleg", data={"code": submission.receipt_code.lower()})

    assert texts(client.page(found.location), ".quote-text") == ["Mehr Bänke"]
    assert client.page("/vorschlaege/mein/falsch", 409).h1.text == "Das geht gerade nicht"


@pytest.mark.parametrize("role", [None, Role.PARTICIPANT, Role.EDITOR, Role.ADMIN])
def test_nobody_but_moderation_reads_before_release(client, role):
    proposal = ProposalFactory(state=ProposalState.RECEIVED, content="Noch geheim")
    if role:
        client.sign_in(AccountFactory(roles=(role,)))

    for address in ("", "/weg"):
        assert client.get(f"/vorschlaege/{proposal.reference}{address}").status_code == 404
    follow = {"email": "p@example.org", "consent": "y"}
    assert client.post(f"/vorschlaege/{proposal.reference}/folgen", data=follow).status_code == 404
    assert "Noch geheim" not in client.page("/vorschlaege").text


def test_moderation_reads_before_release(client):
    proposal = ProposalFactory(state=ProposalState.RECEIVED, content="Noch geheim")
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    assert texts(client.page(f"/vorschlaege/{proposal.reference}"), ".quote-text") == ["Noch geheim"]


def test_withheld_contribution_shows_its_reason_and_not_its_words(client):
    proposal = ProposalFactory(content="Wertet ab", state=ProposalState.RECEIVED)
    moderation.withhold([proposal], reason="Wertet Menschen ab.", by=None)

    page = client.page(f"/vorschlaege/{proposal.reference}")

    assert texts(page, "main h2, .page-body p:first-of-type")[:2] == ["Der Grund", "Wertet Menschen ab."]
    assert "Wertet ab" not in page.text
    assert client.get(f"/vorschlaege/{proposal.reference}/weg").status_code == 404


def test_index_narrows_what_people_said(client):
    story = Story()
    other = ProposalFactory(content="أنا خيّاط", language="ar", german="Ich bin Schneider")
    ProposalFactory(content="Abends geheim", state=ProposalState.RECEIVED)

    def found(query):
        return texts(client.page(f"/vorschlaege?{query}"), ".contributions .quote-text")

    assert found("suche=abends") == ["Kurse nur am Vormittag! Bitte abends."]
    assert found("suche=Schneider") == found("sprache=ar") == ["أنا خيّاط"]
    assert found(f"suche={other.reference}") == ["أنا خيّاط"]
    assert len(found("ausgang=zusammengefuehrt")) == len(found(f"tisch={story.table.id}")) == 2
    assert found("ausgang=unbekannt&seite=7&feld=") == found("")
    assert found("suche=100%25") == []


def test_index_asks_as_often_for_three_as_for_one(client, count_queries):
    counts = []
    for count in (1, 2):
        ProposalFactory.create_batch(count, german="Übersetzt", table=ThemeTableFactory())
        with count_queries() as statements:
            client.page("/vorschlaege")
        counts.append(len(statements))

    assert counts == [21, 21]


def test_show_tells_what_became_of_it(client):
    story = Story().finish()

    page = client.page(f"/vorschlaege/{story.second.reference}")

    assert texts(page, ".quote-text, .quote-translation") == ["Could it be online?", "Ginge es online?"]
    assert page.select_one(".quote-text")["lang"] == "en"
    assert texts(page, ".status") == ["angenommen"]
    assert texts(page, ".answer p:first-child") == ["Danke, das kommt."]


@pytest.mark.parametrize("kind", ["vorschlaege", "ziele", "massnahmen"])
def test_thread_page_tells_the_story(client, kind):
    story = Story().finish()
    code = {"vorschlaege": story.first.reference, "ziele": story.goal.code, "massnahmen": story.measure.code}[kind]

    page = client.page(f"/{kind}/{code}/weg")

    titles = texts(page, ".thread-title")
    if kind == "massnahmen":
        assert titles == ["Maßnahme M1.1 (M-001)", f"Maßnahme {story.measure.code}"]
        return
    assert titles == [
        "Stimmen 1 und 2: geprüft und veröffentlicht",
        "Daraus wird eine gemeinsame Formulierung",
        "Entscheidung: angenommen",
        f"Unterziel 1.1 ({story.goal.code})",
        "Eine Maßnahme dazu",
        f"Maßnahme {story.measure.code}",
    ]
    assert texts(page, ".passage sup") == ["aus Stimme 1", "aus Stimme 2"]
    assert texts(page, ".footnotes li") == ["„Bitte abends.“", "„Could it be online?“"]
    assert texts(page, ".seal-result") == ["zugestimmt, verabschiedet"]


def test_thread_page_says_nothing_of_what_is_withheld_later(client):
    story = Story().finish()
    moderation.withhold([story.first], reason="Nennt eine Person.", by=None)

    page = client.page(f"/ziele/{story.goal.code}/weg")

    assert "Bitte abends." not in page.text
    assert texts(page, ".quote-text")[0] == "Dieser Beitrag ist nicht mehr öffentlich."


def test_thread_of_an_unknown_goal_is_not_found(client):
    Story()

    assert [client.get(f"/{kind}/X-1/weg").status_code for kind in ("ziele", "massnahmen", "vorschlaege")] == [404] * 3


def test_following_a_goal_by_mail_from_the_first_click_to_the_last(client, mails):
    story = Story()
    client.page(f"/ziele/{story.goal.code}/folgen", 422, "POST", data={"email": "p@example.org"})
    answer = client.post(f"/ziele/{story.goal.code}/folgen", data={"email": "p@example.org", "consent": "y"})
    assert answer.location == "/folgen/gesendet"
    client.page(answer.location)
    [asked] = mails()
    manage = path(asked.links[0])
    assert texts(client.page(manage), "main p")[0] == f"Sie möchten hören, was daraus wird: {story.goal.code}."
    client.post(f"{manage}/bestaetigung")

    story.finish()
    notices.tell_followers()
    news = mails()[1]

    assert news.subject == "Es geht weiter: 2 Neuigkeiten für Sie"
    assert "„Fassung 1.1“: verabschiedet." in news.text
    assert "Beispielperson" not in news.text
    unsubscribe = news.message["List-Unsubscribe"].strip("<>")
    assert news.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(path(unsubscribe)).status_code == 405
    client.application.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post(path(unsubscribe), data={"List-Unsubscribe": "One-Click"}).status_code == 200
        assert client.post(f"{manage}/ende").status_code == 400
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = False
    [follow] = db.session.scalars(select(Follow))
    assert follow.ended_at is not None
    assert texts(client.page(manage), ".empty-title") == ["Wir schreiben Ihnen nicht"]


def test_news_of_every_kind_are_told_in_words(mails):
    story = Story()
    FollowFactory(table=story.table, email="p@example.org", created_at=at(1))
    direct = ProposalFactory(table=story.table, state=ProposalState.RECEIVED)
    moderation.withhold([direct], reason="Nennt eine Person.", by=None, at=at(2))
    story.finish()

    notices.tell_followers(at=at(20))

    [mail] = mails()
    for words in (
        "Der Grund:\nNennt eine Person.",
        "Kurse abends und online",
        "Darüber ist entschieden: angenommen.",
        "Danke, das kommt.",
        "geht damit in die Gremien",
        "verabschiedet.",
        "Zwei Abendkurse",
    ):
        assert words in mail.text


def test_following_a_table_by_its_code(client, mails):
    table = ThemeTableFactory()
    address = f"/tisch/{tables.link_of(table, tables.FOLLOW_TABLE)}"
    client.page(address)

    assert client.post(address, data={"email": "p@example.org", "consent": "y"}).location == "/folgen/gesendet"

    [follow] = db.session.scalars(select(Follow))
    assert (follow.table, follow.confirmed_at) == (table, None)
    assert "Tisch" in client.page(path(mails()[0].links[0])).main.text
    assert client.get(f"/tisch/{tables.link_of(table, tables.SCRIBE)}").status_code == 409


def test_follows_page_ends_one_or_all(client):
    one, other = (FollowFactory(email="p@example.org", text=ProposalFactory().text) for _ in range(2))
    FollowFactory(email="q@example.org", text=one.text)
    address = f"/folgen/{follows.follow_link(one)}"
    assert len(client.page(address).select(".plain-list li")) == 2

    client.post(f"/folgen/{follows.follow_link(other)}/ende")
    assert len(client.page(address).select(".plain-list li")) == 1
    client.post(f"{address}/abbestellung")

    assert [follow.is_active for follow in db.session.scalars(select(Follow).order_by(Follow.id))] == [
        *(False, False, True)
    ]


def test_following_with_an_account_is_not_asked_by_a_robot(client):
    proposal = ProposalFactory()
    robot = {"email": "p@example.org", "consent": "y", "website": "x"}

    assert client.post(f"/vorschlaege/{proposal.reference}/folgen", data=robot).location == "/folgen/gesendet"
    assert db.session.scalars(select(Follow)).all() == []


def test_direct_decision_shows_in_the_thread_of_its_voice(client):
    proposal = ProposalFactory(content="Ein Mobil, bitte.")
    subject = Span.of(proposal.text.current, "Ein Mobil")
    decision = decisions.decide(
        subject, outcome="forwarded", forwarded_to="Land", answer="Das Land entscheidet.", by=AccountFactory()
    )
    decisions.release_decision(decision, by=AccountFactory())

    page = client.page(f"/vorschlaege/{proposal.reference}/weg")

    assert texts(page, ".thread-title, .thread-text, .thread-note")[:2] == [
        "Entscheidung: weitergeleitet",
        "Das Land entscheidet.",
    ]


def test_whole_wordings_name_every_voice(client):
    proposals = ProposalFactory.create_batch(3)
    condensation.condense(
        wording="Alles zusammen", sources=[Source(Span.whole(each.text.current)) for each in proposals], by=None
    )

    page = client.page(f"/vorschlaege/{proposals[0].reference}/weg")

    assert texts(page, ".passage sup") == ["aus Stimme 1", "aus Stimme 2", "aus Stimme 3"]

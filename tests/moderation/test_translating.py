import httpx
import pytest

from app.accounts.models import Role
from app.db import db
from app.moderation import translation
from app.moderation.services import moderation, redactions, translating
from app.moderation.translation import Refused, Unavailable
from app.operations import checks
from app.proposals.models import Proposal, ProposalState
from tests.factories import AccountFactory
from tests.moderation import libretranslate
from tests.proposals.factories import ProposalFactory

DESK = "/verwaltung/moderation"
PLAIN = b"<html>Bad gateway</html>"


@pytest.fixture
def service(app):
    with libretranslate.running() as running:
        app.config["TRANSLATION_URL"] = running.url
        yield running
        app.config["TRANSLATION_URL"] = ""


def foreign(content="Більше курсів", **more):
    return ProposalFactory(content=content, language="uk", state=ProposalState.RECEIVED, **more)


def translated(proposal_id):
    """Afresh: the round ends its session."""
    proposal = db.session.get_one(Proposal, proposal_id)
    return (
        [(each.content, each.translated_by) for each in proposal.translation.versions] if proposal.translation else []
    )


def test_round_translates_what_waits_in_languages_the_service_knows(service):
    waiting = foreign().id
    others = [
        ProposalFactory(content="Mehr Kurse").id,
        ProposalFactory(content="もっと", language="ja").id,
        foreign(german="Mehr Kurse").id,
        ProposalFactory(content="Більше", language="uk", state=ProposalState.WITHDRAWN).id,
    ]

    assert [translating.translate_waiting(), translating.translate_waiting()] == [1, 0]

    assert translated(waiting) == [("[uk→de] Більше курсів", service.url.removeprefix("http://"))]
    assert [translated(each) for each in others] == [[], [], [("Mehr Kurse", "")], []]
    assert service.asked == [{"q": "Більше курсів", "source": "uk", "target": "de", "format": "text"}]


def test_nothing_leaves_the_house_without_the_setting(app, client):
    proposal = foreign()
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    assert translating.translate_waiting() == 0
    page = client.page(f"{DESK}/{proposal.reference}")
    assert "Maschinell übersetzen lassen" not in page.text
    assert client.post(f"{DESK}/{proposal.reference}/uebersetzung/vorschlag").status_code == 404
    assert checks.translation(app) == "kein Dienst eingestellt"


def test_what_is_blackened_is_never_sent(service):
    proposal = foreign("Пан Приклад хоче курсів")
    redactions.redact(proposal, ["Приклад"], reason="Name", by=None)

    translating.translate_waiting()

    assert [asked["q"] for asked in service.asked] == ["Пан ███████ хоче курсів"]


def test_a_machine_is_named_until_a_person_keeps_its_words(service, client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    proposal_id = foreign().id
    translating.translate_waiting()
    proposal = db.session.get_one(Proposal, proposal_id)
    address = f"{DESK}/{proposal.reference}"
    moderation.release([proposal], by=None)
    pages = (address, f"/vorschlaege/{proposal.reference}", f"/vorschlaege/{proposal.reference}/weg", "/vorschlaege")
    for page in pages:
        assert "maschinell übersetzt" in client.page(page).main.text
    prefilled = client.page(f"{address}/uebersetzung").select_one("textarea").text.strip()

    client.post(f"{address}/uebersetzung", data={"translation": prefilled})

    assert [by for _, by in translated(proposal_id)] == [service.url.removeprefix("http://"), ""]
    for page in pages:
        text = client.page(page).main.text
        assert ("maschinell übersetzt" in text, "Arbeitsübersetzung" in text) == (False, True)


def test_button_asks_for_a_round(service, client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    proposal = foreign()
    assert "Maschinell übersetzen lassen" in client.page(f"{DESK}/{proposal.reference}").text

    answer = client.post(f"{DESK}/{proposal.reference}/uebersetzung/vorschlag")

    assert (answer.status_code, answer.location) == (303, f"{DESK}/{proposal.reference}")
    assert service.asked == []  # the worker asks, not the page


def test_a_refused_text_stops_no_other(service):
    refused, fine = foreign("refuse this").id, foreign().id

    assert translating.translate_waiting() == 1
    assert [len(translated(each)) for each in (refused, fine)] == [0, 1]


@pytest.mark.parametrize(
    ("path", "answer", "message"),
    [
        (
            "/translate",
            (429, b'{"error": "Slowdown: 30 per 1 minute"}'),
            "antwortet mit 429: Slowdown: 30 per 1 minute",
        ),
        ("/translate", (500, b'{"error": "Internal"}'), "antwortet mit 500: Internal"),
        ("/translate", (403, b'{"error": "Invalid API key"}'), "antwortet mit 403: Invalid API key"),
        ("/translate", (502, PLAIN), "antwortet mit 502 und ohne JSON"),
        ("/translate", (200, PLAIN), "antwortet mit 200 und ohne JSON"),
        ("/translate", (200, b'{"translation": "Mehr"}'), "antwortet ohne Übersetzung"),
        ("/translate", (200, b'{"translatedText": " "}'), "antwortet ohne Übersetzung"),
        ("/translate", (200, b'{"translatedText": ["Mehr"]}'), "antwortet ohne Übersetzung"),
        ("/translate", (200, b"[1, 2]"), "antwortet ohne Übersetzung"),
        ("/languages", (200, b'{"de": "uk"}'), "nennt keine Sprachen"),
        ("/languages", (200, b'[{"code": "en"}]'), "kennt kein Deutsch"),
    ],
)
def test_trouble_ends_the_round_and_loses_nothing(service, caplog, path, answer, message):
    service.answers[path] = answer
    waiting = [foreign().id, foreign().id]

    assert translating.translate_waiting() == 0
    assert [record.getMessage() for record in caplog.records] == [f"translation service: {message}"]
    assert [translated(each) for each in waiting] == [[], []]
    service.answers.clear()
    assert translating.translate_waiting() == 2


def test_a_slow_service_is_left_alone(service, monkeypatch):
    monkeypatch.setattr(translation, "TIMEOUT", httpx.Timeout(0.2))
    service.seconds = 0.5

    with pytest.raises(Unavailable, match="ReadTimeout"):
        translation.into_german("Більше", language="uk")


def test_a_service_that_is_away_is_told(app, monkeypatch):
    monkeypatch.setitem(app.config, "TRANSLATION_URL", "http://127.0.0.1:9")

    with pytest.raises(Unavailable, match="ConnectError"):
        translation.known_languages()
    with pytest.raises(checks.CheckFailed, match=r"127\.0\.0\.1:9 antwortet nicht .*TEILHABE_TRANSLATION_URL"):
        checks.translation(app)


def test_doctor_counts_the_languages(app, service):
    assert checks.translation(app).endswith(" übersetzt aus 2 Sprachen")


def test_the_key_goes_with_the_text(app, monkeypatch):
    with libretranslate.running(key="geheim") as running:
        monkeypatch.setitem(app.config, "TRANSLATION_URL", running.url)
        with pytest.raises(Unavailable, match="403"):
            translation.into_german("Більше", language="uk")
        monkeypatch.setitem(app.config, "TRANSLATION_KEY", "geheim")

        assert translation.into_german("Більше", language="uk") == "[uk→de] Більше"
        with pytest.raises(Refused, match="Invalid request"):
            translation.into_german("refuse", language="uk")


def test_a_person_who_is_faster_keeps_their_words(service, monkeypatch):
    proposal_id = foreign().id
    ask = translation.into_german

    def meanwhile(content, *, language):
        moderation.translate(db.session.get_one(Proposal, proposal_id), content="Mehr Kurse.", by=None)
        return ask(content, language=language)

    monkeypatch.setattr(translation, "into_german", meanwhile)

    assert translating.translate_waiting() == 0
    assert translated(proposal_id) == [("Mehr Kurse.", "")]

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db
from app.registrations import letter_queries, services
from app.registrations.errors import WordingRefused
from app.registrations.letters import LETTERS
from app.registrations.mails import default_words, example_words
from app.registrations.models import EventWording, LetterKind
from app.registrations.services.letters import tell
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import PARTY

K = LetterKind
OFFER = {
    "subject": "Kommen Sie zu {titel}?",
    "body": "Hallo {name},\n\nbis {frist} ist Platz für {personen}.\n\n{link}",
}


def reword(event, letter, *, by=None, language="de", **words):
    return services.reword(event, letter, language=language, by=by, **{"subject": "Betreff", "body": "Text", **words})


def test_own_wording_is_what_people_get(mails):
    event = EventFactory(title="Beispieldialog", capacity=1)
    reword(event, K.HELD, subject="Noch ein Klick: {titel}", body="Hallo {name},\n\nhier geht es weiter:\n\n{link}")

    registration = services.register(event, **PARTY)

    [mail] = mails()
    assert mail.subject == "Noch ein Klick: Beispieldialog"
    assert mail.text.splitlines()[:4] == ["Hallo Beispielperson,", "", "hier geht es weiter:", ""]
    assert [link.rpartition("/")[2] for link in mail.links] == ["bestaetigung"]
    assert registration.event is event


def test_a_name_with_braces_or_marks_stays_a_name(mails):
    event = EventFactory(title="Beispiel")
    reword(event, K.CONFIRMED, subject="{name}", body="Hallo {name}")

    tell(RegistrationFactory(event=event, name="{link} <b>fett</b> {unbekannt}"), K.CONFIRMED)
    db.session.flush()

    [mail] = mails()
    assert mail.subject == "{link} <b>fett</b> {unbekannt}"
    assert mail.text.splitlines()[0] == "Hallo {link} <b>fett</b> {unbekannt}"
    assert mail.links == []
    assert "<b>" not in mail.message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("letter", "words", "message"),
    [
        (K.OFFER, {"body": "Hallo {nahme} {link}"}, "{nahme} bedeutet hier nichts."),
        (K.OFFER, {"body": "Hallo {Name} {link}"}, "{Name} bedeutet hier nichts."),
        (K.OFFER, {"body": "Hallo {} {link}"}, "{} bedeutet hier nichts."),
        (K.OFFER, {"body": "Hallo {name {link}"}, "{ bedeutet hier nichts."),
        (K.CONFIRMED, {"body": "bis {frist}"}, "{frist} bedeutet hier nichts."),
        (K.OFFER, {"body": "Kommen Sie!"}, "Der Link fehlt: {link}. Ohne ihn kann niemand tun, worum Sie bitten."),
        (K.OFFER, {"subject": "{grund}"}, "{grund} bedeutet hier nichts."),
        (K.OFFER, {"subject": "{link}"}, "Der Link gehört in den Text."),
        (K.OFFER, {"subject": "Erste\nZweite"}, "Der Betreff ist eine Zeile."),
        (K.OFFER, {"subject": " "}, "Schreiben Sie etwas, oder nehmen Sie wieder den Standard."),
        (K.OFFER, {"body": "\n"}, "Schreiben Sie etwas, oder nehmen Sie wieder den Standard."),
    ],
)
def test_wording_that_would_fail_people_is_refused(letter, words, message):
    with pytest.raises(WordingRefused) as refused:
        reword(EventFactory(), letter, **{**OFFER, **words})

    assert str(refused.value) == message
    assert db.session.scalars(select(EventWording)).all() == []


def test_every_version_stays_and_the_last_one_counts(organiser):
    event = EventFactory()
    reword(event, K.OFFER, **OFFER, by=organiser)
    reword(event, K.OFFER, **{**OFFER, "subject": "Platz!"}, by=organiser)
    assert reword(event, K.OFFER, **{**OFFER, "subject": "Platz!"}) is None
    services.reset_wording(event, K.OFFER, language="de", by=organiser)
    services.reset_wording(event, K.OFFER, language="de", by=organiser)

    rows = db.session.scalars(select(EventWording).order_by(EventWording.version)).all()
    assert [(row.version, row.subject, row.is_default) for row in rows] == [
        (1, "Kommen Sie zu {titel}?", False),
        (2, "Platz!", False),
        (3, "", True),
    ]
    assert letter_queries.wordings_of(event.id) == {}
    assert [entry.action.partition(".")[2] for entry in db.session.scalars(select(AuditEntry))] == [
        *("reword", "reword", "reset_wording")
    ]


def test_wordings_of_an_event_are_its_own():
    event = EventFactory()
    reword(event, K.OFFER, **OFFER)
    reword(event, K.OFFER, **OFFER, language="en")
    reword(EventFactory(), K.CHANGED)

    assert list(letter_queries.wordings_of(event.id)) == [(K.OFFER, "de"), (K.OFFER, "en")]


@pytest.mark.parametrize("letter", LETTERS)
def test_the_default_is_a_wording_that_may_be_kept(letter):
    event = EventFactory(title="Beispieldialog", contact="Beispielamt")
    default = default_words(letter)

    reword(event, letter, subject=default.subject, body=default.body)

    own, usual = example_words(event, letter), example_words(EventFactory(title="Beispieldialog"), letter)
    assert own.subject == usual.subject
    assert "{" not in own.subject + own.body


def test_sample_goes_to_the_organiser_alone(mails, organiser):
    event = EventFactory(title="Beispieldialog")
    RegistrationFactory(event=event)
    reword(event, K.OFFER, **OFFER)

    services.send_sample(event, K.OFFER, language="de", by=organiser)

    [mail] = mails()
    assert (mail.to, mail.subject) == (organiser.email, "Probe: Kommen Sie zu Beispieldialog?")
    assert mail.text.splitlines()[0] == "Hallo Beispielperson,"
    assert mail.links == [f"http://127.0.0.1:8000/veranstaltungen/{event.id}"]

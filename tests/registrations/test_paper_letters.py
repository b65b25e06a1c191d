from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from app.accounts.models import Role
from app.db import db, now
from app.mail.models import OutgoingMail
from app.registrations import paper, services
from app.registrations.models import Channel, PaperLetter, Reached, RegistrationStatus
from app.registrations.services import paper_letters
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.pdfs import failures
from tests.registrations.factories import QuestionFactory, RegistrationFactory
from tests.registrations.scene import OVER

S = RegistrationStatus


@pytest.fixture
def desk(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    return client


def address(event, below):
    return f"/verwaltung/veranstaltungen/{event.id}/{below}"


def by_phone(organiser, event=None, **party):
    """Somebody without e-mail, registered by an organiser."""
    fields = {"channel": Channel.PHONE, "phone": "07531 123", "postal_address": "Beispielweg 1\n78462 Konstanz"}
    name = party.pop("name", "Beispielperson")
    return services.register(event or EventFactory(), name=name, email=None, by=organiser, **fields | party)


TYPED = {"channel": "phone", "name": "Beispielperson", "phone": "07531 123", "postal_address": "", "email": ""}
PARTY = {"party_kind": "person", "persons": "1", "language": "de"}


def test_tell_keeps_a_letter_for_who_has_no_address_and_a_mail_for_who_has(organiser):
    registration = by_phone(organiser)
    RegistrationFactory(event=registration.event)

    [letter] = paper.letters_waiting(registration.event_id)
    assert (letter.letter, letter.registration, letter.done_at) == ("confirmed", registration, None)
    assert db.session.query(OutgoingMail).count() == 0
    services.cancel(registration)
    assert [each.letter for each in paper.letters_waiting(registration.event_id)] == ["confirmed", "cancelled"]


def test_words_are_those_of_the_mail_without_its_link(organiser):
    event = EventFactory(title="Beispieltag", place="Haus B")
    registration = by_phone(organiser, event)
    [letter] = registration.paper_letters

    words = paper.words_of(letter)

    assert words.subject == "Sie haben einen Platz: Beispieltag"
    assert words.read_out[:2] == ["Guten Tag Beispielperson,", "wir freuen uns auf Sie. Ihr Platz gilt für 1 Person."]
    assert words.before[-1] == "Hier können Sie ändern, absagen und den Termin in Ihren Kalender holen:"
    assert words.after[0].startswith("Wenn Sie nicht kommen können")
    assert words.link.startswith("http://127.0.0.1:8000/anmeldungen/")
    assert words.before[-1] not in words.read_out
    services.cancel(registration)
    assert paper.words_of(letter) is None


def test_finish_counts_once_who_did_it_and_how(organiser):
    registration = by_phone(organiser)
    [letter] = registration.paper_letters

    assert paper_letters.finish([letter], Reached.TOLD, by=organiser) == 1
    assert paper_letters.finish([letter], Reached.PRINTED, by=organiser) == 0
    assert (letter.how, letter.done_by_id) == (Reached.TOLD, organiser.id)
    assert paper.letters_waiting(registration.event_id) == []
    assert paper.letters_done(registration.event_id) == [letter]


def test_a_registration_is_removed_with_its_letters(organiser):
    registration = by_phone(organiser)
    db.session.delete(registration)
    db.session.commit()

    assert db.session.query(PaperLetter).count() == 0


def test_desk_registers_who_calls_and_says_what_to_read_out(desk):
    event = EventFactory(title="Beispieltag", capacity=5)
    table = ThemeTableFactory(event=event)
    question = QuestionFactory(event=event, label="Was essen Sie gern?", is_required=True)
    data = TYPED | PARTY | {"wish_1": table.id, f"question_{question.id}": "Suppe"}
    assert desk.page(address(event, "anmeldungen/neu")).h1.text == "Jemanden anmelden"

    answer = desk.post(address(event, "anmeldungen/neu"), data=data)

    [letter] = paper.letters_waiting(event.id)
    registration = letter.registration
    assert (answer.status_code, answer.location) == (303, address(event, f"briefe/{letter.id}"))
    assert (registration.status, registration.channel, registration.email) == (S.CONFIRMED, Channel.PHONE, None)
    assert registration.entered_by_id is not None
    assert [wish.table for wish in registration.wishes] == [table]
    page_ = desk.page(answer.location)
    assert page_.select_one(".read-out strong").text == "Sie haben einen Platz: Beispieltag"

    desk.post(address(event, f"briefe/{letter.id}/gesagt"))
    assert letter.how is Reached.TOLD
    assert "am Telefon gesagt" in desk.page(answer.location).select_one(".notice").text
    assert desk.page(address(event, "briefe")).select_one(".empty-title") is not None


def test_desk_registers_with_an_address_by_mail(desk, mails):
    event = EventFactory(title="Beispieltag")

    data = TYPED | PARTY | {"channel": "desk", "phone": "", "email": "person@example.org"}
    answer = desk.post(address(event, "anmeldungen/neu"), data=data)

    assert answer.location == address(event, "anmeldungen")
    assert [mail.subject for mail in mails()] == ["Sie haben einen Platz: Beispieltag"]
    assert db.session.query(PaperLetter).count() == 0


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"phone": ""}, "postal_address"),
        ({"name": ""}, "name"),
        ({"email": "person"}, "email"),
        ({"channel": "web"}, "channel"),
        ({"language": "tlh"}, "language"),
        ({"phone": "1" * 41}, "phone"),
        ({"postal_address": "x" * 301}, "postal_address"),
        ({"persons": "6", "party_kind": "group"}, "persons"),
    ],
)
def test_desk_says_at_the_field_what_is_wrong(desk, data, field):
    event = EventFactory(capacity=5)

    page_ = desk.page(
        address(event, "anmeldungen/neu"), 422, "POST", data=TYPED | PARTY | {"wants_updates": "y"} | data
    )

    assert [error["id"] for error in page_.select(".kern-error")] == [f"{field}-error"]
    assert page_.select_one("#wants_updates").has_attr("checked")
    assert db.session.query(PaperLetter).count() == 0


def test_desk_registers_after_the_close_and_nobody_after_the_end(desk):
    closed = EventFactory(registration_closes_at=now() - timedelta(days=1))
    over = EventFactory(**OVER)

    assert desk.post(address(closed, "anmeldungen/neu"), data=TYPED | PARTY).status_code == 303
    page_ = desk.page(address(over, "anmeldungen/neu"), 200, "POST", data=TYPED | PARTY)
    assert page_.select_one(".notice strong").text == "Hier lässt sich niemand mehr anmelden."
    assert [len(paper.letters_waiting(event.id)) for event in (closed, over)] == [1, 0]


def test_desk_adds_a_row_for_a_companion_and_saves_nothing(desk):
    event = EventFactory()

    page_ = desk.page(address(event, "anmeldungen/neu"), 200, "POST", data=TYPED | PARTY | {"weitere": "ja"})

    assert len(page_.select(".row--person")) == 1
    assert page_.select_one("#phone")["value"] == "07531 123"
    assert paper.letters_waiting(event.id) == []


def test_desk_ticks_off_only_what_it_saw(desk, organiser):
    event = EventFactory()
    first, second = by_phone(organiser, event), by_phone(organiser, event)
    shown = [field["value"] for field in desk.page(address(event, "briefe")).select("input[name=brief]")]
    third = by_phone(organiser, event)
    other = by_phone(organiser)

    desk.post(address(event, "briefe/gedruckt"), data={"brief": [*shown, other.paper_letters[0].id]})

    assert [each.paper_letters[0].how for each in (first, second, third, other)] == [
        Reached.PRINTED,
        Reached.PRINTED,
        None,
        None,
    ]


def test_desk_lays_aside_what_is_no_longer_true(desk, organiser):
    event = EventFactory()
    registration = by_phone(organiser, event)
    letter = registration.paper_letters[0]
    services.cancel(registration)

    page_ = desk.page(address(event, "briefe"))
    assert page_.select("tbody tr")[0].select_one("td").text.strip() == "nicht mehr nötig: Sie haben einen Platz"
    assert desk.get(address(event, f"briefe/{letter.id}.pdf")).status_code == 404
    assert "steht es anders" in desk.page(address(event, f"briefe/{letter.id}")).select_one(".notice").text
    desk.post(address(event, f"briefe/{letter.id}/weggelegt"))
    assert letter.how is Reached.DROPPED


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_letters_keep_the_standards(desk, organiser, profile):
    event = EventFactory(title="Beispieltag & Fest")
    by_phone(organiser, event, name="Beispielperson Eins")
    by_phone(organiser, event, name="شخص تجريبي", language="ar")

    response = desk.get(address(event, "briefe/alle.pdf"))

    assert (response.mimetype, response.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert failures(response.data, profile) == []
    with pikepdf.open(BytesIO(response.data)) as document:
        assert len(document.pages) == 2


def test_letters_of_another_event_are_not_found(desk, organiser):
    letter = by_phone(organiser).paper_letters[0]
    event = EventFactory()

    assert desk.get(address(event, f"briefe/{letter.id}")).status_code == 404
    assert desk.post(address(event, f"briefe/{letter.id}/gesagt")).status_code == 404
    assert desk.get(address(event, "briefe/alle.pdf")).status_code == 404


def test_preview_shows_the_form_before_the_event_is_public(desk):
    event = EventFactory(status="planned")
    QuestionFactory(event=event, label="Woran denken wir nicht?")

    page_ = desk.page(address(event, "fragen/vorschau"))

    assert page_.select_one(".notice strong").text == "Vorschau."
    assert "Woran denken wir nicht?" in page_.select_one("form.form-page").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_letters_costs_the_same_for_one_and_three(desk, organiser, count_queries, count):
    event = EventFactory()
    for _number in range(count):
        by_phone(organiser, event)

    with count_queries() as statements:
        page_ = desk.page(address(event, "briefe"))

    assert len(page_.select("tbody tr")) == count
    assert len(statements) == 10

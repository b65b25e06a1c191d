"""What somebody sees and sends who registers: the parts of the form, and everything that can be typed wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.events.models import AttendanceMode, TableChoice
from app.mail.models import OutgoingMail
from app.registrations.models import (
    Booking,
    BookingStatus,
    ConsentPurpose,
    NeedKind,
    PartyKind,
    QuestionCondition,
    QuestionKind,
    Registration,
)
from app.registrations.needs import needs_of
from app.registrations.questionnaire import current_consents
from tests.events.factories import EventFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.registrations.factories import (
    ConsentTextFactory,
    InvitationCodeFactory,
    QuestionFactory,
    RegistrationFactory,
)
from tests.structures.factories import OrganizationFactory

PERSON = {"name": "Beispielperson", "email": "person@example.org", "persons": "1"}
K = QuestionKind


def form_of(event):
    return f"/veranstaltungen/{event.id}/anmeldung"


def registrations():
    return db.session.scalars(select(Registration).order_by(Registration.id)).all()


def rows():
    return len(registrations()), len(db.session.scalars(select(OutgoingMail)).all())


def send(client, event, **data):
    answer = client.post(form_of(event), data=PERSON | data)
    assert answer.status_code == 303
    return registrations()[-1]


def refused(client, event, **data):
    """The messages by field; nothing may be stored and the name is still there."""
    before = rows()
    page = client.page(form_of(event), 422, "POST", data=PERSON | data)
    assert rows() == before
    assert page.select_one("#name")["value"] == (PERSON | data)["name"].strip()
    return {
        error["id"].removesuffix("-error"): " ".join(error.text.split()).removeprefix("Fehler: ")
        for error in page.select(".kern-error")
    }


@pytest.fixture
def yes_no_and_more():
    """Three questions: yes or no; a choice only after yes; words only after the second option."""
    event = EventFactory()
    first = QuestionFactory(event=event, kind=K.YES_NO, label="Mit dem Auto?", is_required=True)
    second = QuestionFactory(event=event, kind=K.ONE, label="Wo?", is_required=True, options=["See", ("Berg", 1)])
    third = QuestionFactory(event=event, kind=K.TEXT, label="Kennzeichen", is_required=True)
    second.conditions.append(QuestionCondition(yes_to=first))
    third.conditions.append(QuestionCondition(option=second.options[1]))
    db.session.commit()
    return event, first, second, third


def test_plain_post_with_name_address_and_number_registers(client):
    registration = send(client, EventFactory())

    assert (registration.party_kind, registration.persons, registration.language) == (PartyKind.PERSON, 1, "de")


def test_weitere_adds_a_row_and_saves_nothing(client):
    event = EventFactory()
    data = PERSON | {"companions-0-name": "Zweite", "weitere": "ja"}

    for path in ("", "/pruefung"):
        page = client.page(form_of(event) + path, 200, "POST", data=data)
        names = [row["value"] if row.has_attr("value") else "" for row in page.select(".row--person input[type=text]")]
        assert names == ["Zweite", ""]
        assert page.select_one("#companions-1-name").has_attr("autofocus")
        assert page.select_one("#persons")["value"] == "3"
        assert page.select_one("input[name=party_kind][checked]")["value"] == "group"
    assert registrations() == []


def test_register_a_delegation_of_a_known_organisation_and_of_one_in_words(client):
    event = EventFactory()
    known = OrganizationFactory(name="Beispielverein Konstanz")

    assert known.name in [option["value"] for option in client.page(form_of(event)).select("datalist option")]
    first = send(client, event, party_kind="delegation", organization="beispielverein  konstanz", persons="3")
    second = send(client, event, party_kind="delegation", organization="Beispielchor")
    third = send(client, event, organization="Beispielchor")

    assert [(each.organization, each.organization_name) for each in (first, second, third)] == [
        (known, ""),
        (None, "Beispielchor"),
        (None, ""),
    ]
    assert refused(client, event, party_kind="delegation") == {"organization": "Geben Sie an, für welche Organisation."}


def test_register_online_at_a_hybrid_event_only(client):
    hybrid = EventFactory(attendance_mode=AttendanceMode.HYBRID)

    assert send(client, hybrid, attendance="online").is_online
    assert not send(client, EventFactory(), attendance="online").is_online


def test_choose_one_table_for_good(client):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    full = ThemeTableFactory(event=event, capacity=1, number=1, title="Wohnen", languages=["de", "uk"])
    free = ThemeTableFactory(event=event, number=2, title="Arbeit")
    RegistrationFactory(event=event, bookings=[Booking(table=full, status=BookingStatus.BOOKED)])

    options = client.page(form_of(event)).select("#table option")
    assert [option.text for option in options] == [
        "Ist mir gleich",
        "1. Wohnen (Deutsch, Ukrainisch; voll, mit Warteliste)",
        "2. Arbeit",
    ]
    [booking] = send(client, event, table=free.id).bookings
    assert (booking.table, booking.status) == (free, BookingStatus.BOOKED)


def test_rank_refuses_the_same_table_twice_and_tables_of_other_events(client):
    event = EventFactory()
    (table, _second, _third), foreign = ThemeTableFactory.create_batch(3, event=event), ThemeTableFactory()

    assert refused(client, event, wish_1=table.id, wish_2=table.id) == {
        "wish_2": "Diesen Tisch haben Sie schon oben gewählt."
    }
    assert refused(client, event, wish_3=foreign.id) == {"wish_3": "Keine gültige Auswahl."}


def test_items_of_the_programme_are_booked_and_must_not_overlap(client):
    event = EventFactory()
    start = event.starts_at.replace(hour=9)
    items = [
        ProgrammeItemFactory(
            event=event,
            title=title,
            is_bookable=True,
            starts_at=start + timedelta(minutes=a),
            ends_at=start + timedelta(minutes=b),
        )
        for title, a, b in [("Workshop A", 0, 60), ("Workshop B", 30, 90), ("Workshop C", 60, 120)]
    ]
    ProgrammeItemFactory(event=event, title="Begrüßung", starts_at=start, ends_at=start + timedelta(hours=1))
    foreign = ProgrammeItemFactory(is_bookable=True)

    assert len(client.page(form_of(event)).select("input[name=items]")) == 3
    [message] = refused(client, event, items=[items[0].id, items[1].id]).values()
    assert "Workshop A“" in message
    assert "Workshop B“" in message
    assert list(refused(client, event, items=[foreign.id])) == ["items"]
    registration = send(client, event, items=[items[0].id, items[2].id])
    assert {booking.item for booking in registration.bookings} == {items[0], items[2]}


def test_questions_are_asked_only_where_their_condition_is_met(client, yes_no_and_more):
    event, first, second, third = yes_no_and_more
    names = [f"question_{each.id}" for each in (first, second, third)]
    _see, berg = (str(option.id) for option in second.options)

    words = [each.text for each in client.page(form_of(event)).select(".only-if")]
    assert words == [
        "Nur, wenn Sie bei „Mit dem Auto?“ „Ja“ gewählt haben:",
        "Nur, wenn Sie bei „Wo?“ „Berg“ gewählt haben:",
    ]
    assert refused(client, event) == {names[0]: "Bitte beantworten Sie diese Frage."}
    assert refused(client, event, **{names[0]: "yes"}) == {names[1]: "Bitte beantworten Sie diese Frage."}
    assert refused(client, event, **{names[0]: "yes", names[1]: berg}) == {
        names[2]: "Bitte beantworten Sie diese Frage."
    }
    whole = send(client, event, **{names[0]: "yes", names[1]: berg, names[2]: "KN-X 1"})
    assert {answer.question: answer.value for answer in whole.answers} == {first: "yes", third: "KN-X 1"}
    assert [booking.option for booking in whole.bookings] == [second.options[1]]

    forged = send(client, event, **{names[0]: "no", names[1]: berg, names[2]: "x" * 900})
    assert {answer.question: answer.value for answer in forged.answers} == {first: "no"}
    assert forged.bookings == []


def test_an_option_that_filled_up_is_said_at_its_question_and_then_means_the_waiting_list(client, yes_no_and_more):
    event, first, second, _third = yes_no_and_more
    berg = second.options[1]
    data = {f"question_{first.id}": "yes", f"question_{second.id}": str(berg.id), f"question_{_third.id}": "KN-X 1"}
    seen = client.page(form_of(event)).select_one("input[name=seen_full]")["value"]
    RegistrationFactory(event=event, bookings=[Booking(option=berg, status=BookingStatus.BOOKED)])

    page = client.page(form_of(event), 422, "POST", data=PERSON | data | {"seen_full": seen})
    assert "inzwischen voll" in page.select_one(f"#question_{second.id}-error").text
    assert page.select_one(f"#question_{_third.id}")["value"] == "KN-X 1"
    assert page.select_one(f"input[value='{berg.id}']").has_attr("checked")
    seen = page.select_one("input[name=seen_full]")["value"]

    registration = send(client, event, seen_full=seen, **data)
    assert [booking.status for booking in registration.bookings] == [BookingStatus.WAITING]


def test_a_group_too_large_for_what_is_left_of_an_option_hears_how_much_is_left(client):
    event = EventFactory()
    question = QuestionFactory(event=event, kind=K.SEVERAL, options=[("Bus", 2), "Bahn"])

    messages = refused(client, event, persons="3", **{f"question_{question.id}": [str(question.options[0].id)]})

    assert messages[f"question_{question.id}"].startswith("Hier ist nicht mehr genug Platz für Sie alle (noch 2).")


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (K.TEXT, "x" * 501, "Das sind mehr als 500 Zeichen."),
        (K.LONG_TEXT, "x" * 4001, "Das sind mehr als 4000 Zeichen."),
        (K.NUMBER, "-1", "Geben Sie eine Zahl von 0 bis 1000000 an."),
        (K.NUMBER, "9" * 5000, "Geben Sie eine Zahl von 0 bis 1000000 an."),
        (K.NUMBER, "1e3", "Geben Sie eine Zahl von 0 bis 1000000 an."),
        (K.YES_NO, "vielleicht", "Keine gültige Auswahl."),
        (K.ONE, "999999", "Keine gültige Auswahl."),
        (K.ONE, "' OR 1=1", "Keine gültige Auswahl."),
        (K.SEVERAL, "999999", "„999999“ ist keine gültige Auswahl für dieses Feld."),
    ],
)
def test_wrong_answers_are_said_at_their_question(client, kind, value, message):
    question = QuestionFactory(kind=kind, options=["A", "B"] if kind in {K.ONE, K.SEVERAL} else ())
    other = QuestionFactory(kind=K.ONE, options=["fremd"])

    messages = refused(client, question.event, **{f"question_{question.id}": value})

    [(field, said)] = messages.items()
    assert field == f"question_{question.id}"
    if kind is not K.SEVERAL:
        assert said == message
    assert other.event_id != question.event_id


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"persons": "-1"}, "persons"),
        ({"persons": "51", "party_kind": "group"}, "persons"),
        ({"persons": "9" * 5000}, "persons"),
        ({"persons": ""}, "persons"),
        ({"persons": "2", "party_kind": "person"}, "persons"),
        ({"persons": "7", "party_kind": "group"}, "persons"),  # the event has six places
        ({"name": "x" * 201}, "name"),
        ({"name": "\x00\u202e "}, "name"),
        ({"name": "https://example.org"}, "name"),
        ({"email": "person@example.org\nBcc: x@example.org"}, "email"),
        ({"email": ("x" * 250) + "@example.org"}, "email"),
        ({"party_kind": "armee"}, "party_kind"),
        ({"comes_as": "spion"}, "comes_as"),
        ({"spoken_languages": ["de", "tlh"]}, "spoken_languages"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(client, data, field):
    event = EventFactory(capacity=6)
    ThemeTableFactory(event=event)

    page = client.page(form_of(event), 422, "POST", data=PERSON | {"wants_updates": "y"} | data)

    assert [error["id"] for error in page.select(".kern-error")] == [f"{field}-error"]
    assert page.select_one("#wants_updates").has_attr("checked")
    assert page.select_one(f".error-summary a[href^='#{field}']")
    assert registrations() == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 200, "x" * 200),
        ("محمد بن أحمد", "محمد بن أحمد"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Bei\u202espiel\u0000 \u200bPerson\t Eins", "Beispiel Person Eins"),
        ("<b>Person</b>", "<b>Person</b>"),
    ],
)
def test_names_are_kept_as_they_are_but_for_what_nobody_sees(client, typed, kept):
    assert send(client, EventFactory(), name=typed).name == kept


def test_a_form_sent_twice_registers_once_and_two_tabs_twice(client):
    event = EventFactory()
    tabs = [client.page(form_of(event)).select_one("input[name=form_token]")["value"] for _tab in range(2)]

    for token in (tabs[0], tabs[0], tabs[1]):
        send(client, event, form_token=token)

    assert len(registrations()) == 2
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 2


def test_consents_are_asked_unticked_and_kept_with_their_version(client):
    event = EventFactory(asked_needs=[NeedKind.WHEELCHAIR])
    photos = ConsentTextFactory(event=event, version=3)
    ConsentTextFactory(purpose=ConsentPurpose.CONTACTS)

    page = client.page(form_of(event))
    assert [box["name"] for box in page.select("input[type=checkbox]") if "consent" in box["name"]] == [
        "needs-consent",
        "consent_photos",
    ]
    assert page.select("input[type=checkbox][checked]") == []
    assert refused(client, event, **{"needs-wheelchair": "1"}) == {
        "needs-consent": "Ohne Ihr Einverständnis dürfen wir Ihren Bedarf nicht speichern."
    }
    registration = send(client, event, consent_photos="y", **{"needs-wheelchair": "1", "needs-consent": "y"})
    assert [consent.text for consent in registration.consents] == [
        current_consents(event.id)[ConsentPurpose.NEEDS],
        photos,
    ]
    assert [need["kind"] for need in needs_of(registration)] == [NeedKind.WHEELCHAIR]
    assert send(client, event).consents == []


def test_consent_to_words_that_changed_meanwhile_is_asked_again(client):
    event = EventFactory()
    ConsentTextFactory(event=event, text="Alt")
    shown = client.page(form_of(event)).select_one("input[name=consent_versions]")["value"]
    new = ConsentTextFactory(event=event, version=2, text="Neu")

    page = client.page(form_of(event), 422, "POST", data=PERSON | {"consent_photos": "y", "consent_versions": shown})
    assert "Dieser Wortlaut ist neu." in page.select_one("#consent_photos-error").text
    shown = page.select_one("input[name=consent_versions]")["value"]
    registration = send(client, event, consent_photos="y", consent_versions=shown)
    assert [consent.text for consent in registration.consents] == [new]


def test_by_invitation_takes_a_code_however_it_is_typed(client):
    event = EventFactory(is_by_invitation=True)
    code = InvitationCodeFactory(event=event, code="K7QM34XW")

    page = client.page(f"{form_of(event)}?code=k7qm-34xw")
    assert page.select_one("#code")["value"] == "K7QM34XW"
    assert refused(client, event) == {"code": "Geben Sie den Code aus Ihrer Einladung an."}
    assert send(client, event, code="k7qm 34xw").invitation_code == code


def test_the_form_speaks_the_language_of_the_page_where_it_is_translated(client):
    question = QuestionFactory(kind=K.ONE, options=["Ja"], translations={"de": {"label": "Leicht gesagt"}})
    question.options[0].translations = {"de": "Jawohl"}
    db.session.commit()

    page = client.page(form_of(question.event))

    assert "Leicht gesagt" in page.select_one(f"#question_{question.id} legend").text
    assert page.select_one(f"#question_{question.id} .kern-form-check").text.strip() == "Jawohl"


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_one_and_three(client, count_queries, count):
    event = EventFactory()
    for _number in range(count):
        QuestionFactory(event=event, kind=K.ONE, options=["A", ("B", 3)])
        ThemeTableFactory(event=event)
        ProgrammeItemFactory(event=event, is_bookable=True, capacity=4)
        RegistrationFactory(event=event)

    with count_queries() as statements:
        page = client.page(form_of(event))

    assert len(page.select("input[name=items]")) == count
    assert len(statements) == 15


@pytest.mark.parametrize(("tables", "wishes"), [(1, 1), (2, 2), (5, 3)])
def test_nobody_is_asked_for_more_wishes_than_there_are_tables(client, tables, wishes):
    event = EventFactory(table_choice=TableChoice.RANK)
    ThemeTableFactory.create_batch(tables, event=event)

    page = client.page(f"/veranstaltungen/{event.id}/anmeldung")

    assert len(page.select("select[id^=wish_]")) == wishes

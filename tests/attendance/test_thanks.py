from app.registrations import services
from tests.attendance.arrivals import check_in, past_event
from tests.registrations.factories import RegistrationFactory


def thanked(event, mails):
    assert services.remind_due() == 2
    return [mail.to for mail in mails()]


def test_only_who_came_is_thanked(mails):
    event = past_event(days=2)
    came = RegistrationFactory(event=event, email="da@example.org", confirmed_at=event.starts_at)
    RegistrationFactory(event=event, email="fort@example.org", confirmed_at=event.starts_at)
    check_in(came.attendees[0])

    assert thanked(event, mails) == ["da@example.org"]


def test_everybody_is_thanked_where_nobody_was_checked_in(mails):
    event = past_event(days=2)
    for name in ("eins", "zwei"):
        RegistrationFactory(event=event, email=f"{name}@example.org", confirmed_at=event.starts_at)

    assert thanked(event, mails) == ["eins@example.org", "zwei@example.org"]

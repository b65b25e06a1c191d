from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import storage
from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.db import db, now
from app.errors import InvalidTransition
from app.events import documentation, services
from app.events.errors import (
    ChangeUnexplained,
    EventCancelled,
    EventNotOver,
    NotAPicture,
    OtherNumberUnexplained,
    PhotoThere,
    ReportIncomplete,
)
from app.events.models import EventPhoto, EventReport, EventStatus
from tests.events.factories import EventFactory, EventReportFactory, ThemeTableFactory
from tests.events.test_pictures import picture
from tests.factories import AccountFactory

PHOTO = {"alt": "Ein Saal mit elf Tischen", "consent": "Niemand ist zu erkennen.", "by": None}


@pytest.fixture
def organiser():
    return AccountFactory(roles=(Role.ORGANISER,))


@pytest.fixture
def files(app, tmp_path, monkeypatch):
    """What lies in the storage."""
    monkeypatch.setitem(app.config, "STORAGE_PATH", str(tmp_path / "files"))
    return lambda: sorted(path.name for path in Path(tmp_path / "files").rglob("*.jpg"))


def past_event(days=1, **more):
    end = now() - timedelta(days=days)
    start = end - timedelta(hours=4)
    return EventFactory(starts_at=start, ends_at=end, registration_closes_at=start, **more)


def public_report(event, **more):
    return EventReportFactory(event=event, published_at=now(), **more)


def notes(report):
    return [change.note for change in report.changes]


def test_write_report_keeps_what_was_written():
    table = ThemeTableFactory(event=past_event())
    other = ThemeTableFactory(event=table.event)

    report = services.write_report(
        table.event, summary="Wir haben geredet.", next_steps="Bald mehr.", tables={table.id: "Mehr Kurse"}, by=None
    )

    assert (report.summary, report.next_steps, report.moderation) == ("Wir haben geredet.", "Bald mehr.", "")
    results = documentation.table_reports_of(table.event_id)
    assert ({number: result.text for number, result in results.items()}, other.id in results) == (
        {table.id: "Mehr Kurse"},
        False,
    )


def test_write_report_changes_the_same_one():
    table = ThemeTableFactory(event=past_event())
    services.write_report(table.event, summary="Erst so", tables={table.id: "Erst so"}, by=None)

    services.write_report(table.event, summary="Dann so", tables={table.id: ""}, by=None)

    assert [report.summary for report in db.session.scalars(select(EventReport))] == ["Dann so"]
    assert documentation.table_reports_of(table.event_id)[table.id].text == ""


def test_write_report_writes_nothing_about_tables_of_other_events():
    table = ThemeTableFactory(event=past_event())

    services.write_report(past_event(), summary="Fremd", tables={table.id: "fremd"}, by=None)

    assert documentation.table_reports_of(table.event_id) == {}


def test_write_report_takes_another_number_with_its_reason():
    event = past_event()

    with pytest.raises(OtherNumberUnexplained):
        services.write_report(event, participants=100, by=None)
    report = services.write_report(event, participants=100, participants_reason="Von Hand gezählt", counted=3, by=None)

    assert (report.number_of_participants, report.counted_participants) == (100, 3)


def test_write_report_notes_what_changed_once_it_is_public(organiser):
    table = ThemeTableFactory(event=past_event())
    report = public_report(table.event)

    with pytest.raises(ChangeUnexplained):
        services.write_report(table.event, summary="Anders", by=organiser)
    with pytest.raises(ChangeUnexplained):
        services.write_report(table.event, tables={table.id: "Anders"}, by=organiser)
    services.write_report(table.event, summary="Anders", note="Eine Zahl berichtigt", by=organiser)
    services.write_report(table.event, summary="Anders", note="nichts", by=organiser)

    db.session.refresh(report)
    assert (report.summary, notes(report), report.changes[0].changed_by_id) == (
        *("Anders", ["Eine Zahl berichtigt"], organiser.id),
    )


def test_publish_report_shows_it_once():
    event = past_event()
    EventReportFactory(event=event)

    report = services.publish_report(event, counted=48, by=None)

    assert (report.is_published, report.number_of_participants) == (True, 48)
    assert documentation.documented([event.id, past_event().id]) == {event.id}
    with pytest.raises(InvalidTransition):
        services.publish_report(event, counted=48, by=None)


def test_publish_report_waits_for_the_end():
    event = EventFactory()
    EventReportFactory(event=event)

    with pytest.raises(EventNotOver):
        services.publish_report(event, counted=0, by=None)


@pytest.mark.parametrize("report", [None, {"summary": "", "next_steps": "Bald mehr."}])
def test_publish_report_refuses_an_empty_one(report):
    event = past_event()
    if report:
        EventReportFactory(event=event, **report)

    with pytest.raises(ReportIncomplete):
        services.publish_report(event, counted=0, by=None)


def test_publish_report_refuses_an_event_that_did_not_take_place():
    event = past_event(status=EventStatus.CANCELLED)
    EventReportFactory(event=event)

    with pytest.raises(EventCancelled):
        services.publish_report(event, counted=0, by=None)


def test_without_results_finds_what_is_overdue():
    created = now() - timedelta(days=60)
    late, later = past_event(29, created_at=created), past_event(40, created_at=created)
    past_event(27, created_at=created)
    past_event(29)  # entered when it was over already
    past_event(29, created_at=created, status=EventStatus.CANCELLED)
    past_event(29, created_at=created, status=EventStatus.PLANNED)
    public_report(past_event(29, created_at=created))
    EventReportFactory(event=late)

    assert documentation.without_results(now()) == [later, late]


def test_note_reminder_counts_once():
    event = past_event(29)

    assert [services.note_reminder(event), services.note_reminder(event)] == [True, False]
    assert documentation.reminded_before([event.id]) == {event.id}
    assert services.note_reminder(public_report(past_event(29)).event) is False


def test_add_photo_keeps_two_files_and_the_words(files, organiser):
    event = past_event()

    first = services.add_photo(event, picture((3000, 2000)), **{**PHOTO, "by": organiser})
    second = services.add_photo(event, picture(colour="red"), credit="Beispielfoto", **PHOTO)

    assert [(photo.position, photo.width, photo.small_width) for photo in (first, second)] == [
        (1, 2000, 640),
        (2, 60, 60),
    ]
    assert (first.alt, first.consent, second.credit) == (PHOTO["alt"], PHOTO["consent"], "Beispielfoto")
    assert files() == sorted({first.key, first.small_key, second.key, second.small_key})
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == first.id)).first()
    assert (entry.action, entry.actor_id, entry.fields) == ("events.add_photo", organiser.id, [])


def test_add_photo_refuses_the_same_twice(files):
    event = past_event()
    services.add_photo(event, picture(), **PHOTO)

    with pytest.raises(PhotoThere):
        services.add_photo(event, picture(), **PHOTO)
    services.add_photo(past_event(), picture(), **PHOTO)

    assert len(documentation.photos_of(event.id)) == 1


def test_add_photo_refuses_what_is_no_picture(files):
    with pytest.raises(NotAPicture):
        services.add_photo(past_event(), b"kein Bild", **PHOTO)

    assert (files(), db.session.scalars(select(EventPhoto)).all()) == ([], [])


def test_describe_photo_changes_words_and_order(files):
    event = past_event()
    first = services.add_photo(event, picture(), **PHOTO)
    second = services.add_photo(event, picture(colour="red"), **PHOTO)

    services.describe_photo(first, alt="Anders", consent="Anders", credit="Amt", position=3, by=None)

    assert documentation.photos_of(event.id) == [second, first]
    assert (first.alt, first.consent, first.credit) == ("Anders", "Anders", "Amt")


def test_withdraw_photo_leaves_nothing_of_it(files):
    event = past_event()
    photo = services.add_photo(event, picture((900, 600)), **PHOTO)
    other = services.add_photo(event, picture(colour="red"), **PHOTO)
    keys = (photo.key, photo.small_key)

    services.withdraw_photo(photo, by=None)

    assert (documentation.photos_of(event.id), files()) == ([other], sorted({other.key, other.small_key}))
    for key in keys:
        with pytest.raises(storage.FileMissing):
            storage.read(key)


def test_withdraw_photo_leaves_what_another_event_shows(files):
    photo, other = (services.add_photo(past_event(), picture(), **PHOTO) for _ in range(2))

    services.withdraw_photo(photo, by=None)

    assert files() == [other.key]

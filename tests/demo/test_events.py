import csv
import shutil
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import db
from app.demo import events, structures
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.demo.world import World
from app.events.models import Event, EventStatus
from app.mail import delivery
from app.mail.models import OutgoingMail
from app.registrations.models import Registration
from app.registrations.queries import persons_at
from tests.events.factories import SectionFactory

LOADED_ON = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def world():
    """What stands before the events: with sections of the right slugs."""
    world = World(today=LOADED_ON.date())
    structures.load(FOLDER, world)
    with (FOLDER / "sections.csv").open(encoding="utf-8") as file:
        world.sections = {row["slug"]: SectionFactory(slug=row["slug"]) for row in csv.DictReader(file)}
    with time_machine.travel(LOADED_ON):
        yield world


def test_load_brings_history_and_what_is_to_come(world):
    events.load(FOLDER, world)

    dialogue, past, coming = (
        world.events[key] for key in ("dialogveranstaltung-2017", "dialog-beispiel-rueckblick", "dialog-beispiel")
    )
    assert (dialogue.is_all_day, dialogue.is_public, dialogue.is_example) == (True, True, False)
    assert dialogue.starts_at == datetime(2017, 6, 23, 22, tzinfo=UTC)
    assert past.ends_at < LOADED_ON < coming.starts_at
    assert coming.starts_at == datetime(2027, 3, 6, 8, 30, tzinfo=UTC)
    assert coming.registration_closes_at == coming.starts_at - timedelta(days=7)
    assert coming.municipality.name == "Konstanz"
    assert [table.number for table in coming.tables] == list(range(1, 12))
    assert world.tables["dialog-beispiel", 2].languages == ["de", "en"]
    assert len(coming.sections) == 11


def test_load_registers_evident_examples_through_the_services(world):
    events.load(FOLDER, world)

    persons = persons_at([event.id for event in world.events.values()])
    counted = {key: persons[event.id] for key, event in world.events.items() if persons[event.id].occupied}
    assert counted == {
        "dialog-beispiel": (76, 0, 0),
        "integrationskonferenz-beispiel": (23, 0, 0),
        "workshop-foerderantrag-beispiel": (20, 0, 3),
        "workshop-sprachcafe-beispiel": (9, 0, 0),
        "kennenlernabend-beispiel": (17, 0, 0),
        "briefwerkstatt-beispiel": (5, 0, 0),
    }
    assert world.events["workshop-sprachcafe-beispiel"].status is EventStatus.CANCELLED
    registrations = db.session.scalars(select(Registration)).all()
    assert [each.name for each in registrations if not each.name.startswith("Beispielperson ")] == []
    assert [each.email for each in registrations if not each.email.endswith("@example.org")] == []


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("events.csv", ("08335043", "08335999"), "events.csv, Zeile 5: municipality „08335999“ ist nicht bekannt"),
        ("events.csv", ("+49 sat", "irgendwann"), "events.csv, Zeile 5: day „irgendwann“ ist kein Datum"),
        ("events.csv", (",10:00,", ",zehn,"), "events.csv, Zeile 6: starts_at „zehn“ ist keine Uhrzeit"),
        ("events.csv", ("16:00", "09:00"), "events.csv, Zeile 6: Das Ende muss nach dem Anfang liegen."),
        ("events.csv", ("guiding_question", "frage"), "events.csv, Zeile 1: Spalten zu viel"),
        ("events.csv", ("briefwerkstatt-beispiel", "dialog-beispiel"), "events.csv, Zeile 10: key „dialog-beispiel“"),
        ("theme_tables.csv", ("rueckblick,2,", "rueckblick,1,"), "theme_tables.csv, Zeile 3: Diese Nummer hat schon"),
        ("theme_tables.csv", (",de; uk,Zwei", ",Zwei"), "theme_tables.csv, Zeile 2: 6 Zellen statt 7"),
        ("theme_tables.csv", ("dialog-beispiel-rueckblick,1", "fest,1"), "theme_tables.csv, Zeile 2: event „fest“"),
    ],
)
def test_load_stops_at_a_broken_line_and_says_where(world, tmp_path, file, change, reason):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    content = path.read_text(encoding="utf-8")
    assert change[0] in content
    path.write_text(content.replace(*change, 1), encoding="utf-8")

    with pytest.raises(DataError) as caught:
        events.load(tmp_path, world)

    assert str(caught.value)[: len(reason)] == reason


@pytest.mark.no_database
def test_the_whole_demo_sends_no_mail(demo):
    assert len(db.session.scalars(select(Event)).all()) == 11
    outcomes = {(mail.sent_at, mail.failure) for mail in db.session.scalars(select(OutgoingMail))}
    assert outcomes == {(None, "demo")}
    assert delivery.deliver().sent == 0

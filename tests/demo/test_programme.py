import pytest

from app.accounts.models import Role
from app.demo import events, programme
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.events import queries
from tests.concept.factories import MeasureFactory
from tests.demo.test_events import LOADED_ON, world
from tests.factories import AccountFactory

MEASURES = (
    *("beteiligung-vorschlagsliste", "beteiligung-projekttopf", "beteiligung-vereinsberatung"),
    "ehrenamt-kennenlernen",
)
__all__ = ["world"]  # a fixture of the events


@pytest.fixture
def loaded(world):
    world.measures = {key: MeasureFactory() for key in MEASURES}
    world.accounts[Role.ORGANISER] = AccountFactory(roles=(Role.ORGANISER,))
    events.load(FOLDER, world)
    return world


def test_load_puts_the_conferences_into_their_series(loaded):
    programme.load(FOLDER, loaded)

    series = queries.find_series("integrationskonferenz")
    years = queries.years_of(series, LOADED_ON.date())
    assert [(each.year, len(each.events), each.needs_reason) for each in years][-2:] == [
        (2019, 0, True),
        (2018, 1, False),
    ]
    assert [each.events[0] for each in years if each.events] == [
        loaded.events["integrationskonferenz-beispiel"],
        loaded.events["integrationskonferenz-2018"],
    ]


def test_load_adds_programme_people_and_team(loaded):
    programme.load(FOLDER, loaded)

    event = loaded.events["dialog-beispiel"]
    assert [item.title for item in event.programme][:2] == ["Ankommen mit Kaffee und Tee", "Begrüßung"]
    assert [(each.name, each.organization) for each in event.programme[1].people] == [
        ("Beispielperson vom Landratsamt", "Beispiel-Organisation")
    ]
    assert [each.name for each in loaded.tables["dialog-beispiel", 1].people] == [
        "Beispielmoderatorin 1",
        "Beispielschreiber 1",
    ]
    assert {len(event.team) for event in loaded.events.values()} == {1}


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("programme_items.csv", ("09:30", "zehn"), "programme_items.csv, Zeile 2: starts_at „zehn“ ist keine Uhrzeit"),
        ("table_people.csv", ("dialog-beispiel,1", "dialog-beispiel,77"), "table_people.csv, Zeile 2: table „77“"),
    ],
)
def test_load_says_where_a_file_is_wrong(loaded, tmp_path, file, change, message):
    for path in FOLDER.glob("*.csv"):
        content = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(content.replace(*change, 1) if path.name == file else content)

    with pytest.raises(DataError, match=message):
        programme.load(tmp_path, loaded)

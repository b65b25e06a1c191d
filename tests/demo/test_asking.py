import shutil

import pytest

from app.accounts.models import Role
from app.demo import asking, events
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.registrations import paper
from app.registrations.models import ConsentPurpose
from app.registrations.questionnaire import current_consents, questions_of
from tests.demo.test_events import world  # noqa: F401 -- a fixture
from tests.factories import AccountFactory


@pytest.fixture
def loaded(world):  # noqa: F811 -- the fixture
    world.accounts[Role.ORGANISER] = AccountFactory(roles=(Role.ORGANISER,))
    events.load(FOLDER, world)
    return world


def test_the_dialogue_asks_questions_and_consent_and_two_letters_wait(loaded):
    asking.load(FOLDER, loaded)

    event = loaded.events["dialog-beispiel"]
    asked = questions_of(event.id)
    assert [len(question.options) for question in asked] == [6, 0, 0, 3]
    assert [each.yes_to for each in asked[2].conditions] == [asked[1]]
    assert [option.capacity for option in asked[3].options] == [12, 12, None]
    assert list(current_consents(event.id)) == [ConsentPurpose.PHOTOS]
    first, second = (letter.registration for letter in paper.letters_waiting(event.id))
    assert [each.name for each in (first, second)] == ["Beispielperson am Telefon", "Beispielperson am Schalter"]
    assert first.postal_address == "Beispielweg 1\n78462 Konstanz"
    assert [wish.table.number for wish in first.wishes] == [2, 1]


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("questions.csv", (",yes\n", ",Ja\n"), "Zeile 4: only_if „Ja“ ist nicht bekannt"),
        ("questions.csv", ("Uhr=12;", "Uhr=x;"), "Zeile 5: options „Um 9 Uhr=x“: „x“ ist keine Zahl"),
        ("consents.csv", ("photos", "fotos"), "Zeile 2: purpose „fotos“ ist nicht bekannt"),
        ("callers.csv", ("1,2; 1", "1,77"), "Zeile 2: tables „77“ ist nicht bekannt"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(loaded, tmp_path, file, change, message):
    for name in ("questions.csv", "consents.csv", "callers.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / file).write_text((tmp_path / file).read_text().replace(*change, 1))

    with pytest.raises(DataError) as refused:
        asking.load(tmp_path, loaded)
    assert str(refused.value) == f"{file}, {message}"

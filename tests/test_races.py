"""Two who give the same name at the same moment: one of them hears a sentence, nobody sees an error."""

from datetime import date

import pytest
from sqlalchemy import delete

from app.calls.models import Call
from app.calls.services import calls
from app.calls.services.calls import Words
from app.concept.errors import AlreadyInWorkingEdition
from app.concept.models import Section, SectionKind
from app.concept.services import add_section
from app.db import db, lock
from app.errors import DoneMeanwhile, GoneMeanwhile
from app.local_time import end_of, start_of
from app.moderation.models import BlockKind, TextBlock, WatchWord
from app.moderation.services import text_blocks, watch_words
from tests.calls.factories import CallFactory
from tests.concept.factories import WorkingEditionFactory
from tests.moderation.factories import TextBlockFactory
from tests.threads import as_quick, at_once


def add_call():
    days = {"opens_at": start_of(date(2027, 6, 1)), "closes_at": end_of(date(2027, 6, 30))}
    rest = {"sections": [], "target": None, "event": None, "phone": "", "return_address": ""}
    calls.create_call(Words("Wohnen", "Was fehlt?"), **days, **rest, by=None)


def add_text_block():
    text_blocks.add(kind=BlockKind.REASON, title="Wohnen", content="Das ist Werbung.", by=None)


@pytest.mark.parametrize(
    ("add", "existing", "name"),
    [
        (add_call, CallFactory, {"slug": "wohnen"}),
        (add_text_block, TextBlockFactory, {"slug": "wohnen"}),
        (lambda: watch_words.add("Wohnen", by=None), lambda: watch_words.add("Werbung", by=None), {"word": "wohnen"}),
    ],
)
def test_the_second_of_two_equal_names_hears_a_sentence(add, existing, name):
    with as_quick(existing(), **name), pytest.raises(DoneMeanwhile) as refused:
        add()

    assert str(refused.value).startswith("Das hat gerade jemand anderes auch angelegt.")
    assert sum(db.session.query(model).count() for model in (Call, TextBlock, WatchWord)) == 1


def test_who_takes_out_what_is_gone_hears_a_sentence():
    block = TextBlockFactory()
    db.session.execute(delete(TextBlock), execution_options={"synchronize_session": False})

    with pytest.raises(GoneMeanwhile):
        lock(block)


def test_one_of_two_equal_sections_stands(own_app):
    app = own_app()
    with app.app_context():
        WorkingEditionFactory()
        db.session.remove()

    def add():
        return add_section(slug="wohnen", kind=SectionKind.FIELD, title="Wohnen").slug

    results = at_once(app, add, add)

    assert sorted(each if each == "wohnen" else type(each).__name__ for each in results) == [
        AlreadyInWorkingEdition.__name__,
        "wohnen",
    ]
    with app.app_context():
        assert db.session.query(Section).count() == 1

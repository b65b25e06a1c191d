import json
import os
import subprocess
import sys

from app.db import db
from app.registrations.models import ConsentPurpose, NeedKind, QuestionKind
from tests.conftest import settings
from tests.events.factories import EventFactory
from tests.registrations.factories import ConsentTextFactory, QuestionFactory
from tests.registrations.scene import item_of

WHOLE = {
    "registration": 1,
    "attendee": 2,
    "booking": 2,
    "answer": 1,
    "consent": 1,
    "need": 1,
    "outgoing_mail": 1,
}


def test_a_process_killed_before_any_statement_leaves_a_whole_registration_or_none(own_app, databases, tmp_path):
    url = databases.copy()
    with own_app(TEILHABE_DATABASE_URL=url).app_context():
        event = EventFactory(capacity=9, asked_needs=[NeedKind.CHILDCARE])
        item_of(event, capacity=5)
        QuestionFactory(event=event, position=1)
        QuestionFactory(event=event, position=2, kind=QuestionKind.SEVERAL, options=[("Beispiel", 5)])
        ConsentTextFactory(event=event, purpose=ConsentPurpose.NEEDS)
        event_id = event.id
        db.session.remove()

    run = subprocess.run(
        [sys.executable, "-m", "tests.registrations.killed", str(event_id)],
        env=os.environ | settings(tmp_path / "killed", url),
        capture_output=True,
        text=True,
        check=True,
    )

    *killed, last = json.loads(run.stdout)
    assert len(killed) > 20
    assert [{name: each[name] for name in WHOLE} for each in killed] == [dict.fromkeys(WHOLE, 0)] * len(killed)
    assert last == WHOLE | {"killed": False}

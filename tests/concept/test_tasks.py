from datetime import UTC, date, datetime

import pytest
import time_machine

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.errors import TaskDone
from app.concept.models import RoadmapTask
from app.concept.tasks import due_tasks
from app.db import db, now
from app.process_date import ProcessDate
from tests.concept.factories import RoadmapTaskFactory, WorkingEditionFactory
from tests.concept.test_measures_desk import filled, texts
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

TASKS = "/verwaltung/konzept/aufgaben"
MORNING = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def working():
    return WorkingEditionFactory()


@pytest.fixture
def june():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def editor(june, client, working):
    account = AccountFactory(roles=(Role.EDITOR,), name="Ada", email="ada@example.org")
    client.sign_in(account)
    return account


def task(working, title, due="", **more):
    return RoadmapTaskFactory(concept=working.concept, title=title, due=ProcessDate(due), **more)


@pytest.mark.parametrize(
    ("due", "months", "done_on", "following"),
    [
        ("2026-05", 6, date(2026, 6, 1), "2026-11"),
        ("2018-02..2018-03", 12, date(2026, 6, 1), "2027-02..2027-03"),
        ("2026-06-20", 12, date(2026, 6, 1), "2027-06-20"),
        ("2026-05", None, date(2026, 6, 1), "2026-05"),
    ],
)
def test_what_comes_again_gets_its_next_date_when_it_is_done(working, due, months, done_on, following):
    found = task(working, "Überprüfen", due, repeats_months=months)

    services.finish_task(found, on=done_on, by=None)

    assert (found.due, found.done_on, found.is_open) == (ProcessDate(following), done_on, months is not None)


def test_a_step_is_due_two_weeks_ahead_and_stays_so_until_it_is_done(working):
    once = task(working, "Drucken", "2026-06-15")
    late = task(working, "Vorstellen", "2018")
    task(working, "Später", "2026-06-16")
    task(working, "Irgendwann")
    task(working, "Immer", "2017-04/..")

    assert due_tasks(date(2026, 6, 1)) == [late, once]
    services.finish_task(once, on=date(2026, 6, 1), by=None)
    assert due_tasks(date(2026, 6, 1)) == [late]
    with pytest.raises(TaskDone):
        services.finish_task(once, on=date(2026, 6, 2), by=None)
    services.reopen_task(once, by=None)
    assert due_tasks(date(2026, 6, 1)) == [late, once]


def test_editors_are_written_to_once_for_each_date(working, editor, mails):
    AccountFactory(roles=(Role.ORGANISER,))
    AccountFactory(roles=(Role.EDITOR,), closed_at=now())
    AccountFactory(roles=(Role.EDITOR,)).grants[0].revoked_at = now()
    found = task(working, "Die Umsetzung überprüfen", "2026-06-10", repeats_months=6, responsible=OrganizationFactory())
    assert (services.remind_of_tasks(), services.remind_of_tasks()) == (1, 0)
    [mail] = mails()
    assert (mail.to, mail.subject) == ("ada@example.org", "Ein nächster Schritt zum Konzept steht an")
    assert f"– Die Umsetzung überprüfen: 10. Juni 2026, {found.responsible.name}" in mail.text
    assert f"{TASKS}/faellig" in mail.text
    services.finish_task(found, on=date(2026, 6, 1), by=None)
    for day, written in (("2026-11-20", 0), ("2026-11-28", 1)):
        assert services.remind_of_tasks(at=datetime.fromisoformat(f"{day}T08:00+00:00")) == written


def test_what_was_done_meanwhile_is_in_no_mail(working, editor, mails):
    found = task(working, "Drucken", "2026-06-10")
    services.remind_of_tasks()
    services.finish_task(found, on=date(2026, 6, 1), by=None)
    assert mails() == []


def test_a_step_is_done_at_the_desk_and_leaves_the_document_and_what_comes_next(client, editor, working):
    form = filled(client.page(f"{TASKS}/neu"), title="Überprüfen", due="Juni 2026", repeats_months="6")
    assert client.post(f"{TASKS}/neu", data=form).status_code == 303
    once = task(working, "Drucken", "2026-05")
    again = db.session.query(RoadmapTask).filter_by(title="Überprüfen").one()
    [duty] = [link.text for link in client.page("/verwaltung").select(f"a[href='{TASKS}/faellig']")]
    assert " ".join(duty.split()) == "2 Nächste Schritte des Konzepts, die anstehen"
    assert texts(client.page(f"{TASKS}/faellig"), ".concept-items .muted") == ["Termin vorbei: Mai 2026", "Juni 2026"]

    tomorrow = client.page(f"{TASKS}/{once.id}/erledigt", 422, "POST", data={"done_on": "2026-06-02"})
    assert "Dieser Tag ist noch nicht gewesen." in tomorrow.text
    for each in (once, again):
        form = filled(client.page(f"{TASKS}/{each.id}/erledigt"))
        assert client.post(f"{TASKS}/{each.id}/erledigt", data=form).location == TASKS
    client.page(f"{TASKS}/{once.id}/erledigt", 409)

    assert texts(client.page(TASKS), ".concept-items .muted") == [
        *("Dezember 2026, alle sechs Monate, zuletzt erledigt am 01.06.2026", "erledigt am 01.06.2026"),
    ]
    page = client.page("/prozess")
    assert texts(page, ".roadmap li") == [
        *("Überprüfen (Dezember 2026, zuletzt am 01.06.2026)", "Drucken (erledigt am 01.06.2026)"),
    ]
    held = queries.working_document(on=date(2026, 6, 1)).surroundings.tasks
    assert [(each.title, each.due) for each in held] == [("Überprüfen", ProcessDate("2026-12"))]

    assert client.post(f"{TASKS}/{once.id}/wiederaufnahme").location == TASKS
    assert texts(client.page("/prozess"), ".roadmap li")[1] == "Drucken (vorgesehen war Mai 2026)"


def test_what_comes_again_and_is_sent_twice_is_done_once(client, editor, working):
    found = task(working, "Überprüfen", "2026-05", repeats_months=6)
    form = filled(client.page(f"{TASKS}/{found.id}/erledigt"))

    answers = [client.post(f"{TASKS}/{found.id}/erledigt", data=form).status_code for _time in range(2)]

    assert (answers, db.session.get(RoadmapTask, found.id).due) == ([303, 409], ProcessDate("2026-11"))


def test_no_step_is_due_beyond_what_a_calendar_knows(client, editor):
    form = {"title": "Überprüfen", "due": "9999-03", "responsible": "", "repeats_months": "6"}

    assert client.page(f"{TASKS}/neu", 422, "POST", data=form).select_one("#due-error")


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ("", "Was wiederkommt, braucht einen Termin."),
        ("seit April 2026", "Was wiederkommt, braucht einen Termin."),
        ("2026", "Geben Sie oben den Monat oder den Tag an"),
    ],
)
def test_what_comes_again_needs_a_date_that_has_a_next_one(client, editor, due, sentence):
    form = {"title": "Überprüfen", "due": due, "responsible": "", "repeats_months": "6"}

    page = client.page(f"{TASKS}/neu", 422, "POST", data=form)

    assert sentence in page.select_one("#repeats_months-error").text


def test_only_editors_say_what_was_done(client, working):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    found = task(working, "Drucken", "2026-05")

    for path in ("faellig", f"{found.id}/erledigt"):
        client.page(f"{TASKS}/{path}", 403)
    assert client.post(f"{TASKS}/{found.id}/wiederaufnahme").status_code == 403

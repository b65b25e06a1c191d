from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.concept import importing, releases, services
from app.concept.errors import Incomplete, NoFormerWording, WordingChanged
from app.concept.models import ChangeKind, ChapterContent, GoalKind, WordingRelease
from app.concept.queries import changes_of, find_edition
from app.concept.services import ChapterText
from app.concept.subjects import working_subjects
from app.db import db
from app.errors import SecondPersonNeeded
from tests.concept.factories import GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.concept.files import file_of, filled
from tests.factories import AccountFactory
from tests.test_migrations import refuse

PAGE = "/verwaltung/konzept/freigabe"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def editor():
    return AccountFactory(roles=(Role.EDITOR,))


@pytest.fixture
def goal():
    """In a section with all that an edition asks for."""
    WorkingEditionFactory()
    section = SectionFactory()
    GoalFactory(kind=GoalKind.OVERALL, section=section)
    goals = [GoalFactory(section=section, wording=wording) for wording in ("Alle lernen Deutsch.", "Alle wohnen.")]
    MeasureFactory(section=section, section__goals=goals)
    return goals[0]


def reword(goal, wording, by, **more):
    return services.reword_goal(goal, wording=wording, reason="Klarer", by=by, **more)


def cut(number="1.0", **more):
    return services.cut_edition(slug=f"k-{number}", number=number, title="K", reason="Neu", by=None, **more)


def done():
    """What the history says of releases, and who it was."""
    entries = select(AuditEntry).where(AuditEntry.subject_type == "wording_release").order_by(AuditEntry.id)
    return [(each.action, each.actor_id) for each in db.session.scalars(entries)]


def waiting():
    db.session.expire_all()
    return [(each.version.content, each.before and each.before.content) for each in releases.unreleased()]


def test_a_wording_goes_out_when_another_person_released_it(goal):
    author, second = editor(), editor()
    version = reword(goal, "Alle lernen früh Deutsch.", author)
    assert waiting() == [("Alle lernen früh Deutsch.", "Alle lernen Deutsch.")]

    with pytest.raises(Incomplete) as refusal:
        cut()
    assert refusal.value.shortcomings == [
        f"Unterziel {goal.code}: Eine zweite Person hat den Wortlaut noch nicht freigegeben."
    ]
    with pytest.raises(SecondPersonNeeded):
        services.release_wordings([version.id], by=author)
    refuse(
        "INSERT INTO wording_release (version_id, released_by_id, released_at, is_returned, reason)"
        " VALUES (:version, :account, '2026-01-01 00:00:00+00:00', false, '')",
        version=version.id,
        account=author.id,
    )
    assert services.release_wordings([version.id], by=second) == 1

    assert (waiting(), done()) == ([], [("concept.release_wording", second.id)])
    cut()


def test_what_went_out_all_the_same_waits_no_longer(goal):
    reword(goal, "Alle lernen früh Deutsch.", editor())

    cut(allow_incomplete=True)

    assert waiting() == []


def test_an_edition_of_another_installation_releases_nothing(goal):
    reword(goal, "Alle lernen früh Deutsch.", editor(), at=datetime(2018, 1, 1, tzinfo=UTC))
    elsewhere = replace(filled(), slug="2018-anderswo-1.0", edition="1.0", sections=(), chapters=(), definitions=())

    importing.take_in(file_of(elsewhere, agreements=(), descents=()), by=None)

    assert find_edition("2018-anderswo-1.0").cut_at > datetime(2018, 1, 1, tzinfo=UTC)
    assert waiting() == [("Alle lernen früh Deutsch.", "Alle lernen Deutsch.")]


def test_an_edition_takes_along_only_what_stands_in_it(goal):
    section, author = goal.placement.section, editor()
    reword(goal, "Alle lernen früh Deutsch.", author)
    services.drop_goal(goal, reason="Zu viel", by=author)
    cut(allow_incomplete=True)

    services.carry_over(goal, section=section, reason="Doch", by=author)

    assert waiting() == [("Alle lernen früh Deutsch.", "Alle lernen Deutsch.")]


def test_what_went_out_unread_names_its_edition_or_somebody(goal):
    version = reword(goal, "Alle lernen früh Deutsch.", editor())
    insert = "INSERT INTO wording_release (version_id, released_at, is_returned, reason, edition_id) VALUES "

    refuse(f"{insert} (:version, '2026-01-01 00:00:00+00:00', false, '', NULL)", version=version.id)
    edition = cut(allow_incomplete=True)

    [release] = db.session.scalars(select(WordingRelease))
    assert (release.version, release.edition, release.released_by_id) == (version, edition, None)


def test_what_nobody_in_particular_wrote_needs_no_release(goal):
    reword(goal, "Alle lernen früh Deutsch.", None)

    assert waiting() == []


def test_all_kinds_of_text_wait_until_they_are_released_together(goal):
    author, second = editor(), editor()
    services.add_goal(section=goal.placement.section, wording="Neu.", reason="Fehlt", by=author)
    chapter = services.add_chapter(ChapterText(title="Kapitel", summary="Kurz", body="Lang"), by=author)
    assert waiting() == [("Neu.", None), ("Kurz", None), ("Lang", None)]
    first = releases.unreleased()

    signed = ChapterText(title="Kapitel", summary="Kurz", body="Länger", signature="Landrat Beispiel")
    services.write_chapter(chapter, signed, by=author)
    with pytest.raises(WordingChanged):
        services.release_wordings([each.version.id for each in first], by=second)
    assert [content for content, _before in waiting()] == ["Neu.", "Kurz", "Länger", "Landrat Beispiel"]
    assert services.release_wordings([each.version.id for each in releases.unreleased()], by=second) == 4


def test_returning_puts_the_last_released_wording_back(goal):
    author, second = editor(), editor()
    released = reword(goal, "Alle lernen früh Deutsch.", author)
    services.release_wordings([released.id], by=second)
    reword(goal, "Alle lernen irgendwann Deutsch.", author)
    reword(goal, "Niemand lernt Deutsch.", author)
    [each] = releases.unreleased()
    with pytest.raises(SecondPersonNeeded):
        services.withhold_wording(each, reason="Falsch", by=author)

    services.withhold_wording(each, reason="Das Gegenteil ist gemeint.", by=second)

    assert (goal.text.current.content, waiting()) == ("Alle lernen früh Deutsch.", [])
    assert done()[1:] == [("concept.withhold_wording", second.id)]
    last = changes_of(goal)[-1]
    assert (last.kind, last.reason) == (ChangeKind.REWORDED, "Das Gegenteil ist gemeint.")


def test_what_is_new_altogether_has_nothing_to_go_back_to(goal):
    services.add_goal(section=goal.placement.section, wording="Neu.", reason="Fehlt", by=editor())
    [each] = releases.unreleased()

    with pytest.raises(NoFormerWording):
        services.withhold_wording(each, reason="Nein", by=editor())


@pytest.mark.parametrize("content", ChapterContent)
def test_any_text_can_be_written_by_what_it_belongs_to(goal, content):
    services.add_chapter(ChapterText(title="K", summary="Kurz", body="Lang", content=content), by=None)

    for subject in working_subjects().values():
        version = services.reword_subject(subject, f"{subject.name} neu", reason="Test", by=None)
        assert version.content == f"{subject.name} neu"


def test_the_page_shows_what_is_new_and_releases_what_was_seen(client, goal):
    author, second = editor(), AccountFactory(roles=(Role.ORGANISER,))
    one = reword(goal, "Alle lernen früh Deutsch.", author)
    two = services.add_goal(section=goal.placement.section, wording="Neu.", reason="Fehlt", by=author).text.current
    client.sign_in(author)
    assert texts(client.page(PAGE), "h2") == ["Von Ihnen geschrieben"]
    client.sign_in(second)
    page = client.page(PAGE)
    assert texts(page, ".release ins") == ["neu: früh ;", "neu: Neu.;"]
    assert [tag["value"] for tag in page.select(".form-page [name=gesehen]")] == [str(one.id), str(two.id)]

    assert client.page(f"{PAGE}/{two.id}/zurueck").select("form.form-page") == []
    back = f"{PAGE}/{one.id}/zurueck"
    client.page(back, 422, "POST", data={"reason": ""})
    client.post(back, data={"reason": "Zu früh."})
    client.page(back, 404)
    assert client.post(back, data={"reason": "Noch einmal."}).status_code == 409
    client.post(PAGE, data={"gesehen": [two.id]})

    assert (waiting(), goal.text.current.content) == ([], "Alle lernen Deutsch.")
    assert client.post(PAGE, data={"gesehen": [two.id]}).status_code == 409


def test_the_list_asks_the_same_questions_whatever_its_length(client, goal, count_queries):
    client.sign_in(editor())
    numbers = []
    for count in (1, 3):
        for _each in range(count):
            services.add_goal(section=goal.placement.section, wording="Neu.", reason="Fehlt", by=editor())
        with count_queries() as statements:
            client.page(PAGE)
        numbers.append(len(statements))

    assert numbers == [13, 13]

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import current_app
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.concept import origins, queries, releases, services
from app.concept.catalogue import checksum
from app.concept.errors import (
    AnotherPaper,
    BaseReplaced,
    ChangeDone,
    ChangeWaiting,
    Incomplete,
    NotCorrectable,
    NotHeld,
    NothingChanged,
    TooMuchChanged,
)
from app.concept.models import ChangeKind, Edition, EditionChange, Effect, GoalKind, Standing
from app.concept.origins import waiting_changes
from app.concept.passages import passages
from app.concept.services import ChapterText
from app.council import services as council
from app.council.errors import PaperNotSent
from app.council.models import Outcome
from app.db import db
from app.errors import ReasonMissing, SecondPersonNeeded
from app.process_date import ProcessDate
from app.texts import services as texts
from app.texts.models import LinkKind
from app.texts.queries import links_into
from app.texts.services import Span
from tests.concept.factories import (
    EditionFactory,
    GoalFactory,
    MeasureFactory,
    PaperEditionFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.council.factories import ConsultationFactory, ConsultationMeetingFactory, MeetingFactory, PaperFactory
from tests.factories import AccountFactory

FIRST = {"slug": "2017-konzept-1.0", "number": "1.0", "title": "Konzept", "reason": "Der Anfang."}
WHY = "Antrag der Fraktionen"


@pytest.fixture
def consultation():
    """A paper under way with a complete edition: Z-001 with Z-002 and Z-003, M-001 for both, M-002 for Z-003."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, code=f"Z-00{n}", wording=f"Das Unterziel {n} ist erreicht.") for n in (2, 3)]
    MeasureFactory(section=section, section__goals=goals, code="M-001", wording="Wir bieten Kurse an.")
    MeasureFactory(section=section, section__goals=goals[1:], code="M-002", wording="Wir laden alle ein.")
    services.add_chapter(ChapterText(title="Wozu", summary="Wozu es gut ist.", body="Ein langer Text über alles."))
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    ConsultationMeetingFactory(consultation=consultation, meeting__day=date(2017, 11, 27))
    services.send_paper(consultation.paper, **FIRST, by=None, cut_at=datetime(2017, 11, 20, tzinfo=UTC))
    return consultation


@pytest.fixture
def editors():
    return AccountFactory.create_batch(2, roles=(Role.EDITOR,))


def propose(consultation, **more):
    """By another person each time, unless it is said by whom."""
    given = {"meeting": consultation.sittings[0].meeting, "wordings": {}, "reason": WHY}
    by = more.pop("by", None) or AccountFactory(roles=(Role.EDITOR,))
    return services.propose_amendment(consultation, **{**given, **more}, by=by)


def confirm(change, **more):
    return services.confirm_change(change, by=more.pop("by", None) or AccountFactory(roles=(Role.EDITOR,)), **more)


def edition_of(consultation):
    return queries.editions_of(consultation.paper)[-1]


def versions(edition):
    """By code, chapter texts by their words."""
    found = passages(queries.catalogue_of(edition))
    return {each.code or each.text.wording: each.text.version_id for each in found}


def adopt(consultation, effect=Effect.FINAL, decided="2017-11-27"):
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=effect, decided=ProcessDate(decided), by=None
    )


def done():
    """What was written to the history of changes, and by whom."""
    entries = select(AuditEntry).where(AuditEntry.subject_type == "edition_change").order_by(AuditEntry.id)
    return [(each.action, each.actor_id) for each in db.session.scalars(entries)]


def wordings(catalogue):
    return {item.code: item.wording for section in catalogue.sections for item in section.items}


def test_what_a_body_changed_is_cut_when_another_person_confirms_it(consultation, editors):
    base, (author, second) = edition_of(consultation), editors
    known = versions(base)
    given = {known["Z-002"]: "Das Unterziel 2 wird bald erreicht.", known["Wozu es gut ist."]: "Wozu das gut ist."}
    same = {known["M-001"]: "Wir bieten Kurse an."}
    before = wordings(queries.working_catalogue())

    change = propose(consultation, wordings=given | same, dropped=["M-002"], source="Seite 4", by=author)
    assert (wordings(queries.working_catalogue()), queries.editions_of(consultation.paper)) == (before, [base])
    assert len(change.passages) == 3
    with pytest.raises(SecondPersonNeeded):
        confirm(change, by=author)
    huey = current_app.extensions["huey"]
    huey.flush()
    assert waiting_changes() == [change]
    edition = confirm(change, by=second, at=datetime(2017, 11, 28, 9, tzinfo=UTC))

    assert waiting_changes() == []
    assert sorted(task.name for task in huey.pending()) == ["proposals_tell_followers", "publishing_keep_sent_files"]
    assert done() == [("concept.propose_amendment", author.id), ("concept.confirm_change", second.id)]
    assert change.confirmed_by_id == second.id
    after = queries.catalogue_of(edition)
    assert (edition.cut_at, after.dated) == (change.confirmed_at, ProcessDate("2017-11-28"))
    assert change.confirmed_at == datetime(2017, 11, 28, 9, tzinfo=UTC)
    assert wordings(after) == {
        **{code: wording for code, wording in before.items() if code != "M-002"},
        "Z-002": "Das Unterziel 2 wird bald erreicht.",
    }
    assert (after.chapters[0].wording, queries.catalogue_of(base).chapters[0].wording) == (
        "Wozu das gut ist.",
        "Wozu es gut ist.",
    )
    assert (edition.sha256, after.comparison) == (checksum(edition.document), 2)
    assert (edition.number, edition.slug, edition.title, edition.reason) == ("1.1", "2017-konzept-1.1", "Konzept", WHY)
    assert queries.editions_of(consultation.paper) == [base, edition]
    assert wordings(queries.working_catalogue()) == wordings(after)
    [told] = queries.changes_of(queries.get_goal("Z-002"))
    assert (told.reason, told.made_by_id) == (WHY, author.id)
    assert [(each.kind, each.reason) for each in queries.changes_of(queries.get_measure("M-002"))] == [
        (ChangeKind.DROPPED, WHY)
    ]
    assert releases.unreleased() == []
    written = releases.authors_of([queries.get_goal("Z-002").text.current.id])
    assert [each.account for each in written.values()] == [author]


def test_the_working_edition_stays_where_it_moved_on(consultation):
    known, goal, editor = versions(edition_of(consultation)), queries.get_goal("Z-002"), AccountFactory()
    newer = services.reword_goal(goal, wording="Ganz andere Worte stehen da.", reason="Dialog", by=editor)
    said = texts.write("Andere Worte!", language="de")
    texts.link(LinkKind.ACCEPTED, Span.whole(said), Span.of(newer, "andere Worte"))
    read = services.reword_goal(queries.get_goal("Z-003"), wording="Auch ganz anders.", reason="Dialog", by=editor)
    services.release_wordings([read.id], by=AccountFactory())
    services.add_goal(section=goal.placement.section, wording="Neu dazu.", reason="Dialog", by=None)

    given = {known["Z-002"]: "Im Ausschuss geändert.", known["Z-003"]: "Auch im Ausschuss."}
    confirm(propose(consultation, wordings=given))

    db.session.expire_all()
    current = goal.text.current
    assert [each.content for each in goal.text.versions[1:]] == [
        "Ganz andere Worte stehen da.",
        "Im Ausschuss geändert.",
        "Ganz andere Worte stehen da.",
    ]
    assert [link.target.quote(link.target_start, link.target_end) for link in links_into([current.id])] == [
        "andere Worte"
    ]
    assert [each.reason for each in queries.changes_of(goal)] == ["Dialog", WHY, "Dialog"]
    assert [each.written.version_id for each in releases.unreleased()] == [current.id]
    edition = queries.catalogue_of(edition_of(consultation))
    assert edition.goal("Z-002").wording == "Im Ausschuss geändert."
    assert edition.goal("Z-004") is None


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"wordings": {}}, NothingChanged),
        ({"wordings": {0: "Fremd"}}, AnotherPaper),
        ({"dropped": ["M-002"], "reason": " "}, ReasonMissing),
        ({"dropped": ["Z-002"]}, Incomplete),
        ({"dropped": ["Z-404"]}, AnotherPaper),
        ({"dropped": ["M-002"], "at": datetime(2017, 11, 26, 12, tzinfo=UTC)}, NotHeld),
    ],
)
def test_an_amendment_is_refused_and_changes_nothing(consultation, more, error):
    with pytest.raises(error):
        propose(consultation, **more)

    assert db.session.scalars(select(EditionChange)).all() == []


def test_only_a_meeting_in_which_the_body_dealt_with_the_paper_changes_it(consultation):
    [sitting] = consultation.sittings
    elsewhere = MeetingFactory(organization=consultation.organization, day=date(2017, 11, 27))
    with pytest.raises(NotHeld):
        propose(consultation, dropped=["M-002"], meeting=elsewhere)
    change = propose(consultation, dropped=["M-002"])
    council.cancel_meeting(sitting.meeting, by=None)
    with pytest.raises(NotHeld):
        confirm(change)
    with pytest.raises(PaperNotSent):
        services.propose_amendment(
            ConsultationFactory(paper=PaperFactory(sent_at=None)),
            meeting=elsewhere,
            wordings={},
            reason=WHY,
            by=AccountFactory(),
        )


def test_one_change_of_an_edition_waits_at_a_time_and_only_while_it_is_the_last(consultation):
    change = propose(consultation, dropped=["M-002"])
    with pytest.raises(ChangeWaiting):
        propose(consultation, dropped=["M-001"], allow_incomplete=True)
    services.cut_further(consultation.paper, **{**FIRST, "slug": "zwei", "number": "1.1"}, by=None)

    with pytest.raises(BaseReplaced):
        confirm(change)


def test_a_body_changes_the_edition_without_the_typing_error(consultation, editors):
    base, (author, second) = edition_of(consultation), editors
    adopt(consultation, Effect.PROVISIONAL)
    given = {versions(base)["M-001"]: "Wir bieten viele Kurse an."}
    corrected = confirm(services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author), by=second)

    change = propose(consultation, dropped=["M-002"])

    assert change.base == corrected
    amended = confirm(change)
    assert wordings(queries.catalogue_of(amended))["M-001"] == "Wir bieten viele Kurse an."
    assert queries.standings([amended]) == {amended.id: Standing.SUBMITTED}  # nobody has decided on it


def test_a_correction_takes_over_what_the_bodies_decided(consultation, editors):
    base, (author, second) = edition_of(consultation), editors
    given = {versions(base)["M-001"]: "Wir bieten viele Kurse an."}
    with pytest.raises(NotCorrectable):
        services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author)
    adopt(consultation)

    correction = services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author)
    assert wordings(queries.working_catalogue())["M-001"] == "Wir bieten Kurse an."
    with pytest.raises(ChangeWaiting):
        services.propose_correction(base, wordings=given, reason="Wort fehlte", by=second)
    with pytest.raises(SecondPersonNeeded):
        services.confirm_change(correction, by=author)
    edition = services.confirm_change(correction, by=second)

    assert (edition.number, edition.slug, edition.reason) == ("1.0.1", "2017-konzept-1.0.1", "Wort fehlte")
    assert wordings(queries.catalogue_of(edition)) == {
        **wordings(queries.catalogue_of(base)),
        "M-001": "Wir bieten viele Kurse an.",
    }
    assert wordings(queries.working_catalogue())["M-001"] == "Wir bieten viele Kurse an."
    assert queries.standings([base, edition]) == {base.id: Standing.SUPERSEDED, edition.id: Standing.ADOPTED}
    assert queries.edition_in_force() == edition
    assert origins.adoptions_of(edition) == base.adoptions
    for late in (services.confirm_change, services.withdraw_change):
        with pytest.raises(ChangeDone):
            late(correction, by=second)
    with pytest.raises(NotCorrectable):
        services.propose_correction(base, wordings=given, reason="Noch eines", by=author)
    again = services.propose_correction(
        edition, wordings={versions(edition)["Z-001"]: "Alle lernen gut Deutsch."}, reason="Wort fehlte", by=second
    )
    assert services.confirm_change(again, by=author).number == "1.0.2"


def test_what_no_longer_holds_is_not_corrected_any_more(consultation, editors):
    base, (author, second) = edition_of(consultation), editors
    adopt(consultation)
    given = {versions(base)["M-001"]: "Wir bieten viele Kurse an."}
    correction = services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author)
    services.cut_further(consultation.paper, **{**FIRST, "slug": "zwei", "number": "1.1"}, by=None)
    adopt(consultation)

    with pytest.raises(NotCorrectable):
        confirm(correction, by=second)


def test_a_correction_changes_little_and_can_be_withdrawn(consultation):
    base, author = edition_of(consultation), AccountFactory(roles=(Role.EDITOR,))
    adopt(consultation, Effect.PROVISIONAL)
    version_id = versions(base)["M-001"]

    for wording, error in (
        ("Ganz andere Worte.", TooMuchChanged),
        ("Wir bieten Kurse an. Und vieles andere mehr.", TooMuchChanged),
        ("Wir bieten Kurse an. \r\n", NothingChanged),
    ):
        with pytest.raises(error):
            services.propose_correction(base, wordings={version_id: wording}, reason="Wort", by=author)
    correction = services.propose_correction(
        base, wordings={version_id: "Wir bieten Kurse an!"}, reason="Satzzeichen", by=author
    )
    services.withdraw_change(correction, by=author)

    assert db.session.scalars(select(EditionChange)).all() == []
    assert db.session.scalars(select(Edition)).all() == [base]
    assert done() == [("concept.propose_correction", author.id), ("concept.withdraw_change", author.id)]


def test_what_an_edition_lacks_since_a_body_changed_it_is_noted(consultation):
    before = {each.code: each.number for each in queries.catalogue_of(edition_of(consultation)).goals}

    edition = confirm(propose(consultation, dropped=["Z-002"], allow_incomplete=True))

    after = queries.catalogue_of(edition)
    assert {each.code: each.number for each in after.goals} == {"Z-001": before["Z-001"], "Z-003": before["Z-002"]}
    assert {each.code: each.goals for each in after.measures} == {"M-001": ("Z-003",), "M-002": ("Z-003",)}
    cuts = select(AuditEntry).where(AuditEntry.action == "concept.cut_edition").order_by(AuditEntry.id.desc())
    last = db.session.scalars(cuts).first()
    assert (last.subject_id, last.fields) == (edition.id, ["allow_incomplete"])


def test_a_changed_edition_is_compared_by_the_method_of_today(consultation):
    base = edition_of(consultation)
    old = replace(queries.catalogue_of(base), slug="alt", edition="0.9", comparison=1)
    cut_at = datetime(2017, 11, 21, tzinfo=UTC)
    late = EditionFactory(concept=base.concept, catalogue=old, slug="alt", number="0.9", cut_at=cut_at)
    PaperEditionFactory(paper=consultation.paper, edition=late)

    change = propose(consultation, dropped=["M-002"])

    assert (change.base, queries.catalogue_of(late).comparison) == (late, 1)
    assert queries.catalogue_of(confirm(change)).comparison == 2

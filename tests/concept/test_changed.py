from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import changed, queries, releases, services
from app.concept.catalogue import checksum
from app.concept.errors import (
    AnotherPaper,
    ConfirmedByAnother,
    CorrectionDone,
    CorrectionWaiting,
    Incomplete,
    NotCorrectable,
    NothingChanged,
    TooMuchChanged,
)
from app.concept.models import Amendment, Correction, Edition, Effect, GoalKind, Standing
from app.concept.services import ChapterText
from app.council.errors import PaperNotSent
from app.council.models import Outcome
from app.db import db
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from app.texts import services as texts
from app.texts.models import LinkKind
from app.texts.queries import links_into
from app.texts.services import Span
from tests.concept.factories import GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.factories import AccountFactory

FIRST = {"slug": "2017-konzept-1.0", "number": "1.0", "title": "Konzept", "reason": "Der Anfang."}
NEXT = {"slug": "2017-konzept-1.1", "number": "1.1", "title": "Konzept", "reason": "Antrag der Fraktionen", "by": None}


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
    services.send_paper(consultation.paper, **FIRST, by=None, cut_at=datetime(2017, 11, 20, tzinfo=UTC))
    return consultation


def edition_of(consultation):
    return queries.editions_of(consultation.paper)[-1]


def versions(edition):
    """By code, chapter texts by their words."""
    found = changed.passages(queries.catalogue_of(edition))
    return {each.code or each.text.wording: each.text.version_id for each in found}


def adopt(consultation, effect=Effect.FINAL, decided="2017-11-27"):
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=effect, decided=ProcessDate(decided), by=None
    )


def wordings(catalogue):
    return {item.code: item.wording for section in catalogue.sections for item in section.items}


def test_amend_edition_cuts_the_next_one_and_the_working_edition_follows(consultation):
    base = edition_of(consultation)
    known = versions(base)
    given = {known["Z-002"]: "Das Unterziel 2 wird bald erreicht.", known["Wozu es gut ist."]: "Wozu das gut ist."}

    edition = services.amend_edition(consultation, wordings=given, dropped=["M-002"], **NEXT)

    before, after = queries.catalogue_of(base), queries.catalogue_of(edition)
    assert wordings(after) == {
        **{code: wording for code, wording in wordings(before).items() if code != "M-002"},
        "Z-002": "Das Unterziel 2 wird bald erreicht.",
    }
    assert (after.chapters[0].wording, before.chapters[0].wording) == ("Wozu das gut ist.", "Wozu es gut ist.")
    assert (edition.sha256, after.edition, after.comparison) == (checksum(edition.document), "1.1", 2)
    assert queries.editions_of(consultation.paper) == [base, edition]
    assert wordings(queries.working_catalogue()) == wordings(after)
    [row] = db.session.scalars(select(Amendment))
    assert (row.edition, row.base, row.consultation) == (edition, base, consultation)
    assert [each.reason for each in queries.changes_of(queries.get_goal("Z-002"))] == ["Antrag der Fraktionen"]


def test_amend_edition_leaves_the_working_edition_where_it_moved_on(consultation):
    known, goal, editor = versions(edition_of(consultation)), queries.get_goal("Z-002"), AccountFactory()
    newer = services.reword_goal(goal, wording="Ganz andere Worte stehen da.", reason="Dialog", by=editor)
    said = texts.write("Andere Worte!", language="de")
    texts.link(LinkKind.ACCEPTED, Span.whole(said), Span.of(newer, "andere Worte"))
    services.add_goal(section=goal.placement.section, wording="Neu dazu.", reason="Dialog", by=None)

    services.amend_edition(consultation, wordings={known["Z-002"]: "Im Ausschuss geändert."}, **NEXT)

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
    assert [each.reason for each in queries.changes_of(goal)] == ["Dialog", "Antrag der Fraktionen", "Dialog"]
    assert [each.written.version_id for each in releases.unreleased()] == [current.id]
    edition = queries.catalogue_of(edition_of(consultation))
    assert edition.goal("Z-002").wording == "Im Ausschuss geändert."
    assert edition.goal("Z-004") is None


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"wordings": {}}, NothingChanged),
        ({"wordings": {0: "Fremd"}}, AnotherPaper),
        ({"wordings": {}, "dropped": ["Z-002"], "reason": " "}, ReasonMissing),
        ({"wordings": {}, "dropped": ["Z-002"]}, Incomplete),
        ({"wordings": {}, "dropped": ["Z-404"]}, AnotherPaper),
    ],
)
def test_amend_edition_refuses_and_changes_nothing(consultation, more, error):
    before = queries.working_catalogue()

    with pytest.raises(error):
        services.amend_edition(consultation, **{**NEXT, **more})

    db.session.expire_all()
    assert (queries.working_catalogue(), len(queries.all_editions())) == (before, 1)


def test_amend_edition_wants_a_paper_that_is_sent():
    WorkingEditionFactory()

    with pytest.raises(PaperNotSent):
        services.amend_edition(ConsultationFactory(paper=PaperFactory(sent_at=None)), wordings={}, **NEXT)


def test_a_correction_takes_over_what_the_bodies_decided(consultation):
    base, (author, second) = edition_of(consultation), AccountFactory.create_batch(2, roles=(Role.EDITOR,))
    given = {versions(base)["M-001"]: "Wir bieten viele Kurse an."}
    with pytest.raises(NotCorrectable):
        services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author)
    adopt(consultation)

    correction = services.propose_correction(base, wordings=given, reason="Wort fehlte", by=author)
    assert wordings(queries.working_catalogue())["M-001"] == "Wir bieten Kurse an."
    with pytest.raises(CorrectionWaiting):
        services.propose_correction(base, wordings=given, reason="Wort fehlte", by=second)
    with pytest.raises(ConfirmedByAnother):
        services.confirm_correction(correction, by=author)
    edition = services.confirm_correction(correction, by=second)

    assert (edition.number, edition.slug, edition.reason) == ("1.0.1", "2017-konzept-1.0.1", "Wort fehlte")
    assert wordings(queries.catalogue_of(edition)) == {
        **wordings(queries.catalogue_of(base)),
        "M-001": "Wir bieten viele Kurse an.",
    }
    assert wordings(queries.working_catalogue())["M-001"] == "Wir bieten viele Kurse an."
    assert queries.standings([base, edition]) == {base.id: Standing.SUPERSEDED, edition.id: Standing.ADOPTED}
    assert queries.edition_in_force() == edition
    for late in (services.confirm_correction, services.withdraw_correction):
        with pytest.raises(CorrectionDone):
            late(correction, by=second)
    with pytest.raises(NotCorrectable):
        services.propose_correction(base, wordings=given, reason="Noch eines", by=author)
    again = services.propose_correction(
        edition, wordings={versions(edition)["Z-001"]: "Alle lernen gut Deutsch."}, reason="Wort fehlte", by=second
    )
    assert services.confirm_correction(again, by=author).number == "1.0.2"


def test_a_correction_changes_little_and_can_be_withdrawn(consultation):
    base, author = edition_of(consultation), AccountFactory(roles=(Role.EDITOR,))
    adopt(consultation, Effect.PROVISIONAL)
    version_id = versions(base)["M-001"]

    for wording, error in (("Ganz andere Worte.", TooMuchChanged), ("Wir bieten Kurse an.", NothingChanged)):
        with pytest.raises(error):
            services.propose_correction(base, wordings={version_id: wording}, reason="Wort", by=author)
    correction = services.propose_correction(
        base, wordings={version_id: "Wir bieten Kurse an!"}, reason="Satzzeichen", by=author
    )
    services.withdraw_correction(correction, by=author)

    assert db.session.scalars(select(Correction)).all() == []
    assert db.session.scalars(select(Edition)).all() == [base]

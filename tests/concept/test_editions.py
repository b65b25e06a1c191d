import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.concept import queries, services
from app.concept.catalogue import checksum
from app.concept.errors import (
    AnotherPaper,
    Incomplete,
    NumberTaken,
    NumberTooLow,
    PaperWithoutEdition,
    SlugTaken,
)
from app.concept.models import Adoption, ConceptKind, Edition, Effect, GoalKind, PaperEdition, Standing
from app.council.errors import PaperNotSent, PaperSent
from app.council.models import Outcome, Resolution
from app.db import db
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from app.texts import services as texts
from app.texts.services import Span
from tests.concept.factories import (
    EditionFactory,
    GoalFactory,
    MeasureFactory,
    PaperEditionFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.factories import AccountFactory

FIRST = {"slug": "2017-konzept-1.0", "number": "1.0", "title": "Konzept 1.0", "reason": "Der Anfang."}
SECOND = {"slug": "2018-konzept-1.1", "number": "1.1", "title": "Konzept 1.1", "reason": "Weiter."}


@pytest.fixture
def working():
    """A working edition that is complete."""
    working = WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, code=f"Z-00{n}") for n in (2, 3)]
    MeasureFactory(section=section, section__goals=goals, code="M-001")
    return working


def cut(**more):
    return services.cut_edition(**{**FIRST, "by": None, **more})


def test_cut_edition_freezes_the_working_edition(working):
    editor = AccountFactory(roles=(Role.EDITOR,))

    edition = cut(by=editor, cut_at=datetime(2017, 11, 27, 23, 30, tzinfo=UTC))

    catalogue = queries.catalogue_of(edition)
    assert (catalogue.slug, catalogue.edition, catalogue.title) == ("2017-konzept-1.0", "1.0", "Konzept 1.0")
    assert catalogue.dated == ProcessDate("2017-11-28")  # in Berlin
    assert catalogue.sections == queries.working_catalogue().sections
    assert edition.sha256 == checksum(edition.document)
    assert json.loads(edition.document)["reason"] == "Der Anfang."
    assert [entry.actor_id for entry in db.session.scalars(select(AuditEntry))] == [editor.id]


def test_edition_keeps_its_wording_when_the_working_edition_goes_on(working):
    edition = cut()
    goal = queries.get_goal("Z-001")

    services.reword_goal(goal, wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=None)
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)

    assert queries.catalogue_of(edition).goal("Z-001").wording == "Alle lernen Deutsch."
    assert [measure.code for measure in queries.catalogue_of(edition).measures] == ["M-001"]
    assert queries.working_catalogue().goal("Z-001").wording == "Wer will, lernt Deutsch."
    assert queries.working_catalogue().measures == []


def test_cut_edition_refuses_an_incomplete_one(working):
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)

    with pytest.raises(Incomplete) as refused:
        cut()

    assert refused.value.shortcomings == [
        "Zum Unterziel 1.1 (Z-002) gibt es keine Maßnahme.",
        "Zum Unterziel 1.2 (Z-003) gibt es keine Maßnahme.",
    ]
    assert db.session.scalars(select(Edition)).all() == []


def test_cut_edition_takes_an_incomplete_one_when_that_is_stated(working):
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)

    edition = cut(allow_incomplete=True)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "concept.cut_edition")).one()
    assert (entry.subject_id, entry.fields) == (edition.id, ["allow_incomplete"])


@pytest.mark.parametrize("slug", ["2017-konzept-1.0", "arbeitsfassung", "entwurf-7", "vergleich", "A b", "a/b", ""])
def test_cut_edition_refuses_an_address_that_is_taken_or_none(working, slug):
    EditionFactory(slug="2017-konzept-1.0")

    with pytest.raises(SlugTaken):
        cut(slug=slug)


def test_cut_edition_refuses_a_number_of_the_same_concept_only(working):
    EditionFactory(number="1.1")
    cut(number="1.0")

    with pytest.raises(NumberTaken):
        cut(slug="noch-eine", number="1.0")
    assert cut(slug="noch-eine", number="1.1").number == "1.1"


@pytest.mark.parametrize("number", ["1.8", "01.9", "0.9.9"])
def test_numbers_only_rise(working, number):
    cut(number="1.9")

    with pytest.raises(NumberTooLow, match="höhere") as refused:
        cut(slug="noch-eine", number=number)
    assert "1.9" in str(refused.value)
    assert cut(slug="noch-eine", number="1.10").number == "1.10"


def test_what_revises_something_says_why(working):
    with pytest.raises(ReasonMissing):
        services.found_concept(title="Neu", kind=ConceptKind.OVERALL, predecessor=working.concept, by=None)
    first = cut(reason="")
    with pytest.raises(ReasonMissing):
        cut(**SECOND | {"reason": " "})
    services.found_concept(title="Neu", kind=ConceptKind.OVERALL, predecessor=first.concept, reason="Mehr", by=None)
    with pytest.raises(ReasonMissing):
        cut(**SECOND | {"reason": ""})


@pytest.mark.parametrize(
    "statement",
    [
        update(Edition).values(title="Anders"),
        update(Edition).values(document="{}"),
        delete(Edition),
    ],
)
def test_database_refuses_to_change_an_edition(working, statement):
    cut()

    with pytest.raises(IntegrityError, match="append-only"):
        db.session.execute(statement)


def test_redaction_leaves_the_checksum_valid(working):
    edition = cut()
    version = queries.get_goal("Z-001").text.current

    texts.redact(Span.of(version, "Deutsch"), role="editor", reason="Probe", by=None)

    db.session.expire_all()
    assert checksum(edition.document) == edition.sha256
    assert queries.catalogue_of(edition).goal("Z-001").wording == "Alle lernen ███████."
    assert queries.catalogue_of(edition).goal("Z-001").digest == version.digest


def test_send_paper_cuts_its_edition_and_freezes_both(working):
    paper = PaperFactory(sent_at=None)
    at = datetime(2017, 11, 20, 9, tzinfo=UTC)

    edition = services.send_paper(paper, **FIRST, by=None, cut_at=at)

    assert (paper.sent_at, edition.cut_at) == (at, at)
    assert [each.paper for each in edition.papers] == [paper]
    with pytest.raises(PaperSent):
        services.send_paper(paper, **SECOND, by=None)
    assert queries.editions_of(paper) == [edition]


def test_send_paper_stays_a_draft_when_the_edition_is_incomplete(working):
    paper = PaperFactory(sent_at=None)
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)

    with pytest.raises(Incomplete):
        services.send_paper(paper, **FIRST, by=None)

    db.session.refresh(paper)
    assert (paper.is_sent, db.session.scalars(select(PaperEdition)).all()) == (False, [])


def test_cut_further_adds_an_edition_to_a_paper_under_way(working):
    paper = PaperFactory(sent_at=None)
    with pytest.raises(PaperNotSent):
        services.cut_further(paper, **FIRST, by=None)
    first = services.send_paper(paper, **FIRST, by=None, cut_at=datetime(2017, 11, 20, tzinfo=UTC))

    second = services.cut_further(paper, **SECOND, by=None, cut_at=datetime(2017, 12, 1, tzinfo=UTC))

    assert queries.editions_of(paper) == [first, second]


def test_record_resolution_moves_the_standing_of_the_last_edition(working):
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    edition = services.send_paper(consultation.paper, **FIRST, by=None)
    assert queries.standings([edition]) == {edition.id: Standing.SUBMITTED}

    adoption = services.record_resolution(
        consultation, outcome=Outcome.RECOMMENDED, effect=Effect.PROVISIONAL, decided=ProcessDate("2017-11-27"), by=None
    )
    assert (adoption.edition, adoption.organization) == (edition, consultation.organization)
    assert queries.standings([edition]) == {edition.id: Standing.PROVISIONAL}
    assert queries.edition_in_force() is None

    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-12"), by=None
    )
    assert queries.standings([edition]) == {edition.id: Standing.ADOPTED}
    assert queries.edition_in_force() == edition


def test_record_resolution_refuses_a_paper_without_edition(working):
    with pytest.raises(PaperWithoutEdition):
        services.record_resolution(
            ConsultationFactory(),
            outcome=Outcome.AGREED,
            effect=Effect.FINAL,
            decided=ProcessDate("2017-12"),
            by=None,
        )

    assert db.session.scalars(select(Resolution)).all() == []


def test_record_resolution_refuses_an_edition_of_another_paper(working):
    consultation = ConsultationFactory(paper=PaperEditionFactory().paper)

    with pytest.raises(AnotherPaper):
        services.record_resolution(
            consultation,
            outcome=Outcome.AGREED,
            effect=Effect.FINAL,
            decided=ProcessDate("2017-12"),
            edition=EditionFactory(),
            by=None,
        )


def test_database_refuses_to_change_an_adoption(working):
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    services.send_paper(consultation.paper, **FIRST, by=None)
    services.record_resolution(
        consultation, outcome=Outcome.REJECTED, effect=Effect.REJECTED, decided=ProcessDate("2017-12"), by=None
    )

    with pytest.raises(IntegrityError, match="append-only"):
        db.session.execute(update(Adoption).values(effect=Effect.FINAL))

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from app.concept.catalogue import Catalogue, canonical, checksum
from app.concept.models import (
    Adoption,
    BudgetLine,
    BudgetState,
    Chapter,
    ChapterContent,
    Concept,
    ConceptKind,
    ConceptPicture,
    ContentTranslation,
    Definition,
    Edition,
    Effect,
    GlossaryTerm,
    Goal,
    GoalKind,
    GoodPractice,
    IdeaUptake,
    Indicator,
    LifeSituation,
    Measure,
    MunicipalIdea,
    PaperEdition,
    PhraseTranslation,
    ProcessStep,
    RoadmapTask,
    Section,
    SectionKind,
    SectionWorkingGroup,
    TargetGroup,
    WorkingEdition,
    WorkingGoal,
    WorkingMeasure,
    WorkingMeasureGoal,
    WorkingSection,
)
from app.process_date import ProcessDate
from app.texts import services as texts
from tests.council.factories import PaperFactory, ResolutionFactory, text
from tests.factories import ModelFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory


class ConceptFactory(ModelFactory):
    class Meta:
        model = Concept

    slug = factory.Sequence(lambda n: f"beispielkonzept-{n}")
    title = factory.Sequence(lambda n: f"Beispielkonzept {n}")
    kind = ConceptKind.OVERALL


class WorkingEditionFactory(ModelFactory):
    class Meta:
        model = WorkingEdition

    id = 1
    concept = factory.SubFactory(ConceptFactory)


class SectionFactory(ModelFactory):
    """A section of the working edition; `placement=None` for one outside it."""

    class Meta:
        model = Section

    slug = factory.Sequence(lambda n: f"beispielfeld-{n}")
    kind = SectionKind.FIELD
    title = factory.Sequence(lambda n: f"Beispielfeld {n}")
    placement = factory.RelatedFactory("tests.concept.factories.WorkingSectionFactory", "section")


class SectionWorkingGroupFactory(ModelFactory):
    class Meta:
        model = SectionWorkingGroup

    section = factory.SubFactory(SectionFactory)
    organization = factory.SubFactory(OrganizationFactory)


class WorkingSectionFactory(ModelFactory):
    class Meta:
        model = WorkingSection

    section = factory.SubFactory(SectionFactory, placement=None)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.SelfAttribute("section.title")


class GoalFactory(ModelFactory):
    """A goal of the working edition; `section` says where, `section=None` outside it."""

    class Meta:
        model = Goal
        exclude = ("wording",)

    wording = factory.Sequence(lambda n: f"Das Beispielziel {n} ist erreicht.")
    code = factory.Sequence(lambda n: f"Z-{n + 1:03}")
    kind = GoalKind.SUB
    text = factory.LazyAttribute(lambda goal: text(goal.wording))

    @factory.post_generation
    def section(self, create, section, **more):
        if section is not None:
            WorkingGoalFactory(goal=self, section=section)


class WorkingGoalFactory(ModelFactory):
    class Meta:
        model = WorkingGoal

    goal = factory.SubFactory(GoalFactory)
    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)


class MeasureFactory(ModelFactory):
    """A measure of the working edition under `goals`; `section=None` outside it."""

    class Meta:
        model = Measure
        exclude = ("wording",)

    wording = factory.Sequence(lambda n: f"Wir tun Beispiel {n}.")
    code = factory.Sequence(lambda n: f"M-{n + 1:03}")
    text = factory.LazyAttribute(lambda measure: text(measure.wording))
    responsible = factory.SubFactory(OrganizationFactory)

    @factory.post_generation
    def section(self, create, section, goals=(), **more):
        if section is not None:
            links = [WorkingMeasureGoal(goal=goal) for goal in goals]
            WorkingMeasureFactory(measure=self, section=section, goals=links)


class WorkingMeasureFactory(ModelFactory):
    class Meta:
        model = WorkingMeasure

    measure = factory.SubFactory(MeasureFactory)
    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)


class LifeSituationFactory(ModelFactory):
    class Meta:
        model = LifeSituation

    slug = factory.Sequence(lambda n: f"lebenslage-{n}")
    title = factory.Sequence(lambda n: f"Lebenslage {n}")


class MunicipalIdeaFactory(ModelFactory):
    class Meta:
        model = MunicipalIdea

    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.LazyFunction(lambda: text("Eine Bank vor dem Rathaus lädt zum Reden ein."))


class GoodPracticeFactory(ModelFactory):
    class Meta:
        model = GoodPractice

    section = factory.SubFactory(SectionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    title = "Reden beim Bügeln"
    text = factory.LazyFunction(lambda: text("Freitags treffen sich Nachbarinnen in der Waschküche."))


class IdeaUptakeFactory(ModelFactory):
    class Meta:
        model = IdeaUptake

    idea = factory.SubFactory(MunicipalIdeaFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class ChapterFactory(ModelFactory):
    class Meta:
        model = Chapter

    number = factory.Sequence(lambda n: n + 1)
    slug = factory.Sequence(lambda n: f"kapitel-{n}")
    title = "Wozu ein Konzept"
    content = ChapterContent.TEXT
    summary = factory.LazyFunction(lambda: text("Das Kapitel erklärt, wozu es gut ist."))


class DefinitionFactory(ModelFactory):
    class Meta:
        model = Definition

    slug = factory.Sequence(lambda n: f"begriff-{n}")
    title = "Begriff"
    text = factory.LazyFunction(lambda: text("Der Begriff bedeutet etwas."))


class EditionFactory(ModelFactory):
    """A frozen edition of the catalogue given."""

    class Meta:
        model = Edition
        exclude = ("catalogue",)

    concept = factory.SubFactory(ConceptFactory)
    catalogue = factory.LazyAttribute(
        lambda edition: Catalogue(
            slug=edition.slug, concept=edition.concept.slug, edition=edition.number, title=edition.title
        )
    )
    slug = factory.Sequence(lambda n: f"beispielfassung-{n}")
    number = factory.Sequence(lambda n: f"1.{n}")
    title = factory.Sequence(lambda n: f"Beispielfassung {n}")
    document = factory.LazyAttribute(lambda edition: canonical(edition.catalogue))
    sha256 = factory.LazyAttribute(lambda edition: checksum(edition.document))
    cut_at = factory.Sequence(lambda n: datetime(2017, 1, 1 + n % 28, 12, n // 28 % 60, tzinfo=UTC))


class PaperEditionFactory(ModelFactory):
    class Meta:
        model = PaperEdition

    paper = factory.SubFactory(PaperFactory)
    edition = factory.SubFactory(EditionFactory)


class AdoptionFactory(ModelFactory):
    class Meta:
        model = Adoption

    edition = factory.SubFactory(EditionFactory)
    resolution = factory.SubFactory(ResolutionFactory)
    organization = factory.SelfAttribute("resolution.consultation.organization")
    decided = ProcessDate("2017-12")
    effect = Effect.FINAL


class ProcessStepFactory(ModelFactory):
    class Meta:
        model = ProcessStep

    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Beispielschritt {n}")
    held = ProcessDate("2016-03")


class RoadmapTaskFactory(ModelFactory):
    class Meta:
        model = RoadmapTask

    concept = factory.SubFactory(ConceptFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Beispielaufgabe {n}")
    kind = "print"


class GlossaryTermFactory(ModelFactory):
    class Meta:
        model = GlossaryTerm

    term = factory.Sequence(lambda n: f"Begriff{n}")
    plain = "Das bedeutet es."
    easy = "Das heißt es."


class IndicatorFactory(ModelFactory):
    class Meta:
        model = Indicator

    slug = factory.Sequence(lambda n: f"zahl-{n}")
    title = "Menschen in Kursen"
    value = Decimal(120)
    unit = "Personen"
    as_of = date(2017, 6, 30)
    source = "Beispielstatistik"


class ConceptPictureFactory(ModelFactory):
    class Meta:
        model = ConceptPicture

    number = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"{n:064x}.jpg")
    width = 640
    height = 480
    title = "Ein Bild"


class ContentTranslationFactory(ModelFactory):
    """`wording` is what the source says in the language."""

    class Meta:
        model = ContentTranslation
        exclude = ("wording",)

    wording = "مثال"
    source = factory.LazyFunction(lambda: text("Ein Beispiel.").current)
    language = "ar"
    version = factory.LazyAttribute(lambda made: texts.write(made.wording, language=made.language))


class PhraseTranslationFactory(ModelFactory):
    class Meta:
        model = PhraseTranslation

    phrase = "Sprache"
    language = "ar"
    wording = "اللغة"


class TargetGroupFactory(ModelFactory):
    class Meta:
        model = TargetGroup

    slug = factory.Sequence(lambda n: f"zielgruppe-{n}")
    title = factory.Sequence(lambda n: f"Zielgruppe {n}")


class BudgetLineFactory(ModelFactory):
    class Meta:
        model = BudgetLine

    measure = factory.SubFactory(MeasureFactory)
    year = 2018
    amount = Decimal(18000)
    state = BudgetState.APPROVED

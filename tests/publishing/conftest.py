from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app import storage
from app.concept import services
from app.concept.models import ChapterContent, GoalKind, MeasureLifeSituation, Priority
from app.concept.services import ChapterText
from app.process_date import ProcessDate
from tests.concept.factories import (
    ConceptPictureFactory,
    DefinitionFactory,
    GlossaryTermFactory,
    GoalFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    LifeSituationFactory,
    MeasureFactory,
    MunicipalIdeaFactory,
    ProcessStepFactory,
    RoadmapTaskFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.council.factories import text
from tests.events.test_pictures import picture
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

BODY = """## Warum

Teilhabe heißt: [[Z-002]] zählt, siehe [[kapitel:zahlen]] und [Kreis](https://example.org/kreis).

- hören
- *handeln*

Tabelle: Vorher und nachher

| Vorher | Nachher |
|---|---|
| Papier | Stand |

![Menschen an einem Tisch](bild:{picture})

[[begriff:integration]]
"""


@pytest.fixture
def working():
    """A working edition with a chapter of each kind."""
    edition = WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, wording=f"Ziel {n} ist da.", code=f"Z-00{n}") for n in (2, 3)]
    measure = MeasureFactory(
        section=section,
        section__goals=goals,
        code="M-001",
        wording="Wir bieten Kurse an.",
        responsible=OrganizationFactory(slug="amt", name="Beispielamt"),
        starts=ProcessDate("2018-03"),
        priority=Priority.FOCUS,
    )
    women = LifeSituationFactory(slug="frauen", title="Frauen")
    measure.life_situations = [MeasureLifeSituation(life_situation=women)]
    town = MunicipalityFactory(ags="08335043", name="Konstanz")
    MunicipalIdeaFactory(section=section)
    GoodPracticeFactory(section=section, municipality=town)
    DefinitionFactory(slug="integration", title="Integration", text=text("Integration braucht beide Seiten."))
    GlossaryTermFactory(term="Teilhabe", plain="Alle können mitmachen.", easy="Jeder kann mitmachen.")
    ProcessStepFactory(number=1, title="Gründung der Steuerungsgruppe", note="Am 29.03.2016.")
    RoadmapTaskFactory(concept=edition.concept, title="Das Konzept wird gedruckt", due=ProcessDate("2018-02..2018-03"))
    for year, value in ((2016, 120), (2017, 150)):
        IndicatorFactory(slug=f"kurse-{year}", value=Decimal(value), as_of=datetime(year, 6, 30, tzinfo=UTC).date())
    IndicatorFactory(slug="einwohner", title="Menschen in Konstanz", value=Decimal(84446), municipality=town)
    return edition


@pytest.fixture
def chapters(working):
    """Of each kind, in the order of the paper of 2017."""
    key = storage.keep(picture(), suffix="jpg")
    shown = ConceptPictureFactory(key=key, title="Der Tisch", width=60, height=40)
    zahlen = services.add_chapter(
        ChapterText(title="Zahlen", summary="Was wir zählen.", content=ChapterContent.FIGURES), slug="zahlen"
    )
    written = services.add_chapter(
        ChapterText(title="Wozu", summary="Wozu es gut ist.", body=BODY.format(picture=shown.number)), position=1
    )
    foreword = services.add_chapter(
        ChapterText(
            title="Vorwort",
            summary="Zum Geleit.",
            content=ChapterContent.FOREWORD,
            body="Liebe Leute,",
            signature="Erika Beispiel\nLandrätin",
        ),
        position=1,
    )
    others = [
        services.add_chapter(ChapterText(title=title, summary=f"Über {title}.", content=content))
        for title, content in (
            ("Der Weg", ChapterContent.PROCESS),
            ("Strukturen", ChapterContent.STRUCTURES),
            ("Verständnis", ChapterContent.DEFINITION),
            ("Felder", ChapterContent.FIELDS),
            ("Und jetzt", ChapterContent.IMPLEMENTATION),
        )
    ]
    return [foreword, written, zahlen, *others]


@pytest.fixture
def frozen(chapters):
    """The edition cut from it."""
    return services.cut_edition(
        slug="2017-konzept-1.0",
        number="1.0",
        title="Beispielkonzept",
        reason="Der Anfang",
        by=None,
        cut_at=datetime(2017, 12, 1, 11, tzinfo=UTC),
        dated=ProcessDate("2017-12"),
    )

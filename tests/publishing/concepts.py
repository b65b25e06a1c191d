"""A concept as large as the real one: 11 sections and Oberziele, 60 Unterziele, 240 measures, 9 chapters."""

from itertools import cycle

from app.concept.blocks import BlockKind
from app.concept.catalogue import (
    Catalogue,
    CatalogueBudgetLine,
    CatalogueChapter,
    CatalogueDefinition,
    CatalogueIdea,
    CataloguePractice,
    CatalogueTarget,
    CatalogueTargetGroup,
    Worded,
    numbered,
    version_ids,
)
from app.concept.icons import SectionIcon
from app.concept.models import (
    BudgetState,
    ChapterContent,
    ContentTranslation,
    Duration,
    GoalKind,
    PhraseTranslation,
    Priority,
    SectionKind,
)
from app.concept.surroundings import HeldIndicator, HeldStep, HeldStructure, HeldTask, HeldTerm, Surroundings
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from app.texts.models import TextVersion
from tests.concept.catalogues import goal, measure, section, worded

FIELDS = ("Sprache", "Arbeit", "Bildung", "Wohnen", "Gesundheit", "Kultur und Freizeit")
THEMES = ("Beteiligung", "Ehrenamt", "Kommunen", "Interkulturelle Öffnung", "Antidiskriminierung")
CHAPTERS = (
    ("Vorwort des Landrats", ChapterContent.FOREWORD),
    ("Wozu ein Integrationskonzept", ChapterContent.TEXT),
    ("Beteiligungsprozess zur Erstellung des Integrationskonzepts", ChapterContent.PROCESS),
    ("Zahlen, Daten, Fakten", ChapterContent.FIGURES),
    ("Strukturen und Netzwerke im Bereich Integration", ChapterContent.STRUCTURES),
    ("Unser Integrationsverständnis", ChapterContent.DEFINITION),
    ("Zentrale Handlungsfelder im Bereich Integration", ChapterContent.FIELDS),
    ("Querschnittsthemen im Bereich Integration", ChapterContent.CROSS_CUTTING),
    ("Und jetzt? – Umsetzung des Integrationskonzepts", ChapterContent.IMPLEMENTATION),
)
AIMS = cycle(
    (
        "Wer neu in den Landkreis kommt, findet innerhalb von vier Wochen einen passenden Kurs in erreichbarer Nähe.",
        "Eltern kennen die Wege durch Kindergarten, Schule und Ausbildung und begleiten ihre Kinder auf ihnen.",
        "Betriebe wissen, an wen sie sich wenden, wenn sie Menschen mit ausländischen Abschlüssen einstellen wollen.",
        "Vereine öffnen ihre Angebote und gewinnen Mitglieder aus allen Teilen der Bevölkerung.",
    )
)
DEEDS = cycle(
    (
        "Wir bieten in jeder Gemeinde mit mehr als 5000 Einwohnern einen Kurs am Abend mit Kinderbetreuung an.",
        "Das Landratsamt bildet dreißig Sprachmittlerinnen und Sprachmittler aus und vermittelt sie kostenlos.",
        "Ein Wegweiser erscheint in zehn Sprachen, gedruckt und im Netz, und wird jedes Jahr erneuert.",
        "Ein Runder Tisch trifft sich zweimal im Jahr und legt dem Sozialausschuss einen Bericht vor.",
    )
)
BODY = """## Warum wir das tun

Integration gelingt vor Ort. Das [[Z-002]] und die [[M-003]] zeigen, wie {name} zusammenhängen; mehr dazu
steht in [[kapitel:kapitel-4]]. **Teilhabe** heißt für uns, dass alle mitmachen können. Das Ehrenamt trägt vieles davon.

- Wir fragen, bevor wir entscheiden.
- Wir sagen, was daraus geworden ist.

### Was sich ändert

Tabelle: Was sich ändert, {name}

| Bisher | Künftig |
|---|---|
| Jeder plant für sich | Alle kennen die Ziele |
| Berichte auf Papier | Jede Maßnahme mit Stand |

1. Erst hören wir zu.
2. Dann handeln wir.

> Nichts über uns ohne uns.

[[begriff:integration]]
"""
TERMS = ("Teilhabe", "Ehrenamt", "Maßnahme", "Sprachmittlung", "Handlungsfeld", "Unterziel")
ARABIC = "يجد كل من يصل حديثًا إلى المنطقة دورة مناسبة بالقرب منه خلال أربعة أسابيع (رقم {number})."
ARABIC_BODY = """## لماذا نفعل ذلك

ينجح الاندماج محليًا. يوضح [[Z-002]] كيف يترابط كل شيء.

- نسأل قبل أن نقرر.
- نقول ما آل إليه الأمر.

| سابقًا | مستقبلًا |
|---|---|
| كلٌّ يخطط وحده | الجميع يعرفون الأهداف |
"""


def large_concept() -> Catalogue:
    numbers = iter(range(1, 1000))
    sections = [
        _section(name, kind, 6 if place < 5 else 5, numbers)
        for place, (name, kind) in enumerate(
            [(name, SectionKind.FIELD) for name in FIELDS] + [(name, SectionKind.CROSS_CUTTING) for name in THEMES]
        )
    ]
    return Catalogue(
        slug="2017-integrationskonzept-1.0",
        concept="integrationskonzept",
        edition="1.0",
        title="Integrationskonzept für den Landkreis Konstanz",
        dated=ProcessDate("2017-12"),
        sections=numbered(sections),
        chapters=tuple(_chapter(number, *each) for number, each in enumerate(CHAPTERS, 1)),
        definitions=(
            CatalogueDefinition(
                slug="integration",
                title="Integration",
                source="Vorlage 2017",
                **worded("Integration ist ein langfristiger, gesamtgesellschaftlicher Prozess.", 9001),
            ),
        ),
        surroundings=_surroundings(),
    )


def arabic(catalogue: Catalogue) -> tuple[dict[int, ContentTranslation], dict[str, PhraseTranslation]]:
    """A translation of every wording but each fifth, of the titles of chapters and sections, and of one word."""
    bodies = {chapter.body.version_id for chapter in catalogue.chapters if chapter.body}
    texts = {
        number: ContentTranslation(
            version=TextVersion(content=ARABIC_BODY if number in bodies else ARABIC.format(number=number))
        )
        for number in version_ids(catalogue)
        if number % 5
    }
    titles = [each.title for each in (*catalogue.chapters, *catalogue.sections)]
    phrases = {title: PhraseTranslation(wording=f"عنوان {number}") for number, title in enumerate(titles)}
    return texts, phrases | {"Teilhabe": PhraseTranslation(wording="التشارك")}


def _section(name, kind, subs, numbers):
    """Four measures for each Unterziel."""
    slug = name.lower().replace(" ", "-").replace("ö", "oe")
    goals = [_goal(next(numbers), GoalKind.OVERALL)] + [_goal(next(numbers)) for _ in range(subs if subs == 6 else 5)]
    measures = [
        _measure(int(each.code[2:]) * 4 + step, each.code, step)
        for each in goals
        if each.kind is GoalKind.SUB
        for step in range(4)
    ]
    ideas = [
        CatalogueIdea(**worded(f"Ein Stammtisch lädt ein: {name} {n}.", 7000 + ord(name[0]) * 9 + n)) for n in (1, 2)
    ]
    practice = CataloguePractice(
        title="Reden beim Bügeln",
        municipality="08335043",
        municipality_name="Konstanz",
        since=ProcessDate("2016-05"),
        **worded(f"Freitags treffen sich Nachbarinnen, Thema {name}.", 8000 + len(name) * 7 + ord(name[1])),
    )
    is_field = kind is SectionKind.FIELD
    more = {"ideas": tuple(ideas), "good_practice": (practice,)} if is_field else {}
    return section(slug, *goals, measures=measures, kind=kind, icon=SectionIcon.HOUSE, **more)


def _goal(number, kind=GoalKind.SUB):
    each = goal(f"Z-{number:03}", next(AIMS), kind)
    return type(each)(**{**vars(each), "version_id": number})


def _measure(number, code, step):
    each = measure(
        f"M-{number - 7:03}",
        code,
        wording=next(DEEDS),
        responsible_name="Amt für Migration und Integration",
        duration=(Duration.PROJECT, Duration.PERMANENT)[step % 2],
        priority=(Priority.FOCUS, Priority.NORMAL, Priority.QUICK_WIN, Priority.NORMAL)[step],
        starts=ProcessDate("2018-03"),
        ends=ProcessDate("2019-12") if step == 2 else ProcessDate(),
        target_groups=(CatalogueTargetGroup(slug="frauen", title="Frauen"),) if step == 0 else (),
        target=CatalogueTarget(
            indicator="kurse-2017",
            title="Menschen in Kursen",
            unit="Personen",
            start="148",
            goal="200",
            by=ProcessDate("2019"),
        )
        if step == 1
        else None,
        budget=(
            CatalogueBudgetLine(year=2018, amount="18000.00", state=BudgetState.APPROVED),
            CatalogueBudgetLine(year=2019, state=BudgetState.NOT_QUANTIFIABLE),
        )
        if step == 2
        else (),
    )
    return type(each)(**{**vars(each), "version_id": 1000 + number})


def _chapter(number, title, content):
    is_foreword = content is ChapterContent.FOREWORD
    greeting = "Liebe Leserinnen und Leser,\n\n" if is_foreword else ""
    body = greeting + BODY.format(name=f"Kapitel {number}")
    return CatalogueChapter(
        chapter=number,
        title=title,
        content=content,
        slug=f"kapitel-{number}",
        body=Worded(**worded(body, 5000 + number)),
        signature=Worded(**worded("Erika Beispiel\nLandrätin", 5501)) if is_foreword else None,
        **worded(f"Dieses Kapitel sagt, worum es bei „{title}“ geht.", 6000 + number),
    )


def _surroundings():
    return Surroundings(
        structures_of=ProcessDate("2017-12-01"),
        steps=tuple(
            HeldStep(
                number=n, title=f"Schritt {n} auf dem Weg", held=ProcessDate("2016-05/2017-07"), organization="Amt"
            )
            for n in range(1, 11)
        ),
        structures=tuple(
            HeldStructure(
                slug=f"kreis-{n}",
                name=f"Arbeitskreis {n}",
                kind=OrganizationKind.WORKING_GROUP,
                founded=ProcessDate("2016"),
            )
            for n in range(1, 9)
        ),
        indicators=(
            HeldIndicator(
                slug="allein",
                title="Menschen im Landkreis",
                value="291841",
                unit="Personen",
                as_of=ProcessDate("2024-12-31"),
                source="Statistik",
            ),
            *(
                HeldIndicator(
                    slug=f"kurse-{year}",
                    title="Menschen in Kursen",
                    value=str(120 + year % 100 * 11),
                    unit="Personen",
                    as_of=ProcessDate(f"{year}-06-30"),
                    source="Beispielstatistik",
                )
                for year in range(2013, 2018)
            ),
        ),
        tasks=(
            HeldTask(title="Das Konzept wird gedruckt", due=ProcessDate("2018-02..2018-03")),
            HeldTask(title="Alle sechs Monate berichtet das Amt", responsible="Amt"),
        ),
        terms=tuple(
            HeldTerm(term=term, plain=f"{term}, einfach gesagt.", easy=f"{term}: Das ist so.") for term in TERMS
        ),
    )


def kinds_of(blocks) -> set[BlockKind]:
    return {block.kind for block in blocks}

"""Files of other installations: any catalogue with what an empty database needs to hold it."""

import json
from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256

from app.concept.catalogue import (
    METHOD,
    WORKING,
    Catalogue,
    CatalogueBudgetLine,
    CatalogueChapter,
    CatalogueDefinition,
    CatalogueIdea,
    CataloguePractice,
    CatalogueTarget,
    CatalogueTargetGroup,
    PlannedSection,
    Worded,
    canonical,
    numbered,
    texts_of,
)
from app.concept.exchange import write
from app.concept.held import (
    HeldAgreement,
    HeldChoice,
    HeldConcept,
    HeldDescent,
    HeldFile,
    HeldLeadership,
    HeldMunicipality,
    HeldOrganization,
    HeldText,
    Surrounding,
)
from app.concept.icons import SectionIcon
from app.concept.models import (
    BudgetState,
    ChangeKind,
    ChapterContent,
    ConceptKind,
    Duration,
    GoalKind,
    Priority,
    SectionKind,
)
from app.concept.surroundings import (
    HeldIndicator,
    HeldPicture,
    HeldStep,
    HeldStructure,
    HeldTask,
    HeldTerm,
    Surroundings,
)
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from app.texts.models import digest_of
from tests.concept.catalogues import goal, measure, section, worded
from tests.events.test_pictures import picture

PICTURE = picture()
KEY = f"{sha256(PICTURE).hexdigest()}.jpg"


def filled() -> Catalogue:
    """A working edition with a value in every field that it can hold."""
    fields_ = section(
        "sprache",
        goal("Z-010", "Alle lernen Deutsch.", GoalKind.OVERALL, is_example=True),
        goal("Z-002", "Wer neu ist, findet einen Kurs."),
        goal("Z-003", "Eltern lernen mit.", follows=("Z-001",)),
        measures=[
            measure(
                "M-007",
                "Z-003",
                "Z-002",
                wording="Wir bieten Kurse am Abend an.",
                duration=Duration.PERMANENT,
                priority=Priority.FOCUS,
                partners=("verein", "bund"),
                life_situations=("frauen", "kinder"),
                starts=ProcessDate("2018-03"),
                ends=ProcessDate("2019"),
                follows=("M-005",),
                target_groups=(
                    CatalogueTargetGroup(slug="neue", title="Neu Zugewanderte"),
                    CatalogueTargetGroup(slug="alle", title="Alle"),
                ),
                target=CatalogueTarget(
                    indicator="menschen",
                    title="Menschen",
                    unit="Personen",
                    start="84446.5",
                    goal="90000",
                    by=ProcessDate("2020"),
                ),
                budget=(
                    CatalogueBudgetLine(year=2018, amount="1200.50", state=BudgetState.REQUESTED, cost_type="Honorare"),
                    CatalogueBudgetLine(year=2019, state=BudgetState.NOT_QUANTIFIABLE),
                ),
                is_example=True,
            ),
            measure("M-001", "Z-002", wording="Wir zahlen die Fahrt."),
        ],
        set_on=ProcessDate("2016-05-12"),
        icon=SectionIcon.SPEECH,
        ideas=(CatalogueIdea(**worded("Eine Bank vor dem Rathaus."), is_example=True),),
        good_practice=(
            CataloguePractice(
                title="Reden beim Bügeln",
                municipality="08335043",
                municipality_name="Konstanz",
                organization_name="Waschküche e. V.",
                since=ProcessDate("2016-05"),
                picture=4,
                picture_alt="Drei Nachbarinnen am Bügelbrett",
                is_example=True,
                **worded("Freitags treffen sich Nachbarinnen."),
            ),
        ),
    )
    theme = section(
        "ehrenamt",
        goal("Z-004", "Wer hilft, wird gesehen.", GoalKind.OVERALL),
        measures=[measure("M-002", "Z-002", wording="Wir danken laut.")],
        kind=SectionKind.CROSS_CUTTING,
    )
    return Catalogue(
        concept="konzept-2018",
        comparison=METHOD,
        title="Fortschreibung",
        sections=numbered([fields_, theme]),
        planned=(
            PlannedSection(
                slug="gesundheit",
                kind=SectionKind.FIELD,
                title="Gesundheit",
                focus="Wege zur Ärztin",
                planned_for=ProcessDate("2019"),
            ),
        ),
        chapters=(
            CatalogueChapter(
                chapter=1,
                title="Vorwort",
                content=ChapterContent.FOREWORD,
                slug="vorwort",
                body=Worded(**worded("Liebe Leute, ![Ein Tisch](bild:4)"), is_example=True),
                signature=Worded(**worded("Erika Beispiel\nLandrätin"), is_example=True),
                is_example=True,
                **worded("Zum Geleit."),
            ),
            CatalogueChapter(
                chapter=2,
                title="Strukturen",
                content=ChapterContent.STRUCTURES,
                slug="strukturen",
                as_of=ProcessDate("2018-06-30"),
                **worded("Wer wofür da ist."),
            ),
        ),
        definitions=(
            CatalogueDefinition(
                slug="integration", title="Integration", source="Vorlage 2017", **worded("Alle gehören dazu.")
            ),
        ),
        surroundings=Surroundings(
            structures_of=ProcessDate("2018-06-30"),
            steps=(
                HeldStep(
                    number=3,
                    title="Dialog",
                    held=ProcessDate("2016-05/2017-07"),
                    organization="Amt",
                    organization_slug="amt",
                    note="Mit 100 Menschen.",
                ),
            ),
            structures=(
                HeldStructure(slug="amt", name="Amt", kind=OrganizationKind.OFFICE, founded=ProcessDate("2016")),
                HeldStructure(slug="kreis", name="Kreis", kind=OrganizationKind.WORKING_GROUP, leads=("Amt", "Verein")),
            ),
            indicators=(
                HeldIndicator(
                    slug="menschen",
                    title="Menschen",
                    value="84446.5",
                    unit="Personen",
                    as_of=ProcessDate("2017-06-30"),
                    source="Amt für Statistik",
                    municipality="Konstanz",
                    municipality_ags="08335043",
                ),
            ),
            tasks=(
                HeldTask(
                    title="Drucken",
                    due=ProcessDate("2018-02..2018-03"),
                    responsible="Amt",
                    responsible_slug="amt",
                    kind="print",
                    source="Vorlage 2017",
                ),
            ),
            terms=(HeldTerm(term="Teilhabe", plain="Alle machen mit.", easy="Jeder macht mit."),),
            pictures=(HeldPicture(number=4, key=KEY, title="Der Tisch", width=60, height=40, source="Kreisarchiv"),),
        ),
    )


def organization(slug, name, kind=OrganizationKind.PARTNER, founded="", led_by=()):
    return HeldOrganization(
        slug=slug,
        name=name,
        short_name="",
        kind=kind,
        founded=ProcessDate(founded),
        dissolved=ProcessDate(),
        is_planned=False,
        is_example=True,
        led_by=tuple(HeldLeadership(lead=lead, valid=ProcessDate(valid)) for lead, valid in led_by),
    )


def choice(slug, title, valid="", merged_into="", source=""):
    return HeldChoice(slug=slug, title=title, valid=ProcessDate(valid), merged_into=merged_into, source=source)


def surrounding(catalogue, texts, **more):
    """What the filled catalogue names."""
    town = HeldMunicipality(
        ags="08335043",
        name="Konstanz",
        status="Stadt",
        post_code="78462",
        population=84446,
        population_on=ProcessDate("2022-12-31"),
        association="",
        latitude=47.66,
        longitude=9.17,
    )
    given = {
        "cut_at": "" if catalogue.slug == WORKING else "2018-07-01T10:00:00.000123+00:00",
        "concepts": (
            HeldConcept(slug="rahmen", title="Rahmen", kind=ConceptKind.FRAMEWORK, is_example=True),
            HeldConcept(
                slug=catalogue.concept,
                title=catalogue.title,
                kind=ConceptKind.CONTINUATION,
                predecessor="rahmen",
                reason="Es ging weiter.",
            ),
        ),
        "organizations": (
            organization("amt", "Amt", OrganizationKind.OFFICE, "2016"),
            organization("bund", "Bund"),
            organization("kreis", "Kreis", OrganizationKind.WORKING_GROUP, led_by=[("amt", ""), ("verein", "2016/..")]),
            organization("verein", "Verein"),
        ),
        "municipalities": (town,),
        "life_situations": (choice("kinder", "Kinder", source="2016"), choice("frauen", "Frauen", "2016/..")),
        "target_groups": (
            choice("neue", "Neu Zugewanderte", "2016/2018", merged_into="alle", source="2016"),
            choice("alle", "Alle"),
        ),
        "descents": (
            HeldDescent(code="M-007", follows="M-005", kind=ChangeKind.MERGED),
            HeldDescent(code="Z-003", follows="Z-001", kind=ChangeKind.SPLIT),
        ),
        "agreements": (HeldAgreement(measure="M-007", partners=("verein", "bund")),),
        "pictures": (HeldFile(key=KEY, content=b64encode(PICTURE).decode()),),
        "texts": texts,
    }
    return Surrounding(**{**given, **more})


def file_of(catalogue=None, **more) -> bytes:
    """As another installation writes it."""
    catalogue = salted(catalogue or filled())
    held = sorted((_text(each) for each in texts_of(catalogue)), key=lambda text: text.digest)
    return write(canonical(catalogue), surrounding(catalogue, tuple(held), **more))


def changed(content: bytes, change) -> bytes:
    """The same file after `change` was done to its content."""
    given = json.loads(content)
    change(given)
    return json.dumps(given).encode()


def salted(value):
    """The same with digests as an installation makes them: each wording has its own, also where words are the same."""
    counter = iter(range(10**6))

    def walk(each):
        if isinstance(each, tuple):
            return tuple(walk(one) for one in each)
        if not is_dataclass(each) or isinstance(each, ProcessDate):
            return each
        given = {field.name: walk(getattr(each, field.name)) for field in fields(each)}
        if isinstance(each, Worded):
            salt = next(counter).to_bytes(16)
            given |= {"digest": digest_of(salt, each.wording), "version_id": 0}
            SALTS[given["digest"]] = salt.hex()
        return replace(each, **given)

    return walk(value)


SALTS: dict[str, str] = {}


def _text(each: Worded) -> HeldText:
    return HeldText(
        digest=each.digest,
        origin=each.digest,
        number=1,
        language="de",
        wording=each.wording,
        salt=SALTS[each.digest],
    )

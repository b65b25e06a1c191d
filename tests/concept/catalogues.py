"""Catalogues for tests without a database."""

import string
from hashlib import sha256

from hypothesis import strategies as st

from app.concept.catalogue import (
    Catalogue,
    CatalogueBudgetLine,
    CatalogueChapter,
    CatalogueDefinition,
    CatalogueGoal,
    CatalogueIdea,
    CatalogueMeasure,
    CataloguePractice,
    CatalogueSection,
    CatalogueTarget,
    CatalogueTargetGroup,
    PlannedSection,
    numbered,
)
from app.concept.icons import SectionIcon
from app.concept.models import BudgetState, ChapterContent, Duration, GoalKind, Priority, SectionKind
from app.process_date import ProcessDate

WORDS = st.lists(
    st.sampled_from(["Deutsch", "lernen", "alle", "Menschen", "in", "Kursen,", "früh", "„gut“", "und", "25", "سلام"]),
    min_size=1,
    max_size=8,
).map(" ".join)
SLUGS = st.text(string.ascii_lowercase, min_size=1, max_size=6)
DATES = st.sampled_from(["", "2017", "2018-03", "2016-05/2017-07", "2017-04/..", "2018-02..2018-03"]).map(ProcessDate)

AMOUNTS = st.sampled_from(["", "0.00", "1480.50", "1000000.00"])
TARGETS = st.builds(CatalogueTarget, indicator=SLUGS, title=WORDS, unit=WORDS, start=AMOUNTS, goal=AMOUNTS, by=DATES)
BUDGET_LINES = st.builds(
    CatalogueBudgetLine,
    year=st.integers(2016, 2030),
    amount=AMOUNTS,
    state=st.sampled_from(BudgetState),
    cost_type=st.just("") | WORDS,
)


def worded(wording, version_id=None):
    digest = sha256(wording.encode()).hexdigest()
    return {"wording": wording, "digest": digest, "version_id": version_id or int(digest[:8], 16)}


def goal(code, wording="Alle lernen Deutsch.", kind=GoalKind.SUB, **more):
    return CatalogueGoal(code=code, kind=kind, **worded(wording), **more)


def measure(code, *goals, wording="Wir bieten Kurse an.", **more):
    given = {
        "duration": Duration.PROJECT,
        "priority": Priority.NORMAL,
        "responsible": "amt",
        "responsible_name": "Amt",
        **more,
    }
    return CatalogueMeasure(code=code, goals=goals, **worded(wording), **given)


def section(slug="sprache", *goals, measures=(), kind=SectionKind.FIELD, **more):
    return CatalogueSection(
        slug=slug, kind=kind, title=slug.title(), goals=tuple(goals), measures=tuple(measures), **more
    )


def catalogue(*sections, **more):
    return Catalogue(**{"concept": "konzept", "title": "Konzept", "sections": numbered(sections), **more})


def complete(slug="sprache"):
    """A section with all that an edition asks for."""
    number = sum(map(ord, slug))
    codes = [f"Z-{number + n}" for n in range(3)]
    return section(
        slug,
        goal(codes[0], kind=GoalKind.OVERALL),
        goal(codes[1]),
        goal(codes[2]),
        measures=[measure(f"M-{number}", codes[1], codes[2])],
    )


def _codes(letter):
    return st.lists(st.integers(1, 30), unique=True, max_size=6).map(lambda ns: [f"{letter}-{n:03}" for n in ns])


@st.composite
def goals(draw, code):
    return CatalogueGoal(
        code=code,
        kind=draw(st.sampled_from(GoalKind)),
        is_example=draw(st.booleans()),
        **worded(draw(WORDS)),
    )


@st.composite
def measures(draw, code, goal_codes):
    return CatalogueMeasure(
        code=code,
        goals=tuple(draw(st.lists(st.sampled_from(goal_codes), unique=True))) if goal_codes else (),
        duration=draw(st.sampled_from(Duration)),
        priority=draw(st.sampled_from(Priority)),
        responsible=draw(SLUGS),
        responsible_name=draw(WORDS),
        partners=tuple(draw(st.lists(SLUGS, unique=True, max_size=3))),
        life_situations=tuple(draw(st.lists(SLUGS, unique=True, max_size=2))),
        starts=draw(DATES),
        ends=draw(DATES),
        target_groups=tuple(draw(st.lists(st.builds(CatalogueTargetGroup, slug=SLUGS, title=WORDS), max_size=2))),
        target=draw(st.none() | TARGETS),
        budget=tuple(draw(st.lists(BUDGET_LINES, max_size=2))),
        is_example=draw(st.booleans()),
        **worded(draw(WORDS)),
    )


@st.composite
def catalogues(draw):
    slugs = draw(st.lists(st.sampled_from(["sprache", "arbeit", "wohnen", "ehrenamt"]), unique=True))
    goal_codes, measure_codes = draw(_codes("Z")), draw(_codes("M"))
    homes = {slug: ([], []) for slug in slugs}
    for code in goal_codes if slugs else ():
        homes[draw(st.sampled_from(slugs))][0].append(draw(goals(code)))
    for code in measure_codes if slugs else ():
        homes[draw(st.sampled_from(slugs))][1].append(draw(measures(code, goal_codes)))
    sections = [
        CatalogueSection(
            slug=slug,
            kind=SectionKind.CROSS_CUTTING if slug == "ehrenamt" else SectionKind.FIELD,
            title=draw(WORDS),
            icon=draw(st.sampled_from(SectionIcon)),
            goals=tuple(homes[slug][0]),
            measures=tuple(homes[slug][1]),
            ideas=tuple(CatalogueIdea(**worded(text)) for text in draw(st.lists(WORDS, max_size=2))),
            good_practice=tuple(
                CataloguePractice(
                    title="Praxis",
                    municipality="08335043",
                    municipality_name="Konstanz",
                    picture=draw(st.integers(0, 9)),
                    picture_alt=draw(WORDS),
                    **worded(text),
                )
                for text in draw(st.lists(WORDS, max_size=1))
            ),
        )
        for slug in slugs
    ]
    return Catalogue(
        slug=draw(SLUGS),
        concept=draw(SLUGS),
        edition=draw(st.sampled_from(["", "1.0", "1.1"])),
        title=draw(WORDS),
        reason=draw(st.just("") | WORDS),
        dated=draw(DATES),
        is_example=draw(st.booleans()),
        sections=numbered(sections),
        planned=tuple(
            PlannedSection(slug=slug, kind=SectionKind.FIELD, title=slug, focus="", planned_for=draw(DATES))
            for slug in draw(st.lists(SLUGS, max_size=1))
        ),
        chapters=tuple(
            CatalogueChapter(chapter=n, title="Kapitel", content=ChapterContent.TEXT, **worded(text))
            for n, text in enumerate(draw(st.lists(WORDS, max_size=2)), 1)
        ),
        definitions=tuple(
            CatalogueDefinition(slug="integration", title="Integration", **worded(text))
            for text in draw(st.lists(WORDS, max_size=1))
        ),
    )

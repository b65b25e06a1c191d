"""What the report of what is missing has to know besides the catalogue."""

from datetime import date

from app.concept import partnership, queries, releases, translated, vocabularies
from app.concept.catalogue import Catalogue, version_ids
from app.concept.completeness import Around
from app.concept.models import LifeSituation
from app.structures.models import OrganizationState
from app.web.language import PREFIXES


def around(catalogue: Catalogue, *, on: date, unanswered: int) -> Around:
    """As of that day, with so many suggestions that nobody answered; a fixed number of queries."""
    versions = version_ids(catalogue)
    counted = translated.languages(versions)
    responsible = queries.named_organizations({measure.responsible for measure in catalogue.measures})
    return Around(
        life_situations={each.slug: each.title for each in vocabularies.choosable(LifeSituation, on=on)},
        working_groups=frozenset(
            slug
            for slug, groups in queries.working_groups().items()
            if any(queries.is_at_work(each, on) for each in groups)
        ),
        unreleased=tuple(releases.names()),
        unanswered=unanswered,
        ended=frozenset(slug for slug, each in responsible.items() if each.state_on(on) is OrganizationState.DISSOLVED),
        partners=partnership.partners(),
        texts=len(versions),
        translated={language: counted.get(language, 0) for language in PREFIXES},
    )

import pytest

from app.accounts.models import Role
from app.concept import services
from app.concept.facts import MeasureFacts
from tests.concept.factories import (
    BudgetLineFactory,
    LifeSituationFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    TargetGroupFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

ADDRESSES = (
    "/konzept/vergleich?von=konzept-1.0&bis=arbeitsfassung",
    "/verwaltung/konzept/haushalt",
    "/verwaltung/konzept/haushalt.xlsx",
    "/verwaltung/konzept/begriffe",
    "/verwaltung/konzept/ziele/fruehere",
    "/verwaltung/konzept/massnahmen/fruehere",
    "/verwaltung/konzept/ziele/zusammenfuehrung",
    "/verwaltung/konzept/freigabe",
    "/verwaltung/konzept?suche=Deutsch",
    "/konzept/konzept-1.0/ausgaben",
)


def add(section, author):
    """One more of everything these pages list."""
    goal, gone = (services.add_goal(section=section, wording=words, reason="", by=None) for words in ("Eins", "Zwei"))
    given = {"section": section, "goals": [goal], "wording": "Wir tun etwas.", "reason": "", "by": None}
    facts = MeasureFacts(responsible=OrganizationFactory())
    measures = [services.add_measure(facts, **given) for _ in range(3)]
    for each in measures:
        BudgetLineFactory(measure=each)
    services.reword_goal(goal, wording=f"Alle lernen Deutsch, {goal.code}.", reason="Dialog", by=author)
    services.drop_goal(gone, reason="Erreicht", by=author)
    services.drop_measure(measures[0], reason="Getan", by=author)
    services.split_measure(
        measures[1], parts=[services.Part(wording=f"Wir tun das {n}.") for n in (1, 2)], reason="Zu viel", by=author
    )
    MunicipalIdeaFactory(section=section)
    TargetGroupFactory(merged_into=TargetGroupFactory())
    LifeSituationFactory()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_database_no_more_for_more_rows(client, count_queries, address):
    WorkingEditionFactory()
    section, author = SectionFactory(slug="sprache", title="Sprache"), AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    add(section, author)
    services.cut_edition(
        slug="konzept-1.0", number="1.0", title="Konzept", reason="Neu", allow_incomplete=True, by=author
    )
    counts = []
    for _times in range(2):
        add(section, author)
        assert client.get(address).status_code == 200
        with count_queries() as statements:
            client.get(address)
        counts.append(len(statements))
        add(section, author)

    assert counts[0] == counts[1]

import pytest

from app.structures import queries
from app.structures.models import OrganizationKind
from tests.structures.factories import (
    LeadershipFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganizationFactory,
    SuccessionFactory,
)


@pytest.mark.parametrize("number", [1, 3])
def test_organizations_takes_the_same_number_of_queries_for_any_number(count_queries, number):
    for _ in range(number):
        body = LeadershipFactory().organization
        SuccessionFactory(predecessor=body, successor=LeadershipFactory().organization)

    with count_queries() as statements:
        for body in queries.organizations([OrganizationKind.WORKING_GROUP]):
            assert body.leaderships[0].lead.name
            assert [each.successor.name for each in body.successions] or body.preceded_by[0].predecessor.name

    assert len(statements) == 4


def test_organizations_come_by_kind_then_name():
    partner = OrganizationFactory(kind=OrganizationKind.PARTNER, name="A")
    second = OrganizationFactory(kind=OrganizationKind.COUNCIL, name="b")
    first = OrganizationFactory(kind=OrganizationKind.COUNCIL, name="A")

    assert queries.organizations() == [first, second, partner]
    assert queries.bodies() == [first, second]
    assert queries.civil_society() == [partner]


def test_mandates_of_leaves_out_what_is_revoked_and_closed_accounts():
    held = MandateFactory()
    MandateFactory(organization=held.organization, revoked_at=held.granted_at)
    MandateFactory(organization=held.organization, account__closed_at=held.granted_at)
    MandateFactory()

    assert queries.mandates_of(held.organization) == [held]


def test_municipalities_come_by_name():
    second, first = MunicipalityFactory(name="Beispielstadt"), MunicipalityFactory(name="Beispieldorf")

    assert queries.municipalities() == [first, second]

from datetime import date

import factory

from app.process_date import ProcessDate
from app.structures.models import (
    Leadership,
    Mandate,
    MandateInvitation,
    Municipality,
    Organization,
    OrganizationKind,
    Seat,
    Succession,
)
from tests.factories import AccountFactory, ModelFactory


class MunicipalityFactory(ModelFactory):
    class Meta:
        model = Municipality

    ags = factory.Sequence(lambda n: f"09{n:06d}")
    name = factory.Sequence(lambda n: f"Beispielort {n}")
    status = "Gemeinde"
    post_code = "00000"
    population = 1000
    population_on = date(2024, 12, 31)
    latitude = 47.7
    longitude = 8.8


class OrganizationFactory(ModelFactory):
    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"beispielkreis-{n}")
    name = factory.Sequence(lambda n: f"Beispielkreis {n}")
    kind = OrganizationKind.WORKING_GROUP
    founded = ProcessDate("2016")


class SuccessionFactory(ModelFactory):
    class Meta:
        model = Succession

    predecessor = factory.SubFactory(OrganizationFactory)
    successor = factory.SubFactory(OrganizationFactory)


class LeadershipFactory(ModelFactory):
    class Meta:
        model = Leadership

    organization = factory.SubFactory(OrganizationFactory)
    lead = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.OFFICE)


class SeatFactory(ModelFactory):
    class Meta:
        model = Seat

    organization = factory.SubFactory(OrganizationFactory)
    category = "Beispielvereine"


class MandateFactory(ModelFactory):
    class Meta:
        model = Mandate

    account = factory.SubFactory(AccountFactory)
    organization = factory.SubFactory(OrganizationFactory)


class MandateInvitationFactory(ModelFactory):
    class Meta:
        model = MandateInvitation

    organization = factory.SubFactory(OrganizationFactory)
    invited_by = factory.SubFactory(AccountFactory)
    email = factory.Sequence(lambda n: f"eingeladen{n}@example.org")
    language = "de"

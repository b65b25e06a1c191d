import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db
from app.errors import InvalidTransition, ReasonMissing
from app.process_date import ProcessDate
from app.structures import services
from app.structures.errors import (
    AlreadyDissolved,
    EndsBeforeFounding,
    EndUnknown,
    LeadUnfit,
    MandateHeld,
    NotPlanned,
    ParentUnfit,
    SlugTaken,
    SuccessorUnfit,
)
from app.structures.models import Organization, OrganizationKind
from tests.factories import AccountFactory
from tests.structures.factories import LeadershipFactory, MandateFactory, OrganizationFactory


def test_create_organization_makes_its_address_from_the_name():
    services.create_organization(name="Arbeitskreis Große Städte", kind=OrganizationKind.WORKING_GROUP)
    second = services.create_organization(name="Arbeitskreis Große Städte", kind=OrganizationKind.WORKING_GROUP)

    assert [each.slug for each in db.session.scalars(select(Organization).order_by(Organization.id))] == [
        "arbeitskreis-grosse-staedte",
        "arbeitskreis-grosse-staedte-2",
    ]
    [*_, entry] = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert (entry.action, entry.subject_id) == ("structures.create", second.id)


def test_create_organization_refuses_a_slug_that_is_taken():
    OrganizationFactory(slug="kreistag")

    with pytest.raises(SlugTaken):
        services.create_organization(slug="kreistag", name="Kreistag", kind=OrganizationKind.COUNCIL)


def test_edit_organization_renames_it_and_keeps_its_address():
    organization = OrganizationFactory(slug="arbeitskreis-sprache", name="Arbeitskreis Sprache")
    parent = OrganizationFactory()

    services.edit_organization(
        organization, name="Netzwerk Sprache ", short_name="NW", parent=parent, description="Neu", by=AccountFactory()
    )

    assert (organization.slug, organization.name, organization.label) == (
        "arbeitskreis-sprache",
        "Netzwerk Sprache",
        "NW",
    )
    assert (organization.parent, organization.description) == (parent, "Neu")


def test_edit_organization_refuses_a_circle():
    office = OrganizationFactory()
    unit = OrganizationFactory(parent=office)

    with pytest.raises(ParentUnfit):
        services.edit_organization(office, name="Amt", short_name="", parent=unit, description="", by=None)


def test_found_ends_the_planning():
    organization = OrganizationFactory(founded=ProcessDate(), is_planned=True)

    services.found(organization, founded=ProcessDate("2018-02"), by=None)

    assert (organization.is_planned, organization.founded) == (False, ProcessDate("2018-02"))
    with pytest.raises(NotPlanned):
        services.found(organization, founded=ProcessDate("2019"), by=None)


def test_dissolve_names_successors_and_ends_the_mandates_for_it():
    organization, other = OrganizationFactory(), OrganizationFactory()
    mandate, other_mandate = MandateFactory(organization=organization), MandateFactory(organization=other)
    successors = [OrganizationFactory(), OrganizationFactory()]

    services.dissolve(
        organization, dissolved=ProcessDate("2016-07"), reason=" Eine Zielgruppe weniger ", successors=successors
    )

    assert (organization.dissolved, organization.dissolution_reason) == (
        ProcessDate("2016-07"),
        "Eine Zielgruppe weniger",
    )
    assert [succession.successor for succession in organization.successions] == successors
    assert (mandate.revoked_at is None, other_mandate.revoked_at is None) == (False, True)


def test_dissolve_refuses_what_cannot_be():
    organization = OrganizationFactory(founded=ProcessDate("2016-03-29"))
    gone = OrganizationFactory(dissolved=ProcessDate("2016"), dissolution_reason="Aus")
    date, reason = ProcessDate("2017"), "Grund"

    for wrong, error in [
        ({"dissolved": date, "reason": " "}, ReasonMissing),
        ({"dissolved": ProcessDate("2016-02"), "reason": reason}, EndsBeforeFounding),
        ({"dissolved": ProcessDate(), "reason": reason}, EndUnknown),
        ({"dissolved": ProcessDate("2017/.."), "reason": reason}, EndUnknown),
        ({"dissolved": date, "reason": reason, "successors": [organization]}, SuccessorUnfit),
        ({"dissolved": date, "reason": reason, "successors": [gone]}, SuccessorUnfit),
    ]:
        with pytest.raises(error):
            services.dissolve(organization, **wrong)
    with pytest.raises(AlreadyDissolved):
        services.dissolve(gone, dissolved=date, reason=reason)

    assert not organization.dissolved


def test_add_leadership_ends_the_open_one_before_it():
    organization = OrganizationFactory()
    earlier = LeadershipFactory(organization=organization, valid=ProcessDate("2016-03/.."))
    unknown = LeadershipFactory(organization=organization)

    services.add_leadership(organization, lead=OrganizationFactory(), valid=ProcessDate("2017-04-02/.."))

    assert (earlier.valid, unknown.valid) == (ProcessDate("2016-03/2017-04-02"), ProcessDate())


def test_add_leadership_refuses_to_lead_itself():
    organization = OrganizationFactory()

    with pytest.raises(LeadUnfit):
        services.add_leadership(organization, lead=organization)


def test_add_seat_says_for_whom_its_people_sit():
    organization, towns = OrganizationFactory(), OrganizationFactory()

    seat = services.add_seat(
        organization, category="Große Kreisstädte ", on_behalf_of=towns, valid=ProcessDate("2016-03-29/..")
    )

    assert (seat.category, seat.on_behalf_of, seat.is_voluntary) == ("Große Kreisstädte", towns, False)


def test_a_dissolved_organization_takes_nothing_new():
    gone = OrganizationFactory(dissolved=ProcessDate("2016"), dissolution_reason="Aus")

    with pytest.raises(AlreadyDissolved):
        services.add_seat(gone, category="Vereine")
    with pytest.raises(AlreadyDissolved):
        services.add_leadership(gone, lead=OrganizationFactory())
    with pytest.raises(AlreadyDissolved):
        services.grant_mandate(AccountFactory(), organization=gone, by=None)


def test_grant_mandate_holds_once_until_it_is_revoked():
    account, organization = AccountFactory(), OrganizationFactory()
    mandate = services.grant_mandate(account, organization=organization, by=None)

    with pytest.raises(MandateHeld):
        services.grant_mandate(account, organization=organization, by=None)
    services.revoke_mandate(mandate, by=None)
    with pytest.raises(InvalidTransition):
        services.revoke_mandate(mandate, by=None)

    assert services.grant_mandate(account, organization=organization, by=None).revoked_at is None

"""Factories for what leads to a decision."""

from datetime import date

import factory

from app.accounts.models import Role
from app.proposals.models import DecisionOutcome, Referral
from app.structures.models import OrganizationKind
from app.texts.services import Span
from app.workbench.services.condensation import Source, condense
from tests.factories import AccountFactory, ModelFactory
from tests.structures.factories import OrganizationFactory


class ReferralFactory(ModelFactory):
    class Meta:
        model = Referral

    organization = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.WORKING_GROUP)
    referred_on = date(2026, 7, 1)


def organiser(name="Nora Beispiel"):
    return AccountFactory(name=name, roles=[Role.ORGANISER])


def editor():
    return AccountFactory(name="Emil Beispiel", roles=[Role.EDITOR])


def condensed(*proposals, wording="Beispiel für alle", section=None):
    sources = [Source(Span.whole(proposal.text.current)) for proposal in proposals]
    return condense(wording=wording, sources=sources, section=section, by=None)


OUTCOMES = tuple(DecisionOutcome)

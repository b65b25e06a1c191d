"""Factories for what leads to a decision."""

from datetime import date

import factory

from app.accounts.models import Role
from app.db import db
from app.decisions.models import AnswerLetter
from app.decisions.services.decisions import decide
from app.proposals.models import Contributor, DecisionOutcome, Referral
from app.structures.models import OrganizationKind
from app.texts.services import Span
from app.workbench.services.condensation import Source, condense
from tests.factories import AccountFactory, ModelFactory
from tests.proposals.factories import ProposalFactory
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


def answered_by_letter(address):
    """A letter went out today about a decision on what somebody without e-mail said."""
    proposal = ProposalFactory()
    passage = Span.whole(proposal.text.current)
    decision = decide(passage, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=None)
    contributor = Contributor(proposal=proposal, postal_address=address)
    db.session.add(AnswerLetter(contributor=contributor, decision=decision))
    db.session.commit()

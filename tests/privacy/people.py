"""People behind contributions, for the tests of what is forgotten when."""

from datetime import timedelta

from app.db import db, now
from app.decisions.services import decisions
from app.proposals.models import Contributor, DecisionOutcome
from app.proposals.services import intake
from app.proposals.services.intake import Contact, Statement
from tests.decisions.factories import condensed
from tests.proposals.factories import ProposalFactory


def contributors():
    """Who confirmed no address, who only contributed, who took it back, and who was answered a year later."""
    intake.submit(Statement("Ein Satz vom Rand."), contact=Contact(name="Rand Beispiel", email="rand@example.org"))
    taken_back = ProposalFactory()
    taken_back.contributor = Contributor(name="Weg Beispiel", email="weg@example.org", email_confirmed_at=now())
    quiet, answered = ProposalFactory(received_at=now()), ProposalFactory(received_at=now() - timedelta(days=400))
    quiet.contributor = Contributor(email="still@example.org", email_confirmed_at=now(), organization_name="Stille")
    answered.contributor = Contributor(name="Antwort Beispiel", organization_name="Bekannt e. V.", may_be_named=True)
    db.session.commit()
    intake.withdraw(taken_back)
    subject = condensed(answered)
    decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=None)

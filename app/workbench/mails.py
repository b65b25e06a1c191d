"""What the mails about condensing show."""

from app import links
from app.db import db
from app.mail.outbox import Letter, renders
from app.proposals.models import OBJECTION_OUTCOME_LABELS, Objection
from app.proposals.services import intake


@renders("workbench/objection_answered")
def objection_answered(objection_id: int) -> Letter | None:
    objection = db.session.get(Objection, objection_id)
    if objection is None or objection.outcome is None or objection.answer is None:
        return None
    shown: dict[str, object] = {
        "reference": objection.proposal.reference,
        "wording": objection.version.content,
        "outcome": OBJECTION_OUTCOME_LABELS[objection.outcome],
        "answer": objection.answer.current.content,
        "address": links.absolute_url("contributions.show", token=intake.own_link(objection.proposal)),
    }
    return Letter(shown)

"""What the mails about suggestions show."""

from sqlalchemy import select

from app import links
from app.db import db
from app.drafting.models import OUTCOME_LABELS, Hearing, Suggestion
from app.drafting.services import suggestions as services
from app.mail.outbox import Letter, renders


@renders("drafting/asked")
def asked(hearing_id: int) -> Letter | None:
    hearing = db.session.get(Hearing, hearing_id)
    if hearing is None:
        return None
    return Letter({"hearing": hearing, "address": links.absolute_url("suggestions.index")})


@renders("drafting/confirm_email")
def confirm_email(suggestion_id: int) -> Letter | None:
    suggestion = db.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.suggester is None:
        return None
    address = links.absolute_url("suggestions.confirm_email", token=services.confirmation_link(suggestion))
    return Letter({"number": suggestion.id, "address": address})


@renders("drafting/received")
def received(suggestion_id: int) -> Letter | None:
    suggestion = db.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.suggester is None:
        return None
    address = links.absolute_url("suggestions.show_own", token=services.own_link(suggestion))
    return Letter({"suggestion": suggestion, "address": address})


@renders("drafting/news")
def news(suggestions: str) -> Letter | None:
    """Of what was not settled after all nothing is told."""
    wanted = select(Suggestion).where(Suggestion.id.in_([int(each) for each in suggestions.split(",")]))
    found = [
        each
        for each in db.session.scalars(wanted.order_by(Suggestion.id))
        if each.suggester and (each.disposition or each.state_reason)
    ]
    if not found:
        return None
    address = links.absolute_url("suggestions.show_own", token=services.own_link(found[0]))
    return Letter({"suggestions": found, "outcomes": OUTCOME_LABELS, "address": address})

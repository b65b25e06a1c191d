"""What the mails about comments show."""

from sqlalchemy import select

from app import links
from app.comments import services
from app.comments.models import Comment
from app.db import db
from app.mail.outbox import Letter, renders


@renders("comments/confirm_email")
def confirm_email(comment_id: int) -> Letter | None:
    comment = db.session.get(Comment, comment_id)
    if comment is None or comment.commenter is None or not comment.commenter.email:
        return None
    address = links.absolute_url("comments.confirm_email", token=services.confirmation_link(comment))
    return Letter({"reference": comment.proposal.reference, "address": address})


@renders("comments/news")
def news(own: str, answers: str) -> Letter | None:
    """Of what is no longer there, or no longer public, nothing is told."""
    mine = [each for each in _chosen(own) if each.is_released or each.state_reason]
    others = [each for each in _chosen(answers) if each.is_released and each.proposal.is_released]
    if not (mine or others):
        return None
    first = (mine or others)[0]
    page = links.absolute_url("proposals.show", reference=first.proposal.reference)
    return Letter(
        {"mine": mine, "others": others, "reference": first.proposal.reference, "address": f"{page}#kommentare"}
    )


def _chosen(ids: str) -> list[Comment]:
    wanted = [int(each) for each in ids.split(",") if each]
    return list(db.session.scalars(select(Comment).where(Comment.id.in_(wanted)).order_by(Comment.id)))

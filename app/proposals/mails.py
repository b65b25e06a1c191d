"""What the mails about contributions show. Never the name of who said what."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import links
from app.concept.models.editions import EFFECT_LABELS
from app.db import db
from app.local_time import day_of
from app.mail.outbox import Letter, renders
from app.monitoring.models import PROGRESS_LABELS
from app.proposals import news_items
from app.proposals.errors import DraftGone
from app.proposals.models import OUTCOME_LABELS, Follow, FollowNotice, Proposal, Support
from app.proposals.services import drafts, follows, intake, supports


@renders("proposals/confirm_email")
def confirm_email(proposal_id: int) -> Letter | None:
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None or proposal.contributor is None or not proposal.contributor.email:
        return None
    address = links.absolute_url("contributions.confirm_email", token=intake.confirmation_link(proposal))
    return Letter({"reference": proposal.reference, "address": address})


@renders("proposals/draft")
def draft(draft_id: int, generation: int) -> Letter | None:
    try:
        found = drafts.get(draft_id, generation)
    except DraftGone:
        return None
    address = links.absolute_url("drafts.show", token=drafts.link_of(found))
    return Letter({"address": address, "until": day_of(found.expires_at)})


@renders("proposals/confirm_follow")
def confirm_follow(follow_id: int) -> Letter | None:
    follow = db.session.get(Follow, follow_id)
    if follow is None or follow.ended_at is not None or follow.confirmed_at is not None:
        return None
    return Letter({"subject": news_items.subject_of(follow), "address": _address(follow)})


@renders("proposals/confirm_support")
def confirm_support(support_id: int) -> Letter | None:
    given = db.session.get(Support, support_id)
    if given is None or given.confirmed_at is not None:
        return None
    address = links.absolute_url("supports.show", token=supports.support_link(given))
    return Letter({"reference": given.proposal.reference, "address": address})


@renders("proposals/ask_again")
def ask_again(follow_id: int) -> Letter | None:
    follow = db.session.get(Follow, follow_id)
    if follow is None or not follow.is_active:
        return None
    return Letter({"subject": news_items.subject_of(follow), "address": _address(follow)}, _unsubscribe(follow))


@renders("proposals/news")
def news(batch: str) -> Letter | None:
    notices = db.session.scalars(
        select(FollowNotice)
        .join(Follow)
        .where(FollowNotice.batch == batch, Follow.ended_at.is_(None))
        .options(joinedload(FollowNotice.follow))
        .order_by(FollowNotice.id)
    ).all()
    items = news_items.items_of(notices)
    if not items:
        return None
    follow = notices[0].follow
    shown: dict[str, object] = {
        "items": items,
        "manage": _address(follow),
        "outcomes": OUTCOME_LABELS,
        "effects": EFFECT_LABELS,
        "progress": PROGRESS_LABELS,
    }
    return Letter(shown, _unsubscribe(follow))


def _address(follow: Follow) -> str:
    return links.absolute_url("follows.show", token=follows.follow_link(follow))


def _unsubscribe(follow: Follow) -> dict[str, str]:
    """RFC 8058: a mail program unsubscribes with one POST, without cookie, sign-in or token of a form."""
    address = links.absolute_url("follows.end_all", token=follows.follow_link(follow))
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

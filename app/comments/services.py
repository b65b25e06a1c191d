"""Comments come in, are moderated, answered, translated, reported and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import limits, links, proof
from app.accounts.models import Account, Role
from app.audit import log
from app.comments.errors import NotOpen
from app.comments.models import Comment, Commenter, CommentKind, CommentReport, CommentStep
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid, ReasonMissing
from app.mail import outbox
from app.proof import Sending
from app.proposals import languages, rules
from app.proposals.models import Proposal, ProposalState
from app.structures.models import Organization
from app.texts import services as texts

OWN_LINK = "comment"
CONFIRM_LINK = "comment-address"
AUTHOR = "author"


@dataclass(frozen=True)
class Person:
    """Who comments, as far as they tell: the name is shown, the address is not."""

    name: str = ""
    email: str = ""
    language: str = languages.SOURCE


@transactional
def comment(
    proposal: Proposal,
    *,
    text: str,
    kind: CommentKind = CommentKind.ADDITION,
    answers: Comment | None = None,
    person: Person | None = None,
    organization: Organization | None = None,
    author: Account | None = None,
    language: str | None = None,
    sending: Sending | None = None,
    at: datetime | None = None,
) -> Comment:
    """Take in what somebody says about a contribution; nobody reads it before it was released.

    News go to the address once it was confirmed; that of the author's account is. Without a proof of work it is taken
    in and marked. Raises NotOpen, TextEmpty, LimitReached.
    """
    made = _write(proposal, text=text, kind=kind, answers=answers, author=author, language=language, at=at)
    made.organization = organization
    if sending is not None:
        limits.count(limits.Action.COMMENT, sending.source)
        made.is_proven = proof.use(sending.proof)
    if person is not None and (person.name.strip() or person.email.strip()):
        _keep(made, person, author)
    log.record("comments.comment", made, by=author)
    return made


@transactional
def answer(
    proposal: Proposal, *, text: str, by: Account, answers: Comment | None = None, at: datetime | None = None
) -> Comment:
    """The team answers in public, at once: whoever may release comments writes it. Raises NotOpen, TextEmpty."""
    made = _write(
        proposal, text=text, kind=CommentKind.ADDITION, answers=answers, author=by, language=languages.SOURCE, at=at
    )
    made.is_team = True
    _step(made, ProposalState.RELEASED, at=made.received_at, role=_role_of(by), by=by)
    log.record("comments.answer", made, by=by)
    _tell([made])
    return made


@transactional
def release(comments: Collection[Comment], *, by: Account | None, at: datetime | None = None) -> None:
    """Publish these comments; raises InvalidTransition, and then publishes none of them."""
    _moderate(comments, ProposalState.RELEASED, reason="", by=by, at=at)


@transactional
def withhold(comments: Collection[Comment], *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Keep these comments from the public, for a reason that the public reads. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _moderate(comments, ProposalState.WITHHELD, reason=reason.strip(), by=by, at=at)


@transactional
def translate(comment: Comment, *, content: str, by: Account | None) -> None:
    """Write the German working translation; the original stays what counts. Raises TextEmpty."""
    comment = lock(comment)
    comment.translation = texts.write(content, language=languages.SOURCE, text=comment.translation).text
    log.record("comments.translate", comment, by=by, fields=["translation"])


@transactional
def withdraw(comment: Comment) -> None:
    """Its author takes it back: nobody else reads it or its answers any more, and the name goes."""
    comment = lock(comment)
    _step(comment, ProposalState.WITHDRAWN, at=now(), role=AUTHOR)
    if comment.commenter is not None:
        db.session.delete(comment.commenter)
    log.record("comments.withdraw", comment, fields=["state"])


@transactional
def confirm_email(commenter: Commenter) -> None:
    """The address belongs to whoever wrote the comment; again changes nothing."""
    lock(commenter.comment)
    if commenter.email_confirmed_at is None:
        commenter.email_confirmed_at = now()
        log.record("comments.confirm_email", commenter)


@transactional
def report(comment: Comment, *, reason: str, source: str = "") -> CommentReport | None:
    """A reader asks to look at it again; the same words again add nothing. Raises LimitReached."""
    limits.count(limits.Action.REPORT, source)
    comment = lock(comment)
    if any(each.reason == reason.strip() and each.settled_at is None for each in comment.reports):
        return None
    made = CommentReport(comment=comment, reason=reason.strip())
    db.session.add(made)
    log.record("comments.report", comment)
    return made


@transactional
def settle_reports(comment: Comment, *, by: Account | None) -> None:
    """Somebody looked, and it stays."""
    comment = lock(comment)
    _settle(comment, now())
    log.record("comments.settle_reports", comment, by=by)


@transactional
def forget_unconfirmed_before(at: datetime) -> int:
    """Empty addresses nobody confirmed of comments received before then; returns how many."""
    wanted = Commenter.email_confirmed_at.is_(None) & (Commenter.email != "") & (Comment.received_at <= at)
    found = db.session.scalars(select(Commenter).join(Comment).where(wanted)).all()
    for each in found:
        each.email = ""
    return len(found)


@transactional
def forget_commenters_before(at: datetime) -> int:
    """Remove names and addresses of comments received before then; returns how many."""
    found = db.session.scalars(select(Commenter).join(Comment).where(Comment.received_at <= at)).all()
    for each in found:
        db.session.delete(each)
    return len(found)


@transactional
def remove_reports_before(at: datetime) -> int:
    """Remove what readers wrote about comments before then; returns how many."""
    found = db.session.scalars(select(CommentReport).where(CommentReport.made_at <= at)).all()
    for each in found:
        db.session.delete(each)
    return len(found)


def own_link(comment: Comment) -> str:
    """The token with which its author sees it and takes it back."""
    return links.link_to(comment, OWN_LINK)


def read_own_link(token: str) -> Comment:
    """Raises LinkInvalid."""
    return links.row_behind(token, OWN_LINK, Comment)


def confirmation_link(comment: Comment) -> str:
    return links.link_to(comment, CONFIRM_LINK)


def read_confirmation_link(token: str) -> Commenter:
    """Raises LinkInvalid, also when the address was not confirmed in time or was erased."""
    commenter = links.row_behind(token, CONFIRM_LINK, Comment).commenter
    if commenter is None or not commenter.email:
        raise LinkInvalid
    return commenter


def _write(
    proposal: Proposal,
    *,
    text: str,
    kind: CommentKind,
    answers: Comment | None,
    author: Account | None,
    language: str | None,
    at: datetime | None,
) -> Comment:
    proposal = lock(proposal)
    if not proposal.is_released or (answers is not None and not _is_open(answers, proposal)):
        raise NotOpen
    version = texts.write(text, language=language or languages.detect(text))
    made = Comment(
        proposal=proposal,
        parent=answers,
        kind=kind,
        state=ProposalState.RECEIVED,
        text=version.text,
        received_at=at or now(),
        author_id=author.id if author else None,
        is_example=proposal.is_example,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _is_open(answered: Comment, proposal: Proposal) -> bool:
    return answered.proposal_id == proposal.id and lock(answered).is_open


def _keep(comment: Comment, person: Person, author: Account | None) -> None:
    email = person.email.strip().lower()
    is_own = author is not None and author.email == email
    comment.commenter = Commenter(
        name=person.name.strip(),
        email=email,
        language=person.language,
        email_confirmed_at=now() if is_own else None,
    )
    db.session.flush()
    if email and not is_own and not outbox.is_enough(email, "comments/confirm_email"):
        outbox.enqueue(email, "comments/confirm_email", language=person.language, comment_id=comment.id)


def _moderate(
    comments: Collection[Comment], state: ProposalState, *, reason: str, by: Account | None, at: datetime | None
) -> None:
    at = at or now()
    moderated = []
    for each in sorted(comments, key=lambda comment: comment.id):  # always in this order: no deadlock
        locked = lock(each)
        _step(locked, state, at=at, role=_role_of(by), reason=reason, by=by)
        _settle(locked, at)
        log.record(f"comments.{state}", locked, by=by, fields=["state"])
        moderated.append(locked)
    _tell(moderated)


def _step(
    comment: Comment, state: ProposalState, *, at: datetime, role: str, reason: str = "", by: Account | None = None
) -> None:
    comment.move_to(state, reason=reason)
    comment.moderated_at = at
    by_id = by.id if by else None
    db.session.add(CommentStep(comment=comment, state=state, reason=reason, made_at=at, made_by_id=by_id, role=role))


def _role_of(by: Account | None) -> str:
    return rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""


def _settle(comment: Comment, at: datetime) -> None:
    for each in comment.reports:
        each.settled_at = each.settled_at or at


def _tell(comments: Collection[Comment]) -> None:
    """One mail for each address: what became of one's own comments, and who answered them."""
    news: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for each in comments:
        answered = each.parent if each.is_released else None
        for index, about in enumerate((each, answered)):
            reader = about.commenter if about else None
            if reader is not None and reader.is_written_to:
                news.setdefault((reader.email, reader.language), ([], []))[index].append(str(each.id))
    for (email, language), (own, answers) in news.items():
        outbox.enqueue(email, "comments/news", language=language, own=",".join(own), answers=",".join(answers))

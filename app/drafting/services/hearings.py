"""A draft is laid out for comment, and for how long."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from app.accounts.models import Account
from app.audit import log
from app.concept import queries as concept
from app.concept.catalogue import canonical
from app.concept.services.working import lock_working
from app.db import db, lock, now, transactional
from app.drafting.models import Hearing, HearingBody
from app.local_time import day_of
from app.mail import outbox
from app.structures.models import Organization
from app.structures.queries import mandates_of


@transactional
def lay_out(
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    bodies: Sequence[Organization] = (),
    by: Account | None,
    at: datetime | None = None,
    is_example: bool = False,
) -> Hearing:
    """Lay the working edition out as the next numbered draft, with all that stands around it in print.

    Without bodies it is for everyone. Who acts for a body that is asked hears of it. Raises NoWorkingEdition.
    """
    lock_working()
    at = at or now()
    last = db.session.scalar(select(func.max(Hearing.number))) or 0
    hearing = Hearing(
        number=last + 1,
        title=title.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        document=canonical(concept.working_document(on=day_of(at))),
        is_example=is_example,
        created_at=at,
        bodies=[HearingBody(organization=each) for each in bodies],
    )
    db.session.add(hearing)
    log.record("drafting.lay_out", hearing, by=by)
    asked = {mandate.account for each in bodies for mandate in mandates_of(each)}
    for account in sorted(asked, key=lambda each: each.id):
        outbox.enqueue(account.email, "drafting/asked", language=account.language, hearing_id=hearing.id)
    return hearing


@transactional
def change_hearing(hearing: Hearing, *, title: str, closes_on: date, by: Account | None) -> None:
    """Another title, or more or less time; who is asked, and what was laid out, stays."""
    hearing = lock(hearing)
    given = title.strip(), max(closes_on, hearing.opens_on)
    if given == (hearing.title, hearing.closes_on):
        return
    hearing.title, hearing.closes_on = given
    hearing.revised_at, hearing.sequence = now(), hearing.sequence + 1
    log.record("drafting.change_hearing", hearing, by=by, fields=["title", "closes_on"])

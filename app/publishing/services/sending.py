"""A paper goes out, and what goes out is kept as files that never change."""

from hashlib import sha256

from app import pdfs, storage
from app.accounts.models import Account
from app.audit import log
from app.concept import services as concept
from app.concept.models import Edition
from app.council.errors import PaperNotSent
from app.council.models import Paper
from app.db import db, lock, transactional
from app.publishing import outgoing, queries
from app.publishing.models import SentFile
from app.publishing.outgoing import Outgoing


@transactional
def send(
    paper: Paper, *, slug: str, number: str, title: str, reason: str, allow_incomplete: bool = False, by: Account | None
) -> Edition:
    """Send a paper with the edition it is about, or cut one more for one that is sent; keep all that goes out as files.

    Raises what send_paper and cut_further raise.
    """
    cut = concept.cut_further if paper.is_sent else concept.send_paper
    edition = cut(paper, slug=slug, number=number, title=title, reason=reason, allow_incomplete=allow_incomplete, by=by)
    keep_sent(paper)
    return edition


def keep_all_sent() -> int:
    """What was sent in another way, and what must no longer be shown as it was; returns how many files were made."""
    return sum(keep_sent(paper) for paper in queries.sent_papers())


@transactional
def keep_sent(paper: Paper) -> int:
    """Make the files of a sent paper that are missing or behind; returns how many. Raises PaperNotSent."""
    paper = lock(paper)
    if not paper.is_sent:
        raise PaperNotSent
    files = outgoing.files_of(paper)
    return sum(_keep(out, files.get(out.address)) for out in outgoing.all_of(paper))


def _keep(out: Outgoing, before: SentFile | None) -> bool:
    catalogue = outgoing.catalogue_of(out)
    state = outgoing.state_of(out, catalogue)
    if before and not outgoing.is_behind(before, state):
        return False
    partners = state.partners & outgoing.partners_in(before) if before else state.partners
    db.session.flush()
    db.session.expire_all()  # read again: what is blackened meanwhile may miss in the state, never in the file
    content = outgoing.made(out, outgoing.catalogue_of(out), partners)
    file = SentFile(
        paper=out.paper,
        annex=out.annex,
        edition=out.edition,
        key=storage.keep(content, suffix="pdf"),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        pages=pdfs.pages_of(content),
        redactions=state.redactions,
        partners=" ".join(sorted(f"{code}/{slug}" for code, slug in partners)),
    )
    db.session.add(file)
    log.record("publishing.keep_sent", file)
    if before:
        old, before.key = before.key, None
        storage.remove_unnamed([old] if old else [])
    return True

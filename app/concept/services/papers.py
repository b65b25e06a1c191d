"""Papers about the concept: sent with the edition they are about, decided on, and what that does to the edition."""

from datetime import datetime

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept import queries
from app.concept.errors import AnnexWithoutEdition, AnotherPaper, PaperWithoutEdition
from app.concept.models import Adoption, Edition, Effect, PaperEdition
from app.concept.services.editions import cut_edition
from app.council import services as council
from app.council.errors import PaperNotSent, PaperSent
from app.council.models import Consultation, Meeting, Outcome, Paper
from app.db import db, lock, now, transactional
from app.process_date import ProcessDate


@transactional
def send_paper(
    paper: Paper,
    *,
    slug: str,
    number: str,
    title: str,
    reason: str,
    by: Account | None,
    cut_at: datetime | None = None,
    dated: ProcessDate | None = None,
    is_example: bool = False,
    allow_incomplete: bool = False,
) -> Edition:
    """Cut the edition the paper is about and send the paper; from now on neither changes.

    Raises PaperSent, and what cut_edition raises.
    """
    paper = lock(paper)
    if paper.is_sent:
        raise PaperSent
    cut_at = cut_at or now()
    edition = cut_edition(
        slug=slug,
        number=number,
        title=title,
        reason=reason,
        by=by,
        cut_at=cut_at,
        dated=dated,
        is_example=is_example,
        allow_incomplete=allow_incomplete,
    )
    _attach(edition, paper)
    council.mark_sent(paper, at=cut_at, by=by)
    return edition


@transactional
def send_about(paper: Paper, edition: Edition | None, *, by: Account | None) -> None:
    """Send a paper about an edition that is frozen already, or about none: nothing is cut.

    Several papers may be about one edition. Raises PaperSent, and AnnexWithoutEdition where an annex is made from the
    concept and there is no edition to make it from.
    """
    paper = lock(paper)
    if paper.is_sent:
        raise PaperSent
    if edition is None and paper.has_annex_of_concept:
        raise AnnexWithoutEdition
    if edition is not None:
        _attach(edition, paper)
    council.mark_sent(paper, by=by)


@transactional
def cut_further(
    paper: Paper,
    *,
    slug: str,
    number: str,
    title: str,
    reason: str,
    by: Account | None,
    cut_at: datetime | None = None,
    dated: ProcessDate | None = None,
    is_example: bool = False,
    allow_incomplete: bool = False,
) -> Edition:
    """Cut one more edition for a paper that is under way from the working edition, where the bodies get another draft.

    What a body changes in its deliberation is `amend_edition`.

    Raises PaperNotSent, and what cut_edition raises.
    """
    paper = lock(paper)
    if not paper.is_sent:
        raise PaperNotSent
    edition = cut_edition(
        slug=slug,
        number=number,
        title=title,
        reason=reason,
        by=by,
        cut_at=cut_at,
        dated=dated,
        is_example=is_example,
        allow_incomplete=allow_incomplete,
    )
    _attach(edition, paper)
    queue.wake_after_commit("publishing.keep_sent_files")
    return edition


@transactional
def record_resolution(
    consultation: Consultation,
    *,
    outcome: Outcome,
    effect: Effect,
    decided: ProcessDate,
    meeting: Meeting | None = None,
    wording: str = "",
    edition: Edition | None = None,
    by: Account | None,
) -> Adoption:
    """Record what a body decided, and append what that does to the edition: by default the paper's last one.

    A correction is another resolution of the same consultation; the last one holds. Raises PaperWithoutEdition,
    AnotherPaper, PaperNotSent, AnotherBody.
    """
    editions = queries.editions_of(consultation.paper)
    if not editions:
        raise PaperWithoutEdition
    if edition is not None and edition not in editions:
        raise AnotherPaper
    resolution = council.record_outcome(
        consultation, outcome=outcome, decided=decided, meeting=meeting, wording=wording, by=by
    )
    adoption = Adoption(
        edition=edition or editions[-1],
        resolution=resolution,
        organization=consultation.organization,
        decided=decided,
        effect=effect,
    )
    db.session.add(adoption)
    log.record("concept.record_resolution", adoption, by=by)
    queue.wake_after_commit("proposals.tell_followers")
    return adoption


def _attach(edition: Edition, paper: Paper) -> None:
    db.session.add(PaperEdition(paper=paper, edition=edition))
    db.session.flush()

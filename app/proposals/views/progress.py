"""Where a contribution stands: what happened so far, since when, and what comes next."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from app.local_time import day_of
from app.proposals.models import Proposal, ProposalState, Referral
from app.proposals.outcomes import ProposalOutcome
from app.web.filters import day

Step = dict[str, object]


def so_far(
    proposal: Proposal, outcome: ProposalOutcome, referrals: Sequence[Referral], answer_due: date | None = None
) -> list[Step]:
    """From the day it came to the answer, as templates/components/steps.html shows them."""
    steps: list[Step] = [_done(day(proposal.received_on), _("Eingegangen"))]
    released = [each for each in proposal.releases if each.state is ProposalState.RELEASED]
    if not released:
        return [*steps, _coming(_("als Nächstes"), _("Wird geprüft"))]
    steps.append(_done(day(day_of(released[-1].made_at)), _("Geprüft und veröffentlicht")))
    if outcome.is_condensed:
        steps.append(_done(_("inzwischen"), _("Mit ähnlichen Beiträgen zusammengeführt")))
    steps += [_referred(each) for each in referrals]
    if outcome.decisions:
        answered = _("Beantwortet: %(outcomes)s", outcomes=", ".join(str(label) for label in outcome.labels))
        return [*steps, _done(str(outcome.decisions[-1].decided), answered)]
    if not (outcome.is_condensed or referrals):
        steps.append(_coming(_("als Nächstes"), _("Ähnliche Beiträge kommen zusammen")))
    return [*steps, _coming(_answer_by(answer_due), _("Antwort"))]


def _done(when: str, title: str) -> Step:
    return {"when": when, "title": title, "is_done": True}


def _coming(when: str, title: str, text: str = "") -> Step:
    return {"when": when, "title": title, "text": text}


def _referred(referral: Referral) -> Step:
    since = day(referral.referred_on)
    when = _("seit %(day)s", day=since)
    if referral.due_on is not None:
        when = _("%(first)s bis %(last)s", first=since, last=day(referral.due_on))
    return _coming(when, _("Liegt vor: %(group)s", group=referral.organization.label), referral.question)


def _answer_by(answer_due: date | None) -> str:
    return str(_("bis %(day)s", day=day(answer_due)) if answer_due is not None else _("danach"))

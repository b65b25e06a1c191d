"""Home, the desk's overview, and what the law asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.accounts import rules
from app.calls.models import Call
from app.calls.queries import open_calls
from app.db import now
from app.drafting.models import Hearing
from app.drafting.queries import open_hearings
from app.languages import SOURCE
from app.links import absolute_url
from app.local_time import day_of
from app.pages import desk_areas, news, queries
from app.pages.queries import ConceptNumbers, Heard, NextEvent
from app.privacy.retention import RULES
from app.proposals import queries as proposals
from app.proposals.entries import source_of
from app.proposals.languages import direction_of
from app.proposals.models import OUTCOME_LABELS
from app.web.access import current_account, public, requires
from app.web.filters import day, paragraphs

THREADS = 3
NEWEST = 3

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    at = now()
    todo = [
        _event_task(queries.next_event(at)),
        _proposal_task(open_calls(at)),
        _draft_task(open_hearings(day_of(at))),
        _concept_task(queries.concept_numbers()),
    ]
    heard = [_short_thread(item) for item in queries.heard(THREADS)]
    return render_template(
        "pages/home.html",
        todo=[task for task in todo if task],
        heard=heard,
        newest=proposals.released(proposals.Filters()).items[:NEWEST],
        answered=news.answers(NEWEST),
        source_of=source_of,
        direction_of=direction_of,
    )


@bp.get("/feed.atom")
@public
def feed() -> ResponseReturnValue:
    """Atom (RFC 4287): answers, editions, events, calls."""
    found = news.latest(now())
    page = render_template(
        "pages/feed.xml",
        news=found,
        updated=max((each.at for each in found), default=datetime(2026, 1, 1, tzinfo=UTC)),
        language=str(get_locale() or SOURCE),
        absolute_url=absolute_url,
        host=current_app.config["SERVER_NAME"].partition(":")[0],
    )
    response = Response(page, mimetype="application/atom+xml")
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/verwaltung")
@requires(rules.can_open_desk)
def desk() -> ResponseReturnValue:
    account = current_account()
    return render_template("pages/desk.html", needed=desk_areas.needed_by(account), areas=desk_areas.open_to(account))


@bp.get("/datenschutz")
@public
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html", rules=RULES)


@bp.get("/impressum")
@public
def imprint() -> ResponseReturnValue:
    return render_template("pages/imprint.html")


@bp.get("/barrierefreiheit")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("pages/accessibility.html")


@bp.get("/leichte-sprache")
@public
def easy_language() -> ResponseReturnValue:
    return render_template("pages/easy_language.html")


@bp.get("/gebaerdensprache")
@public
def sign_language() -> ResponseReturnValue:
    return render_template("pages/sign_language.html")


@bp.get("/netiquette")
@public
def netiquette() -> ResponseReturnValue:
    return render_template("pages/netiquette.html")


Task = dict[str, object]


def _event_task(found: NextEvent | None) -> Task | None:
    if found is None:
        return None
    event, left = found
    if left is None:
        places = _("Kommen Sie vorbei")
    elif left:
        places = ngettext("Noch %(num)s Platz", "Noch %(num)s Plätze", left)
    else:
        places = _("Alle Plätze sind vergeben, es gibt eine Warteliste")
    return {
        "kicker": day(event.starts_at),
        "title": event.title,
        "detail": places,
        "url": url_for("events.show", event_id=event.id),
    }


def _proposal_task(calls: Sequence[Call]) -> Task:
    """The open call that ends first; without one, the invitation that holds all year."""
    if calls:
        call = calls[0]
        wording = call.wording_in(str(get_locale() or SOURCE))
        return {
            "kicker": _("Mitreden bis %(day)s", day=day(call.last_day)),
            "title": wording.question,
            "detail": _("Ein Satz genügt. In Ihrer Sprache, auch ohne Namen."),
            "url": url_for("calls.show", slug=call.slug),
        }
    return {
        "kicker": _("Mitreden"),
        "title": _("In Zukunft soll …"),
        "detail": _("Sagen Sie, was fehlt. In Ihrer Sprache, auch ohne Namen."),
        "url": url_for("proposals.create"),
    }


def _draft_task(hearings: Sequence[Hearing]) -> Task | None:
    """The draft that everybody may say something about."""
    for hearing in hearings:
        if not hearing.bodies:
            return {
                "kicker": _("Entwurf bis %(day)s", day=day(hearing.closes_on)),
                "title": hearing.title,
                "detail": _("So soll das Konzept heißen. Sagen Sie, was anders werden soll."),
                "url": url_for("suggestions.index"),
            }
    return None


def _concept_task(numbers: ConceptNumbers | None) -> Task | None:
    if numbers is None:
        return None
    return {
        "kicker": _("Nachlesen"),
        "title": _("Das Integrationskonzept"),
        "detail": _(
            "%(sections)s Themen, %(goals)s Ziele, %(measures)s Maßnahmen in Umsetzung",
            sections=numbers.sections,
            goals=numbers.goals,
            measures=numbers.measures_under_way,
        ),
        "url": url_for("editions.show_current"),
    }


def _short_thread(item: Heard) -> Task:
    proposal, decision = item
    source = [_("Beispiel") if proposal.is_example else "", proposal.section.title if proposal.section else ""]
    answer = paragraphs(decision.answer.current.content)[0]
    return {
        "proposal": proposal,
        "source": [part for part in source if part],
        "became": f"{str(OUTCOME_LABELS[decision.outcome]).capitalize()}: {answer}",
        "url": url_for("threads.proposal", reference=proposal.reference),
    }

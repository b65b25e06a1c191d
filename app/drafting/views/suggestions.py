"""Suggestions to passages of a draft: what is laid out, suggesting, and what became of everything."""

from collections import defaultdict
from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import limits
from app.accounts.models import Account
from app.concept import rules
from app.concept.comparison import words
from app.concept.models import Chapter
from app.concept.queries import find_working_edition
from app.concept.services.working import LANGUAGE
from app.concept.subjects import Subject, find_subject, working_subjects
from app.db import db, now
from app.drafting import queries
from app.drafting.errors import HearingOver, NotAsked, SameWords
from app.drafting.forms import SuggestionForm
from app.drafting.models import (
    OUTCOME_LABELS,
    SUGGESTION_KIND_LABELS,
    Hearing,
    Suggestion,
    SuggestionKind,
)
from app.drafting.services import suggestions as services
from app.drafting.services.suggestions import Sender
from app.drafting.synopsis import MIMETYPES, synopsis_as
from app.drafting.views.words import OUTCOME_TONES, address_of, asked_of, sender_of
from app.local_time import day_of
from app.proof import Sending
from app.structures.models import Organization
from app.structures.queries import represented_by
from app.texts.models import Text, TextVersion
from app.texts.moderated import STATE_LABELS
from app.texts.queries import versions_of
from app.web.access import current_account, public, signed_link

bp = Blueprint("suggestions", __name__, url_prefix="/anregungen")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    subjects = working_subjects() if find_working_edition() else {}
    counts = queries.count_open_by_text()
    day = day_of(now())
    hearings = queries.all_hearings()
    return render_template(
        "drafting/index.html",
        current=[each for each in hearings if each.is_open(day)],
        others=[each for each in hearings if not each.is_open(day)],
        day=day,
        groups=_grouped(subjects, counts),
        counts=counts,
        contents={text_id: each[-1].content for text_id, each in versions_of(subjects.keys()).items()},
        asked_of=asked_of,
        can_edit=rules.can_edit_concept(current_account()),
    )


@bp.get("/entwurf/<int:number>")
@public
def show_hearing(number: int) -> ResponseReturnValue:
    hearing = queries.find_hearing(number) or abort(404)
    return render_template(
        "drafting/hearing.html",
        hearing=hearing,
        before=queries.find_hearing(number - 1),
        after=queries.find_hearing(number + 1),
        has_working=find_working_edition() is not None,
        is_open=hearing.is_open(day_of(now())),
        entries=queries.synopsis(hearing),
        withheld=queries.reasons_of_withheld(hearing),
        withdrawn=queries.count_withdrawn(hearing),
        can_edit=rules.can_edit_concept(current_account()),
        asked_of=asked_of,
        address_of=address_of,
        **labels(),
    )


@bp.get("/entwurf/<int:number>/anregungen.<any(pdf,csv,xlsx):ending>")
@public
def download(number: int, ending: str) -> ResponseReturnValue:
    hearing = queries.find_hearing(number) or abort(404)
    content = synopsis_as(ending, hearing, queries.synopsis(hearing), sender_of)
    response = Response(content, content_type=MIMETYPES[ending])
    name = f"anregungen-entwurf-{hearing.number}.{ending}"
    response.headers.set("Content-Disposition", "inline" if ending == "pdf" else "attachment", filename=name)
    return response


@bp.route("/zu/<int:text_id>", methods=["GET", "POST"])
@public
def suggest(text_id: int) -> ResponseReturnValue:
    subject = find_subject(text_id) or abort(404)
    account = current_account()
    is_office = rules.can_open_concept_desk(account)
    hearing = _hearing_for(account)
    form = SuggestionForm(
        _version(text_id),
        senders=_senders(account, hearing),
        is_office=is_office,
        has_account=account is not None,
    )
    may_suggest = is_office or (hearing is not None)
    if may_suggest and form.validate_on_submit() and _is_taken_in(form, subject, hearing, account):
        return redirect(url_for("suggestions.sent", text_id=text_id), 303)
    page = render_template(
        "drafting/suggest.html",
        form=form,
        subject=subject,
        version=form.version,
        hearing=hearing,
        asked=None if hearing else _asked_only(),
        may_suggest=may_suggest,
        suggestions=queries.published_on(text_id),
        address=address_of(subject),
        asked_of=asked_of,
        **labels(),
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/zu/<int:text_id>/gesendet")
@public
def sent(text_id: int) -> ResponseReturnValue:
    token, has_email, is_office = session.pop("suggested", (None, False, False))
    page = render_template("drafting/sent.html", text_id=text_id, token=token, has_email=has_email, is_office=is_office)
    return page, {"Cache-Control": "no-store"}  # the link is shown once


@bp.get("/eigene/<string:token>")
@signed_link
def show_own(token: str) -> ResponseReturnValue:
    suggestion = services.read_own_link(token)
    return render_template(
        "drafting/own.html",
        suggestion=suggestion,
        subject=find_subject(suggestion.version.text_id),
        token=token,
        form=FlaskForm(),
        states=STATE_LABELS,
        **labels(),
    )


@bp.post("/eigene/<string:token>/rueckzug")
@signed_link
def withdraw(token: str) -> ResponseReturnValue:
    services.withdraw(services.read_own_link(token))
    flash(_("Ihre Anregung ist zurückgezogen."))
    return redirect(url_for("suggestions.show_own", token=token), 303)


@bp.route("/bestaetigung/<string:token>", methods=["GET", "POST"])
@signed_link
def confirm_email(token: str) -> ResponseReturnValue:
    suggester = services.read_confirmation_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.confirm_email(suggester)
        flash(_("Danke. Wir schreiben Ihnen, was aus Ihrer Anregung wird."))
        return redirect(url_for("suggestions.show_own", token=services.own_link(suggester.suggestion)), 303)
    return render_template("drafting/confirm_email.html", form=form)


def labels() -> dict[str, object]:
    """What every page shows suggestions with."""
    return {
        "kinds": SUGGESTION_KIND_LABELS,
        "outcomes": OUTCOME_LABELS,
        "tones": OUTCOME_TONES,
        "sender_of": sender_of,
        "words": _changed,
    }


def _changed(suggestion: Suggestion) -> object:
    """The words of the passage beside those that should stand there, as a word diff."""
    is_added = suggestion.kind is SuggestionKind.ADD
    after = f"{suggestion.quote} {suggestion.words}" if is_added else suggestion.words
    return words(suggestion.quote, after)


def _is_taken_in(form: SuggestionForm, subject: Subject, hearing: Hearing | None, account: Account | None) -> bool:
    """False, with the reason in the form, when it cannot be taken."""
    if form.website.data:  # a robot sees the same page
        return True
    assert form.span is not None, "validated"
    try:
        made = services.suggest(
            subject,
            form.span,
            kind=form.kind.data,
            wording=form.wording.data,
            reason=form.reason.data,
            hearing=hearing,
            sender=_sender(form, account),
            sending=None if form.is_from_office else Sending(limits.source_of(request.remote_addr), form.altcha.data),
        )
    except SameWords as refusal:
        form.wording.errors = [str(refusal)]
        return False
    except (HearingOver, NotAsked, limits.LimitReached) as refusal:
        form.form_errors.append(str(refusal))
        return False
    has_email = made.suggester is not None and made.suggester.email_confirmed_at is None
    session["suggested"] = [services.own_link(made), has_email, made.is_office]
    return True


def _sender(form: SuggestionForm, account: Account | None) -> Sender:
    return Sender(
        account=account,
        organization=form.organization,
        is_office=form.is_from_office,
        email="" if account else form.email.data or "",
        language=str(get_locale() or LANGUAGE),
    )


def _hearing_for(account: Account | None) -> Hearing | None:
    """The latest draft that is open today and to which this person may say something."""
    represented = {each.id for each in represented_by(account)} if account else set()
    for hearing in queries.open_hearings(day_of(now())):
        if hearing.is_public or not represented.isdisjoint(body.organization_id for body in hearing.bodies):
            return hearing
    return None


def _asked_only() -> Hearing | None:
    """A draft that is open today, though for others."""
    return next(iter(queries.open_hearings(day_of(now()))), None)


def _senders(account: Account | None, hearing: Hearing | None) -> list[Organization]:
    """For which organisations this person may write to this draft."""
    if account is None or hearing is None:
        return []
    asked = {body.organization_id for body in hearing.bodies}
    return [each for each in represented_by(account) if hearing.is_public or each.id in asked]


def _version(text_id: int) -> TextVersion:
    """What the reader had before them when they sent the form; else what stands there now."""
    given = request.form.get("version_id", "")
    sent = db.session.get(TextVersion, int(given)) if given.isdecimal() and len(given) < 10 else None
    if sent is not None and sent.text_id == text_id:
        return sent
    return db.session.get_one(Text, text_id).current


def _grouped(subjects: Mapping[int, Subject], counts: Mapping[int, int]) -> list[tuple[str, list[Subject], int]]:
    """The chapters and the definition first, then section by section; each with how many suggestions are open."""
    groups: dict[str, list[Subject]] = defaultdict(list)
    for subject in sorted(subjects.values(), key=_place):
        groups[subject.section.title if subject.section else _("Kapitel und Verständnis")].append(subject)
    return [(title, found, sum(counts.get(each.text_id, 0) for each in found)) for title, found in groups.items()]


def _place(subject: Subject) -> tuple[bool, int]:
    """A chapter's summary, text and signature stand together; all else keeps its order."""
    return subject.section is not None, subject.owner.number if isinstance(subject.owner, Chapter) else 0

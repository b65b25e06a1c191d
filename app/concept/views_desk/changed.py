"""Cut an edition from a frozen one: what a body changed in its deliberation, and typing errors."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.concept import changed, numbering, queries, rules, services
from app.concept.changed import Passage
from app.concept.comparison import Run, words_by_paragraph
from app.concept.errors import Incomplete, NotANumber, NothingChanged, NumberTaken, SlugTaken, TooMuchChanged
from app.concept.forms import offer_sittings
from app.concept.forms_changed import AmendForm, CorrectForm, WithTexts
from app.concept.models import Correction, Edition
from app.concept.services.changed import CORRECTABLE, open_correction
from app.concept.views_desk.asking import ask_again, is_confirmed, is_to_change
from app.council.models import Consultation
from app.db import db, now
from app.local_time import day_of
from app.texts.services import normalize
from app.web.access import current_account, requires

bp = Blueprint("changed_editions_desk", __name__, url_prefix="/verwaltung")


class Shown(NamedTuple):
    name: str
    words: Sequence[Run]
    goes: bool = False


@bp.route("/beratungen/<int:consultation_id>/aenderung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def amend(consultation_id: int) -> ResponseReturnValue:
    consultation = db.session.get(Consultation, consultation_id) or abort(404)
    base = next(reversed(queries.editions_of(consultation.paper)), None) or abort(404)
    passages = changed.passages(queries.catalogue_of(base))
    title = _("Geänderten Wortlaut eintragen")
    chosen = _chosen(passages)
    if not chosen:
        return _choose(title, base, passages)
    form = _amend_form(consultation, base, chosen)
    if form.validate_on_submit() and not is_to_change():
        if not is_confirmed():
            return ask_again("concept/desk/changed_preview.html", form, shown=_shown(form), title=title, base=base)
        if edition := _amended(consultation, form):
            flash(_("Die Fassung %(number)s ist festgehalten.", number=edition.number))
            _tell_what_differs(edition, base)
            return redirect(url_for("editions.show", slug=edition.slug), 303)
    page = render_template("concept/desk/changed.html", form=form, title=title, base=base, consultation=consultation)
    return page, 422 if form.errors else 200


@bp.route("/konzept/<string:slug>/berichtigung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def correct(slug: str) -> ResponseReturnValue:
    edition = queries.find_edition(slug) or abort(404)
    title = _("Schreibfehler berichtigen")
    if waiting := open_correction(edition):
        return _show_waiting(waiting, edition)
    if queries.standings([edition])[edition.id] not in CORRECTABLE:
        abort(404)
    passages = changed.passages(queries.catalogue_of(edition))
    chosen = _chosen(passages)
    if not chosen:
        return _choose(title, edition, passages)
    form = CorrectForm.of(chosen)()
    if form.validate_on_submit() and _is_proposed(edition, form):
        flash(_("Die Berichtigung wartet jetzt auf eine zweite Person."))
        return _to_correction(edition)
    page = render_template("concept/desk/changed.html", form=form, title=title, base=edition, consultation=None)
    return page, 422 if form.errors else 200


@bp.post("/konzept/berichtigungen/<int:correction_id>/bestaetigung")
@requires(rules.can_record_resolutions)
def confirm(correction_id: int) -> ResponseReturnValue:
    correction = db.session.get(Correction, correction_id) or abort(404)
    edition = services.confirm_correction(correction, by=_account())
    flash(_("Die Fassung %(number)s ist festgehalten.", number=edition.number))
    return redirect(url_for("editions.show", slug=edition.slug), 303)


@bp.post("/konzept/berichtigungen/<int:correction_id>/rueckzug")
@requires(rules.can_record_resolutions)
def withdraw(correction_id: int) -> ResponseReturnValue:
    correction = db.session.get(Correction, correction_id) or abort(404)
    edition = correction.base
    services.withdraw_correction(correction, by=_account())
    flash(_("Die Berichtigung ist verworfen. An der Fassung ändert sich nichts."))
    return redirect(url_for("editions.show", slug=edition.slug), 303)


def _chosen(passages: Sequence[Passage]) -> list[Passage]:
    """As the address says."""
    ids = set(request.args.getlist("text", int))
    return [each for each in passages if each.text.version_id in ids]


def _choose(title: str, base: Edition, passages: Sequence[Passage]) -> ResponseReturnValue:
    return render_template("concept/desk/choose_texts.html", title=title, base=base, passages=passages)


def _amend_form(consultation: Consultation, base: Edition, chosen: Sequence[Passage]) -> AmendForm:
    number = numbering.suggested(each.number for each in base.concept.editions).minor
    slug = f"{day_of(now()).year}-{base.concept.slug}-{number}"
    sittings = {each.meeting.slug: each.meeting for each in consultation.sittings}
    form = AmendForm.of(chosen)(number=number, slug=slug, title=base.title, meeting=next(reversed(sittings), ""))
    offer_sittings(form.meeting, sittings.values())
    return form


def _amended(consultation: Consultation, form: AmendForm) -> Edition | None:
    """None where the form says what does not fit."""
    meetings = {each.meeting.slug: each.meeting for each in consultation.sittings}
    try:
        return services.amend_edition(
            consultation,
            wordings=form.kept_texts(),
            dropped=form.dropped(),
            meeting=meetings.get(form.meeting.data),
            slug=form.slug.data.strip(),
            number=form.number.data.strip(),
            title=form.title.data.strip(),
            reason=form.reason.data.strip(),
            allow_incomplete=form.allow_incomplete.data,
            by=current_account(),
        )
    except SlugTaken as error:
        form.slug.errors = [str(error)]
    except (NotANumber, NumberTaken) as error:
        form.number.errors = [str(error)]
    except Incomplete as error:
        form.allow_incomplete.errors = [str(error)]
    except NothingChanged as error:
        form.reason.errors = [str(error)]
    return None


def _is_proposed(edition: Edition, form: CorrectForm) -> bool:
    try:
        services.propose_correction(edition, wordings=form.kept_texts(), reason=form.reason.data, by=_account())
    except TooMuchChanged as error:
        form[f"wording_{error.version_id}"].errors = [str(error)]
    except NothingChanged as error:
        form.reason.errors = [str(error)]
    return not form.errors


def _shown(form: WithTexts) -> list[Shown]:
    kept = form.kept_texts()
    return [
        Shown(each.name, words_by_paragraph(each.text.wording, normalize(kept.get(each.text.version_id, ""))))
        for each in form.passages
    ]


def _tell_what_differs(edition: Edition, base: Edition) -> None:
    """What the working edition does not say, because it had moved on: somebody has to look at it."""
    names = changed.not_followed(queries.catalogue_of(base), queries.catalogue_of(edition), queries.working_catalogue())
    if names:
        flash(
            _("Die Arbeitsfassung sagt inzwischen anderes. Sehen Sie nach: %(names)s.", names="; ".join(names)),
            "warning",
        )


def _show_waiting(correction: Correction, edition: Edition) -> ResponseReturnValue:
    names = {each.text.version_id: each.name for each in changed.passages(queries.catalogue_of(edition))}
    shown = [
        Shown(names[each.version_id], words_by_paragraph(each.version.content, each.wording.current.content))
        for each in correction.passages
    ]
    return render_template(
        "concept/desk/correction.html",
        correction=correction,
        edition=edition,
        shown=shown,
        is_own=correction.made_by_id == _account().id,
        form=FlaskForm(),
    )


def _to_correction(edition: Edition) -> Response:
    return redirect(url_for("changed_editions_desk.correct", slug=edition.slug), 303)


def _account() -> Account:
    account: Account = current_account()
    return account

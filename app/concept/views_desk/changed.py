"""Change a frozen edition: what a body changed in its deliberation, and typing errors; a second person confirms."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.models import Account
from app.concept import changed, origins, queries, rules, services
from app.concept.catalogue import Catalogue
from app.concept.comparison import Run, words_by_paragraph
from app.concept.errors import AnotherConcept, Incomplete, NotHeld, NothingChanged, TooMuchChanged
from app.concept.forms_changed import AmendForm, CompleteForm, CorrectForm, WithTexts
from app.concept.models import Edition, EditionChange, EditionChangeKind
from app.concept.passages import Passage, search
from app.concept.passages import passages as passages_of
from app.concept.services.changed import CORRECTABLE, completed, missing_after, stand_of_catalogue
from app.concept.views_desk.asking import ask_again, is_confirmed, is_to_change
from app.council.models import Consultation, Meeting
from app.db import db, now
from app.drafting.views_desk.keeping import Keeping, keeping
from app.texts.services import normalize
from app.web.access import current_account, requires
from app.web.filters import short_day

bp = Blueprint("changed_editions_desk", __name__, url_prefix="/verwaltung")

FILTER = "filtern"  # the button that looks for texts and chooses none


class Shown(NamedTuple):
    name: str
    words: Sequence[Run]
    goes: bool = False


@bp.route("/beratungen/<int:consultation_id>/aenderung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def amend(consultation_id: int) -> ResponseReturnValue:
    consultation = db.session.get(Consultation, consultation_id) or abort(404)
    base = origins.last_of(consultation.paper) or abort(404)
    if waiting := origins.waiting_change(base):
        return redirect(_url_of(waiting), 303)
    meetings = {each.slug: each for each in consultation.meetings_held(now())}
    if not meetings:
        raise NotHeld
    title, passages = _("Geänderten Wortlaut eintragen"), passages_of(queries.catalogue_of(base))
    chosen = _chosen(passages)
    if FILTER in request.args or not chosen:
        return _choose(title, base, passages, chosen)
    form = AmendForm.of(chosen)(meeting=next(reversed(meetings)))
    form.meeting.choices = [
        SelectChoice(slug, f"{short_day(each.day)}: {each.title}") for slug, each in meetings.items()
    ]
    return _ask(form, title, base, consultation, meetings)


@bp.route("/konzept/<string:slug>/berichtigung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def correct(slug: str) -> ResponseReturnValue:
    edition = queries.find_edition(slug) or abort(404)
    if waiting := origins.waiting_change(edition):
        return redirect(_url_of(waiting), 303)
    if queries.standings([edition])[edition.id] not in CORRECTABLE:
        abort(404)
    title, passages = _("Schreibfehler berichtigen"), passages_of(queries.catalogue_of(edition))
    chosen = _chosen(passages)
    if FILTER in request.args or not chosen:
        return _choose(title, edition, passages, chosen)
    return _ask(CorrectForm.of(chosen)(), title, edition, None, {})


@bp.route("/konzept/<string:slug>/druckfassung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def complete(slug: str) -> ResponseReturnValue:
    edition = queries.find_edition(slug) or abort(404)
    if waiting := origins.waiting_change(edition):
        return redirect(_url_of(waiting), 303)
    if queries.standings([edition])[edition.id] not in CORRECTABLE:
        abort(404)
    form, after = CompleteForm(), completed(edition, now())
    if form.validate_on_submit():
        try:
            change = services.propose_completion(edition, reason=form.reason.data, by=_account())
        except NothingChanged as error:
            form.reason.errors = [str(error)]
        else:
            flash(_("Das wartet jetzt auf eine zweite Person."))
            return redirect(_url_of(change), 303)
    page = render_template("concept/desk/complete.html", form=form, base=edition, **_completion(edition, after))
    return page, 422 if form.errors else 200


@bp.get("/konzept/aenderungen/<int:change_id>")
@requires(rules.can_record_resolutions)
def show(change_id: int) -> ResponseReturnValue:
    change = db.session.get(EditionChange, change_id) or abort(404)
    if change.edition is not None:
        return redirect(url_for("editions.show", slug=change.edition.slug), 303)
    if change.kind is EditionChangeKind.COMPLETED:
        return _show_completion(change)
    catalogue = queries.catalogue_of(change.base)
    passages = {each.text.version_id: each for each in passages_of(catalogue)}
    shown = [
        Shown(
            passages[each.version_id].name,
            words_by_paragraph(each.version.content, each.words),
            goes=each.wording_id is None,
        )
        for each in change.passages
    ]
    dropped = [passages[each.version_id].code for each in change.passages if each.wording_id is None]
    return render_template(
        "concept/desk/waiting_change.html",
        change=change,
        shown=shown,
        missing=missing_after(catalogue, dropped),
        is_own=change.made_by_id == _account().id,
        form=FlaskForm(),
    )


@bp.post("/konzept/aenderungen/<int:change_id>/bestaetigung")
@requires(rules.can_record_resolutions)
def confirm(change_id: int) -> ResponseReturnValue:
    change = db.session.get(EditionChange, change_id) or abort(404)
    edition = services.confirm_change(change, by=_account(), expected_stand=request.form.get("stand"))
    flash(_("Die Fassung %(number)s ist festgehalten.", number=edition.number))
    _tell_what_differs(edition, change.base)
    return redirect(url_for("editions.show", slug=edition.slug), 303)


@bp.post("/konzept/aenderungen/<int:change_id>/rueckzug")
@requires(rules.can_record_resolutions)
def withdraw(change_id: int) -> ResponseReturnValue:
    change = db.session.get(EditionChange, change_id) or abort(404)
    slug = change.base.slug
    services.withdraw_change(change, by=_account())
    flash(_("Die Änderung ist verworfen. An der Fassung ändert sich nichts."))
    return redirect(url_for("editions.show", slug=slug), 303)


def _show_completion(change: EditionChange) -> ResponseReturnValue:
    """As it would be cut now, so that the second person reads what goes out; else why it cannot be."""
    shown: dict[str, object]
    try:
        after = completed(change.base, now())
    except (AnotherConcept, Incomplete) as error:
        shown = {"refusal": str(error)}
    else:
        shown = {"stand": stand_of_catalogue(after), **_completion(change.base, after)}
    return render_template(
        "concept/desk/waiting_change.html",
        change=change,
        is_own=change.made_by_id == _account().id,
        form=FlaskForm(),
        **shown,
    )


def _completion(edition: Edition, after: Catalogue) -> dict[str, object]:
    before = queries.catalogue_of(edition)
    return {
        "shown": [
            Shown(each.name, words_by_paragraph(each.before, each.after), goes=not each.after)
            for each in changed.differences(before, after)
        ],
        "surroundings": changed.other_surroundings(before, after),
    }


def _chosen(passages: Sequence[Passage]) -> list[Passage]:
    """As the address says."""
    ids = set(request.args.getlist("text", int))
    return [each for each in passages if each.text.version_id in ids]


def _choose(title: str, base: Edition, passages: Sequence[Passage], chosen: Sequence[Passage]) -> ResponseReturnValue:
    """Section by section and chapter by chapter, those that were looked for; what is ticked already stays so."""
    asked, place = request.args.get("suche", "").strip(), request.args.get("bereich", "")
    hits = [each for each in search(passages, asked) if each not in chosen and place in ("", each.place)]
    return render_template(
        "concept/desk/choose_texts.html",
        title=title,
        base=base,
        asked=asked,
        place=place,
        places=list(dict.fromkeys(each.place for each in passages)),
        chosen=chosen,
        groups=[(name, list(each)) for name, each in groupby(hits, key=lambda hit: hit.place)],
        filter=FILTER,
    )


def _ask(
    form: AmendForm | CorrectForm,
    title: str,
    base: Edition,
    consultation: Consultation | None,
    meetings: dict[str, Meeting],
) -> ResponseReturnValue:
    """The form, then the page that asks once more, then what waits for a second person."""
    kept = keeping(form)
    if form.validate_on_submit() and not is_to_change():
        if not is_confirmed():
            return ask_again(
                "concept/desk/changed_preview.html", form, shown=_shown(form), facts_shown=_facts(form, base, meetings)
            )
        if change := _proposed(form, base, consultation, meetings, kept):
            flash(_("Das wartet jetzt auf eine zweite Person."))
            return redirect(_url_of(change), 303)
    page = render_template(
        "concept/desk/changed.html",
        form=form,
        title=title,
        base=base,
        consultation=consultation,
        keeping=kept,
        choose_url=f"{request.path}?{urlencode({FILTER: 'ja', 'text': request.args.getlist('text')}, doseq=True)}",
    )
    return page, 422 if form.errors else 200


def _proposed(
    form: AmendForm | CorrectForm,
    base: Edition,
    consultation: Consultation | None,
    meetings: dict[str, Meeting],
    kept: Keeping,
) -> EditionChange | None:
    """None where the form says what does not fit."""
    given: dict[str, Any] = {"wordings": form.kept_texts(), "reason": form.reason.data, "by": _account()}
    try:
        if consultation is None or not isinstance(form, AmendForm):
            return kept.send(lambda: services.propose_correction(base, **given))
        given |= {"dropped": form.dropped(), "allow_incomplete": form.allow_incomplete.data}
        given |= {"meeting": meetings[form.meeting.data], "source": form.source.data or ""}
        return kept.send(lambda: services.propose_amendment(consultation, **given))
    except TooMuchChanged as error:
        form[f"wording_{error.version_id}"].errors = [str(error)]
    except Incomplete as error:
        form.allow_incomplete.errors = [str(error)]
    except NothingChanged as error:
        form.reason.errors = [str(error)]
    return None


def _shown(form: WithTexts) -> list[Shown]:
    """What is different, and nothing else."""
    kept = {version_id: normalize(words) for version_id, words in form.kept_texts().items()}
    return [
        Shown(each.name, words_by_paragraph(each.text.wording, kept.get(id_, "")), goes=id_ not in kept)
        for each in form.passages
        if kept.get(id_ := each.text.version_id) != each.text.wording
    ]


def _facts(form: AmendForm | CorrectForm, base: Edition, meetings: dict[str, Meeting]) -> list[tuple[str, str]]:
    said = [(_("Bisher"), base.number)]
    if isinstance(form, AmendForm):
        meeting = meetings[form.meeting.data]
        said += [(_("Sitzung"), f"{short_day(meeting.day)}: {meeting.title}"), (_("Niederschrift"), form.source.data)]
    return [(name, value) for name, value in [*said, (_("Warum"), form.reason.data)] if value]


def _tell_what_differs(edition: Edition, base: Edition) -> None:
    """What the working edition does not say, because it had moved on: somebody has to look at it."""
    names = changed.not_followed(queries.catalogue_of(base), queries.catalogue_of(edition), queries.working_catalogue())
    if names:
        flash(
            _("Die Arbeitsfassung sagt inzwischen anderes. Sehen Sie nach: %(names)s.", names="; ".join(names)),
            "warning",
        )


def _url_of(change: EditionChange) -> str:
    return url_for("changed_editions_desk.show", change_id=change.id)


def _account() -> Account:
    account: Account = current_account()
    return account

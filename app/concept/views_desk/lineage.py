"""Split, merge and take over again goals and measures; each shows what goes where before it acts."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.concept import lineage, queries, rules, services
from app.concept.comparison import Run, words
from app.concept.errors import GoalMissing, NotAlike, TooFewToMerge, WordingChanged
from app.concept.forms import MeasurePlaceForm, PlaceForm, offer_goals, offer_sections
from app.concept.forms_lineage import MOST_PARTS, MergeForm, SplitForm, version_numbers
from app.concept.models import Goal, Measure
from app.concept.services import Part
from app.concept.views_desk.asking import ask_again, is_confirmed, is_to_change
from app.drafting.views_desk.keeping import keeping
from app.texts import services as texts
from app.web.access import current_account, requires

bp = Blueprint("lineage_desk", __name__, url_prefix="/verwaltung/konzept")


class Noun(NamedTuple):
    """What is done with goals and measures alike."""

    model: type[Goal] | type[Measure]
    find: Callable[[str], Any]
    split: Callable[..., Sequence[Goal | Measure]]
    merge: Callable[..., Goal | Measure]
    plural: str


NOUNS = {
    "ziele": Noun(Goal, queries.get_goal, services.split_goal, services.merge_goals, "goals"),
    "massnahmen": Noun(Measure, queries.get_measure, services.split_measure, services.merge_measures, "measures"),
}


class Shown(NamedTuple):
    """On the page that asks once more: an old wording beside a new one."""

    title: str
    old: str
    new: str
    words: Sequence[Run]
    quote: str  # the words it comes from; empty: the whole
    measures: Sequence[str] | None = None


@bp.route("/<any(ziele,massnahmen):noun>/<string:code>/aufteilung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def split(noun: str, code: str) -> ResponseReturnValue:
    item = _item(noun, code)
    current = item.text.current
    count = min(max(request.args.get("teile", 2, int), 2), MOST_PARTS)
    serving = lineage.serving(item) if isinstance(item, Goal) else []
    form = SplitForm.parts(count, serving)(version_id=str(current.id))
    kept = keeping(form)
    if form.validate_on_submit() and _are_words_of(form, [current.content] * count) and not is_to_change():
        measures = {each.code: each for each in serving}
        if not is_confirmed():
            return ask_again(
                "concept/desk/lineage_preview.html", form, shown=_parts_shown(form, current.content), code=code
            )
        try:
            made = kept.send(
                lambda: NOUNS[noun].split(
                    item,
                    parts=[_part(form, number, measures) for number in range(1, count + 1)],
                    expected_version_id=version_numbers(form.version_id)[0],
                    reason=form.reason.data,
                    by=current_account(),
                )
            )
        except (GoalMissing, WordingChanged) as error:
            form.wording_1.errors = [str(error)]
            form.version_id.data = str(current.id)
        else:
            flash(_("%(code)s ist aufgeteilt. Frühere Fassungen behalten es.", code=code))
            return _back(made[0].code)
    page = render_template(
        "concept/desk/split.html",
        form=form,
        item=item,
        code=code,
        noun=noun,
        count=count,
        most=MOST_PARTS,
        keeping=kept,
    )
    return page, 422 if form.errors else 200


@bp.route("/<any(ziele,massnahmen):noun>/zusammenfuehrung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def merge(noun: str) -> ResponseReturnValue:
    codes = list(dict.fromkeys(request.args.getlist("code")))
    if len(codes) < 2:
        return _choose(noun, codes)
    items = [_item(noun, code) for code in codes]
    olds = [each.text.current for each in items]
    form = MergeForm.of(items)(version_ids=" ".join(str(each.id) for each in olds))
    kept = keeping(form)
    wordings = [each.content for each in olds]
    if form.validate_on_submit() and _are_words_of(form, wordings) and not is_to_change():
        if not is_confirmed():
            shown = _olds_shown(form, codes, wordings)
            return ask_again("concept/desk/lineage_preview.html", form, shown=shown, code="")
        try:
            new = kept.send(
                lambda: NOUNS[noun].merge(
                    items,
                    wording=form.wording.data,
                    words=[_words(form, number) for number in range(1, len(items) + 1)],
                    expected_version_ids=version_numbers(form.version_ids, len(items)),
                    reason=form.reason.data,
                    by=current_account(),
                )
            )
        except (NotAlike, TooFewToMerge, WordingChanged) as error:
            form.wording.errors = [str(error)]
            form.version_ids.data = " ".join(str(each.id) for each in olds)
        else:
            flash(_("%(codes)s sind zusammengeführt.", codes=", ".join(codes)))
            return _back(new.code)
    page = render_template("concept/desk/merge.html", form=form, items=items, noun=noun, keeping=kept)
    return page, 422 if form.errors else 200


@bp.get("/<any(ziele,massnahmen):noun>/fruehere")
@requires(rules.can_edit_concept)
def outside(noun: str) -> ResponseReturnValue:
    return render_template("concept/desk/outside.html", items=lineage.outside(NOUNS[noun].model), noun=noun)


@bp.route("/<any(ziele,massnahmen):noun>/<string:code>/uebernahme", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def carry_over(noun: str, code: str) -> ResponseReturnValue:
    item = NOUNS[noun].find(code)
    if item is None or item.placement is not None:
        abort(404)
    catalogue = queries.working_catalogue()
    form: FlaskForm = MeasurePlaceForm() if isinstance(item, Measure) else PlaceForm()
    offer_sections(form.section, catalogue.sections)
    if isinstance(item, Measure):
        offer_goals(form.goals, catalogue.goals)
    if form.validate_on_submit():
        services.carry_over(
            item,
            section=queries.find_section(form.section.data) or abort(404),
            goals=[queries.get_goal(each) or abort(404) for each in form.goals.data] if "goals" in form else [],
            position=form.position.data,
            reason=form.reason.data,
            by=current_account(),
        )
        flash(_("%(code)s steht wieder in der Arbeitsfassung.", code=code))
        return _back(code)
    page = render_template("concept/desk/carry_over.html", form=form, item=item, code=code, noun=noun)
    return page, 422 if form.errors else 200


def _choose(noun: str, codes: Sequence[str]) -> ResponseReturnValue:
    """Which ones: the choice stands in the address, so that it can be changed."""
    catalogue = queries.working_catalogue()
    return render_template(
        "concept/desk/merge_choice.html",
        groups=[(section, getattr(section, NOUNS[noun].plural)) for section in catalogue.sections],
        noun=noun,
        chosen=codes,
    )


def _are_words_of(form: FlaskForm, wordings: Sequence[str]) -> bool:
    """Each quote stands in its old wording."""
    for number, wording in enumerate(wordings, 1):
        if _words(form, number) not in wording:
            form[f"words_{number}"].errors = [_("Das steht so nicht im alten Wortlaut.")]
    return not form.errors


def _words(form: FlaskForm, number: int) -> str:
    return texts.normalize(form[f"words_{number}"].data or "")


def _part(form: SplitForm, number: int, measures: dict[str, Measure]) -> Part:
    chosen = form.chosen(number)
    return Part(
        wording=form[f"wording_{number}"].data,
        words=_words(form, number),
        measures=None if chosen is None else [measures[code] for code in chosen],
    )


def _parts_shown(form: SplitForm, old: str) -> list[Shown]:
    found = []
    for number in range(1, form.count + 1):
        new = texts.normalize(form[f"wording_{number}"].data)
        title = _("Teil %(number)s", number=number)
        found.append(Shown(title, old, new, words(old, new), _words(form, number), form.chosen(number)))
    return found


def _olds_shown(form: MergeForm, codes: Sequence[str], wordings: Sequence[str]) -> list[Shown]:
    new = texts.normalize(form.wording.data)
    return [
        Shown(_("Von %(code)s", code=code), old, new, words(old, new), _words(form, number))
        for number, (code, old) in enumerate(zip(codes, wordings, strict=True), 1)
    ]


def _item(noun: str, code: str) -> Any:  # noqa: ANN401 -- a Goal or a Measure
    item = NOUNS[noun].find(code)
    return item if item is not None and item.placement is not None else abort(404)


def _back(code: str) -> Response:
    return redirect(url_for("concept_desk.find", code=code), 303)

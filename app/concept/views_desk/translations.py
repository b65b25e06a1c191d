"""Translations of the working edition at the desk: a work list per language, German and translation side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import rules, services, translated
from app.concept.catalogue import Catalogue, Worded
from app.concept.errors import ChangedMeanwhile
from app.concept.forms_desk import PhraseForm, TranslationForm
from app.concept.models import TRANSLATION_STATE_LABELS, TranslationState
from app.concept.passages import passages
from app.concept.translated import Translated
from app.concept.views_desk.working import working_document
from app.drafting.views_desk.keeping import Keeping, keeping
from app.publishing.document import whole
from app.publishing.voice import speaking
from app.web.access import current_account, requires
from app.web.language import PREFIXES, language_name

bp = Blueprint("content_translations_desk", __name__, url_prefix="/verwaltung/konzept/uebersetzungen")
LANGUAGE = f"<any({', '.join(PREFIXES)}):language>"
TONES = {TranslationState.MISSING: "warning", TranslationState.OUTDATED: "warning", TranslationState.HUMAN: "success"}
URGENT = list(TranslationState)  # what is missing first, what people made last


class Line(NamedTuple):
    name: str
    worded: Worded
    found: Translated


@bp.get("")
@requires(rules.can_edit_concept)
def index() -> ResponseReturnValue:
    catalogue = working_document()
    counts = {language: Counter(line.found.state for line in _lines(catalogue, language)) for language in PREFIXES}
    return render_template("concept/desk/translations.html", counts=counts, states=TRANSLATION_STATE_LABELS)


@bp.get(f"/{LANGUAGE}")
@requires(rules.can_edit_concept)
def show(language: str) -> ResponseReturnValue:
    lines = sorted(_lines(working_document(), language), key=lambda line: URGENT.index(line.found.state))
    return render_template(
        "concept/desk/translation_list.html",
        language=language,
        lines=lines,
        states=TRANSLATION_STATE_LABELS,
        tones=TONES,
    )


@bp.route(f"/{LANGUAGE}/<int:version_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def edit(language: str, version_id: int) -> ResponseReturnValue:
    """The German version and its translation; one that was overtaken is told so and shown the new one."""
    lines = _lines(working_document(), language)
    line = next((each for each in lines if each.worded.version_id == version_id), None)
    form = TranslationForm()
    if line is None:
        return _show_overtaken(language, version_id, form, lines)
    if not form.is_submitted() and line.found.latest:
        form.wording.data = line.found.latest.version.content
    kept, source = keeping(form), line.found.source
    if form.validate_on_submit():
        try:
            kept.send(
                lambda: services.translate(
                    source,
                    language=language,
                    wording=form.wording.data,
                    is_machine=form.is_machine.data,
                    by=current_account(),
                )
            )
        except ChangedMeanwhile:
            return _show_overtaken(language, version_id, form, _lines(working_document(), language))
        flash(_("Die Übersetzung ist gespeichert."))
        return redirect(url_for("content_translations_desk.show", language=language), 303)
    return _page(language, line, form, status=422 if form.errors else 200, kept=kept)


@bp.route(f"/{LANGUAGE}/namen", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def names(language: str) -> ResponseReturnValue:
    """Names and titles, one small form each."""
    return phrases_page(
        _phrases(working_document(), language),
        language,
        title=_("Namen und Titel: %(language)s", language=language_name(language)),
        lead=_("Wie Kapitel, Themen, Stellen und Begriffe in dieser Sprache heißen"),
        back=url_for("content_translations_desk.show", language=language),
    )


def phrases_page(phrases: Sequence[str], language: str, *, title: str, lead: str, back: str) -> ResponseReturnValue:
    """The words beside what they are called in another language, each with a form of its own."""
    form = PhraseForm()
    form.phrase.data = _as_it_stands(form.phrase.data or "", phrases)
    if form.validate_on_submit():
        if form.phrase.data not in phrases:
            abort(404)
        services.translate_phrase(
            form.phrase.data,
            language=language,
            wording=form.wording.data,
            is_machine=form.is_machine.data,
            by=current_account(),
        )
        flash(_("Die Übersetzung ist gespeichert."))
        return redirect(request.path, 303)
    page = render_template(
        "concept/desk/translation_names.html",
        title=title,
        lead=lead,
        back=back,
        language=language,
        phrases=phrases,
        found=translated.phrases(language),
        states=TRANSLATION_STATE_LABELS,
        tones=TONES,
        form=form,
    )
    return page, 422 if form.errors else 200


def _as_it_stands(sent: str, phrases: Sequence[str]) -> str:
    """Browsers send two characters for a line end, whatever stood on the page."""
    return next((each for each in phrases if each.splitlines() == sent.splitlines()), sent)


def _page(
    language: str, line: Line, form: TranslationForm, *, status: int, kept: Keeping | None = None
) -> ResponseReturnValue:
    page = render_template(
        "concept/desk/translation.html",
        language=language,
        line=line,
        form=form,
        states=TRANSLATION_STATE_LABELS,
        is_overtaken=status == 409,
        keeping=kept,
    )
    return page, status


def _show_overtaken(
    language: str, version_id: int, form: TranslationForm, lines: Sequence[Line]
) -> ResponseReturnValue:
    """The German text has another version by now: what was typed stays beside the new one."""
    old = translated.work_list([version_id], language).get(version_id) or abort(404)
    line = next((each for each in lines if each.found.source.text_id == old.source.text_id), None) or abort(404)
    return _page(language, line, form, status=409)


def _lines(catalogue: Catalogue, language: str) -> list[Line]:
    held = passages(catalogue)
    found = translated.work_list([each.text.version_id for each in held], language)
    return [Line(each.name, each.text, found[each.text.version_id]) for each in held]


def _phrases(catalogue: Catalogue, language: str) -> list[str]:
    """Names and titles as the printed concept says them, each once."""
    with speaking(language, catalogue) as voice:
        whole(catalogue, None, voice, county="")
    return [phrase for phrase in voice.asked if phrase]

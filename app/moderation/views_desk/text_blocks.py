"""Text blocks at the desk."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.moderation import queries
from app.moderation.forms import EditTextBlockForm, TextBlockForm
from app.moderation.models import BLOCK_KIND_LABELS
from app.moderation.services import text_blocks
from app.proposals import rules
from app.web.access import current_account, requires

bp = Blueprint("text_blocks_desk", __name__, url_prefix="/verwaltung/textbausteine")


@bp.get("")
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    return render_template("moderation/text_blocks.html", blocks=queries.all_text_blocks(), labels=BLOCK_KIND_LABELS)


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_moderate)
def create() -> ResponseReturnValue:
    form = TextBlockForm()
    if form.validate_on_submit():
        block = text_blocks.add(
            kind=form.kind.data, title=form.title.data, content=form.content.data, by=current_account()
        )
        flash(_("„%(title)s“ steht jetzt zur Auswahl.", title=block.title))
        return redirect(url_for("text_blocks_desk.index"), 303)
    return render_template("moderation/text_block.html", form=form, block=None), 422 if form.errors else 200


@bp.route("/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_moderate)
def edit(slug: str) -> ResponseReturnValue:
    block = queries.find_text_block(slug) or abort(404)
    form = EditTextBlockForm(title=block.title, content=block.text.current.content, is_active=block.is_active)
    if form.validate_on_submit():
        text_blocks.revise(
            block,
            title=form.title.data,
            content=form.content.data,
            is_active=form.is_active.data,
            by=current_account(),
        )
        flash(_("„%(title)s“ ist gespeichert.", title=form.title.data))
        return redirect(url_for("text_blocks_desk.index"), 303)
    return render_template("moderation/text_block.html", form=form, block=block), 422 if form.errors else 200

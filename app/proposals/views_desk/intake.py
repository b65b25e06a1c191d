"""Contributions that came by letter, telephone or from a group: somebody of the team types them."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.concept.queries import find_section
from app.db import now
from app.local_time import day_of
from app.proposals import languages, rules
from app.proposals.forms_desk import TypedContributionForm
from app.proposals.models import CHANNEL_LABELS, Channel
from app.proposals.services import intake
from app.proposals.services.intake import Contact, Origin
from app.web.access import current_account, requires

bp = Blueprint("contributions_desk", __name__, url_prefix="/verwaltung/beitraege")
SAME_AGAIN = ("channel", "received_on", "section", "language", "kind")  # a pile of letters differs in the words only


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_moderate)
def create() -> ResponseReturnValue:
    today = day_of(now())
    given = {name: request.args[name] for name in SAME_AGAIN if request.args.get(name)}
    form = TypedContributionForm(today=today, given=given)
    if form.validate_on_submit():
        submission = intake.type_in(
            text=form.text.data,
            title=form.title.data or "",
            kind=form.kind.data,
            language=form.language.data or None,
            translation=form.translation.data or "",
            section=find_section(form.section.data),
            contact=_contact(form),
            origin=Origin(
                Channel(form.channel.data),
                received_on=form.received_on.data,
                organization=form.chosen_organization,
                recorded_by=current_account(),
            ),
        )
        session["typed"] = [submission.proposal.reference, submission.receipt_code]
        return redirect(url_for("contributions_desk.show_receipt", **_same_again(form)), 303)
    return render_template("proposals/desk/type_in.html", form=form), 422 if form.errors else 200


@bp.get("/beleg")
@requires(rules.can_moderate)
def show_receipt() -> ResponseReturnValue:
    reference, code = session.pop("typed", (None, None))
    channel = request.args.get("channel", "")
    page = render_template(
        "proposals/desk/receipt.html",
        reference=reference,
        code=code,
        channel=CHANNEL_LABELS[Channel(channel)] if channel in set(Channel) else "",
        again={name: value for name, value in request.args.items() if name in SAME_AGAIN},
    )
    return page, {"Cache-Control": "no-store"}  # the code is shown once


def _same_again(form: TypedContributionForm) -> dict[str, Any]:
    return {
        "channel": form.channel.data,
        "received_on": form.received_on.data.isoformat(),
        "section": form.section.data or None,
        "language": form.language.data or None,
        "kind": form.kind.data.value,
    }


def _contact(form: TypedContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name="" if form.chosen_organization else form.organization_name.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        language=form.language.data or languages.SOURCE,
    )

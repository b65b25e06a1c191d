"""Money at the desk: lines of a measure, the budget of all measures, the section on costs of a paper."""

from collections.abc import Iterator
from decimal import Decimal

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer

from app import spreadsheets
from app.concept import money, rules, services
from app.concept.cost_centres import cost_centres
from app.concept.errors import ChangedMeanwhile
from app.concept.forms_measures import MoneyForm
from app.concept.models import BUDGET_STATE_LABELS, COST_TYPE_LABELS, BudgetLine
from app.concept.stand import stand_of
from app.concept.views_desk.measures import find
from app.concept.views_desk.working import working_catalogue
from app.council import queries as council
from app.council.errors import PaperSent
from app.council.models import FINANCIAL_EFFECT_LABELS
from app.db import db, now
from app.local_time import day_of
from app.spreadsheets import MIMETYPES, Cell, Sheet
from app.web.access import current_account, requires

bp = Blueprint("money_desk", __name__, url_prefix="/verwaltung/konzept")
papers = Blueprint("paper_money_desk", __name__, url_prefix="/verwaltung/vorlagen")
LABELS = {"states": BUDGET_STATE_LABELS, "cost_types": COST_TYPE_LABELS}
TABLES = {
    "state": lazy_gettext("Nach Stand"),
    "section": lazy_gettext("Nach Thema"),
    "responsible": lazy_gettext("Nach verantwortlicher Stelle"),
    "measure": lazy_gettext("Nach Maßnahme"),
    "cost_centre": lazy_gettext("Nach Kostenstelle"),
}


@bp.route("/massnahmen/<string:code>/geld", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def show_measure(code: str) -> ResponseReturnValue:
    measure, form = find(code), MoneyForm(year=day_of(now()).year)
    if form.validate_on_submit():
        services.add_budget_line(measure, **form.values(), by=current_account())
        flash(_("Der Haushaltsansatz ist eingetragen."))
        return _back(code)
    page = render_template("concept/desk/money.html", measure=measure, form=form, labels=LABELS, confirm=FlaskForm())
    return page, 422 if form.errors else 200


@bp.route("/massnahmen/<string:code>/geld/<int:line_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def change(code: str, line_id: int) -> ResponseReturnValue:
    line, meanwhile = _line(code, line_id), None
    names = ("year", "state", "amount", "cost_type", "cost_centre")
    form = MoneyForm(**{name: getattr(line, name) for name in names}, stand=stand_of(line))
    if form.validate_on_submit():
        try:
            services.change_budget_line(line, **form.values(), by=current_account(), expected_stand=form.expected_stand)
        except ChangedMeanwhile as error:
            line, meanwhile = _line(code, line_id), error
            form.stand.data = stand_of(line)
        else:
            flash(_("Der Haushaltsansatz ist gespeichert."))
            return _back(code)
    page = render_template("concept/desk/budget_line.html", line=line, form=form, meanwhile=meanwhile, labels=LABELS)
    return page, 409 if meanwhile else 422 if form.errors else 200


@bp.post("/massnahmen/<string:code>/geld/<int:line_id>/streichung")
@requires(rules.can_edit_concept)
def remove(code: str, line_id: int) -> ResponseReturnValue:
    services.remove_budget_line(_line(code, line_id), by=current_account())
    flash(_("Der Haushaltsansatz ist gestrichen."))
    return _back(code)


@bp.get("/haushalt")
@requires(rules.can_open_concept_desk)
def overview() -> ResponseReturnValue:
    entries = _entries()
    return render_template(
        "concept/desk/budget.html",
        entries=entries,
        years=money.years_of(entries),
        tables=list(_tables(entries)),
        labels=LABELS,
    )


@bp.get("/haushalt.<any(csv, xlsx):ending>")
@requires(rules.can_open_concept_desk)
def download(ending: str) -> ResponseReturnValue:
    entries = _entries()
    heads, rows = _heads(), list(_rows(entries))
    if ending == "csv":
        content = spreadsheets.csv_of(heads, rows)
    else:
        content = spreadsheets.xlsx_of(Sheet(_("Haushaltsansätze"), heads, rows), *_sum_sheets(entries))
    headers = {"Content-Disposition": f"attachment; filename=haushalt.{ending}"}
    return Response(content, mimetype=MIMETYPES[ending], headers=headers)


@papers.route("/<int:paper_id>/kosten", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def take_over(paper_id: int) -> ResponseReturnValue:
    paper, form = council.find_paper(paper_id) or abort(404), FlaskForm()
    if paper.is_sent:
        raise PaperSent
    offer = money.offer_of(working_catalogue())
    if form.validate_on_submit():
        services.take_over_finances(paper, offer, by=current_account())
        flash(_("Der Satz steht jetzt in der Vorlage. Sie können ihn dort weiter ändern."))
        return redirect(url_for("papers_desk.edit", paper_id=paper.id), 303)
    return render_template(
        "concept/desk/finances.html", paper=paper, offer=offer, form=form, effects=FINANCIAL_EFFECT_LABELS
    )


def _heads() -> list[str]:
    return [
        *(_("Haushaltsjahr"), _("Nummer"), _("Code"), _("Maßnahme"), _("Thema"), _("Verantwortlich")),
        *(_("Betrag in Euro"), _("Stand"), _("Kostenart"), _("Kostenstelle")),
    ]


def _rows(entries: list[money.Entry]) -> Iterator[list[Cell]]:
    for entry in entries:
        measure, line = entry.measure, entry.line
        yield [
            *(line.year, measure.number, measure.code, measure.wording, entry.section.title, measure.responsible_name),
            *(Decimal(line.amount) if line.amount else "", str(BUDGET_STATE_LABELS[line.state])),
            *(str(COST_TYPE_LABELS.get(line.cost_type, line.cost_type)), entry.cost_centre),
        ]


def _sum_sheets(entries: list[money.Entry]) -> Iterator[Sheet]:
    years = [_("%(year)s in Euro", year=year) for year in money.years_of(entries)]
    for label, sums in _tables(entries):
        *rows, total = [
            [row.label, *(each.cell for each in row.sums), row.total.cell, row.total.unknown] for row in sums
        ]
        yield Sheet(label, [label, *years, _("Zusammen in Euro"), _("Posten ohne Zahl")], rows, (42,), total)


def _tables(entries: list[money.Entry]) -> Iterator[tuple[str, list[money.Row]]]:
    """Sums by each key; by cost centre only where one is given."""
    for name, label in TABLES.items():
        if name != "cost_centre" or any(entry.cost_centre for entry in entries):
            yield str(label), money.table(entries, name)


def _entries() -> list[money.Entry]:
    return money.entries_of(working_catalogue(), cost_centres())


def _line(code: str, line_id: int) -> BudgetLine:
    line = db.session.get(BudgetLine, line_id)
    return line if line is not None and line.measure_id == find(code).id else abort(404)


def _back(code: str) -> Answer:
    return redirect(url_for("money_desk.show_measure", code=code), 303)

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import queries, services, vocabularies
from app.concept.errors import FigureInUse
from app.concept.facts import MeasureFacts
from app.concept.models import CatalogueAmendment, Priority, TargetGroup
from app.db import db
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from tests.concept.factories import (
    GoalFactory,
    IndicatorFactory,
    LifeSituationFactory,
    MeasureFactory,
    SectionFactory,
    TargetGroupFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

FACTS = "/verwaltung/konzept/massnahmen/M-001/angaben"
TODAY = date(2026, 1, 1)


@pytest.fixture
def measure():
    """Of a working edition with what can be chosen for it."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache")
    OrganizationFactory(slug="referat", name="Referat Integration")
    LifeSituationFactory(slug="frauen", title="Frauen")
    newcomers = TargetGroupFactory(slug="zugewanderte", title="Zugewanderte")
    TargetGroupFactory(slug="gefluechtete", title="Geflüchtete", merged_into=newcomers)
    IndicatorFactory(slug="kurse-2016", title="Menschen in Kursen", as_of=date(2016, 12, 31), value=Decimal(900))
    IndicatorFactory(slug="kurse-2017", title="Menschen in Kursen", as_of=date(2017, 12, 31), value=Decimal(1480))
    return MeasureFactory(
        code="M-001",
        section=section,
        section__goals=[GoalFactory(section=section)],
        wording="Wir bieten Kurse an.",
        responsible=OrganizationFactory(slug="ami", name="Amt für Migration"),
    )


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def filled(page, **changed):
    """What a browser would send of the form on the page, with these fields changed."""
    form = page.select_one("main form.form-page")
    sent = {tag["name"]: tag.get("value", "") for tag in form.select("input:not([type=checkbox]):not([type=radio])")}
    sent |= {tag["name"]: tag.text.strip() for tag in form.select("textarea")}
    for select_tag in form.select("select"):
        chosen = select_tag.select_one("option[selected]") or select_tag.select_one("option")
        sent[select_tag["name"]] = chosen["value"]
    for box in form.select("input[type=checkbox][checked]"):
        sent.setdefault(box["name"], []).append(box["value"])
    for radio in form.select("input[type=radio][checked]"):
        sent[radio["name"]] = radio["value"]
    return sent | changed


NEW = {
    "responsible": "referat",
    "duration": "permanent",
    "priority": "focus",
    "starts": "März 2019",
    "ends": "2020",
    "life_situations": ["frauen"],
    "target_groups": ["zugewanderte"],
    "indicator": "kurse-2017",
    "target_from": "1.480",
    "target_to": "2.000",
    "target_by": "2020",
    "reason": "Der Kreistag will es so",
}


def test_all_facts_are_changed_at_the_desk_kept_in_the_history_and_shown(client, editor, measure):
    page = client.page(FACTS)
    assert [tag["value"] for tag in page.select("[name=target_groups]")] == ["zugewanderte"]
    assert [tag["value"] for tag in page.select("[name=indicator] option")] == ["", "kurse-2017"]

    assert client.post(FACTS, data=filled(page, **NEW)).location == "/verwaltung/konzept/stelle/M-001"

    entry = queries.working_catalogue().measure("M-001")
    assert (entry.responsible, entry.duration, entry.priority, entry.starts, entry.ends, entry.life_situations) == (
        "referat",
        "permanent",
        "focus",
        ProcessDate("2019-03"),
        ProcessDate("2020"),
        ("frauen",),
    )
    assert [(each.slug, each.title) for each in entry.target_groups] == [("zugewanderte", "Zugewanderte")]
    assert (entry.target.indicator, entry.target.start, entry.target.goal, entry.target.by) == (
        "kurse-2017",
        "1480",
        "2000",
        ProcessDate("2020"),
    )
    [change] = queries.changes_of(measure)
    assert (change.kind, change.reason, change.made_by_id) == ("amended", "Der Kreistag will es so", editor.id)
    assert {each.field: (each.before, each.after) for each in change.amendments} == {
        "responsible": ("Amt für Migration", "Referat Integration"),
        "duration": ("project", "permanent"),
        "priority": ("normal", "focus"),
        "starts": ("", "2019-03"),
        "ends": ("", "2020"),
        "life_situations": ("", "Frauen"),
        "target_groups": ("", "Zugewanderte"),
        "indicator": ("", "Menschen in Kursen"),
        "target_from": ("", "1480"),
        "target_to": ("", "2000"),
        "target_by": ("", "2020"),
    }
    shown = client.page("/massnahmen/M-001")
    assert "Menschen in Kursen: von 1.480 auf 2.000 Personen, bis 2020" in texts(shown, ".facts dd")
    assert texts(shown, ".amendments .timeline-text")[1:4] == [
        "Dauer: bisher Projekt, jetzt Daueraufgabe",
        "Vorrang: bisher normal, jetzt Schwerpunkt",
        "Beginn: bisher nichts, jetzt März 2019",
    ]
    assert texts(shown, ".amendments .timeline-text")[-1] == "Grund: Der Kreistag will es so"


def test_two_who_change_facts_at_once_see_each_other(client, editor, measure):
    page = client.page(FACTS)
    mine = filled(page, priority="quick_win", reason="Geht schnell")
    theirs = filled(page, life_situations=["frauen"], reason="Frauen fehlten")
    assert client.post(FACTS, data=theirs).status_code == 303

    conflict = client.page(FACTS, 409, "POST", data=mine)

    assert "Frauen" in texts(conflict, ".notice dd")
    assert conflict.select_one("[name=priority] option[selected]")["value"] == "quick_win"
    assert measure.priority is Priority.NORMAL
    assert client.post(FACTS, data=filled(conflict)).status_code == 303
    db.session.refresh(measure)
    assert (measure.priority, measure.life_situations) == (Priority.QUICK_WIN, [])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts": "2020", "ends": "2019"}, "ends"),
        ({"starts": "irgendwann"}, "starts"),
        ({"target_to": "viele"}, "target_to"),
        ({"target_to": "5", "indicator": ""}, "indicator"),
        ({"target_by": "2020", "indicator": ""}, "indicator"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(client, editor, measure, given, field):
    sent = filled(client.page(FACTS), **{"reason": "Weil", "life_situations": ["frauen"], **given})

    page = client.page(FACTS, 422, "POST", data=sent)

    assert [tag["id"] for tag in page.select(".kern-error")] == [f"{field}-error"]
    assert filled(page) == sent
    assert db.session.scalars(select(CatalogueAmendment)).all() == []


def test_only_editors_change_facts_and_only_of_measures_that_stand(client, editor, measure):
    services.drop_measure(measure, reason="Erledigt", by=None)
    client.page(FACTS, 404)

    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    client.page(FACTS, 403)


def test_the_same_facts_leave_no_trace_and_others_need_a_reason(measure):
    services.amend_measure(measure, MeasureFacts(responsible=measure.responsible), reason="", by=None)
    assert list(queries.changes_of(measure)) == []

    with pytest.raises(ReasonMissing):
        services.amend_measure(
            measure, MeasureFacts(responsible=measure.responsible, priority=Priority.FOCUS), reason=" ", by=None
        )


def test_old_terms_stay_with_the_measure_that_has_them(measure):
    [old] = [each for each in vocabularies.choosable(TargetGroup, on=TODAY) if each.slug == "zugewanderte"]
    services.amend_measure(
        measure, MeasureFacts(responsible=measure.responsible, target_groups=[old]), reason="Für alle", by=None
    )
    old.merged_into = TargetGroupFactory(slug="alle", title="Alle")
    db.session.flush()

    assert [each.slug for each in vocabularies.choosable(TargetGroup, on=TODAY)] == ["alle"]
    assert [each.slug for each in vocabularies.choosable(TargetGroup, on=TODAY, of=measure)] == ["zugewanderte", "alle"]


def test_a_figure_that_a_measure_is_to_change_is_not_removed(measure):
    [figure] = queries.indicators()
    services.amend_measure(
        measure, MeasureFacts(responsible=measure.responsible, indicator=figure), reason="Messbar", by=None
    )

    with pytest.raises(FigureInUse, match="M-001"):
        services.remove_entry(figure, by=None)

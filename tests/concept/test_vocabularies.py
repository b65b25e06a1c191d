import pytest

from app.accounts.models import Role
from app.concept.models import LifeSituation, MeasureLifeSituation, TargetGroup, TermChange
from app.db import db
from app.process_date import ProcessDate
from tests.concept.factories import LifeSituationFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.factories import AccountFactory

DESK = "/verwaltung/konzept/begriffe"


@pytest.fixture
def editor(client):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_terms_begin_end_and_are_merged_with_their_history(client, editor):
    for title in ("Geflüchtete", "Zugewanderte"):
        client.post(f"{DESK}/zielgruppen/neu", data={"title": title, "valid": "seit 2016", "reason": "Vorlage 2016"})
    again = client.page(f"{DESK}/zielgruppen/neu", 422, "POST", data={"title": "Geflüchtete", "reason": "Noch einmal"})
    assert "gibt es schon" in again.select_one("#title-error").text
    old, new = db.session.query(TargetGroup).order_by(TargetGroup.id)
    address = f"{DESK}/zielgruppen/{old.id}"
    stand = client.page(address).select_one("[name=stand]")["value"]

    data = {"title": "Geflüchtete", "valid": "2016 bis 2017", "merged_into": new.slug, "stand": stand}
    client.page(address, 422, "POST", data=data)
    client.post(address, data=data | {"reason": "Die Unterscheidung ist aufgehoben"})

    assert (old.merged_into, old.valid) == (new, ProcessDate("2016/2017"))
    assert texts(client.page(DESK), ".status") == ["nicht mehr zur Wahl"]
    assert texts(client.page(address), ".timeline-title") == [
        "Geflüchtete (2016 bis 2017), aufgegangen in „Zugewanderte“",
        "Geflüchtete (seit 2016)",
    ]
    client.page(address, 409, "POST", data=data | {"reason": "Zu spät"})
    back = f"{DESK}/zielgruppen/{new.id}"
    circle = {"title": new.title, "merged_into": old.slug, "reason": "Kreis"}
    circle["stand"] = client.page(back).select_one("[name=stand]")["value"]
    assert "in sich selbst" in client.page(back, 422, "POST", data=circle).select_one("#merged_into-error").text


def test_a_term_in_use_keeps_its_name_and_what_bears_it_keeps_it(client, editor):
    WorkingEditionFactory()
    free, used = LifeSituationFactory(slug="frei", title="Frei"), LifeSituationFactory(slug="frauen", title="Frauen")
    measure = MeasureFactory(section=SectionFactory())
    measure.life_situations = [MeasureLifeSituation(life_situation=used)]
    db.session.flush()
    for term, status in ((free, 303), (used, 422)):
        address = f"{DESK}/lebenslagen/{term.id}"
        stand = client.page(address).select_one("[name=stand]")["value"]
        data = {"title": "Anders", "valid": "", "merged_into": "", "reason": "Klarer", "stand": stand}
        assert client.post(address, data=data).status_code == status

    titles = {each.slug: each.title for each in db.session.query(LifeSituation)}
    assert titles == {"frei": "Anders", "frauen": "Frauen"}
    assert [each.title for each in db.session.query(TermChange)] == ["Anders"]


def test_only_editors_change_terms(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    for path in ("", "/lebenslagen/neu", f"/lebenslagen/{LifeSituationFactory().id}"):
        client.page(f"{DESK}{path}", 403)

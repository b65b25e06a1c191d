import pytest

from app.accounts.models import Role
from app.concept import queries, services
from tests.concept.factories import GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.factories import AccountFactory

OLD = "Kurse am Abend und Kinderbetreuung gibt es überall."
DESK = "/verwaltung/konzept"


@pytest.fixture
def section(client):
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    goals = [GoalFactory(section=section, code="Z-001", wording=OLD), GoalFactory(section=section, code="Z-002")]
    MeasureFactory(section=section, section__goals=goals[:1], code="M-001")
    MeasureFactory(section=section, section__goals=goals, code="M-002")
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    return section


def kept(page):
    """What the page that asks once more sends."""
    return [(tag["name"], tag["value"]) for tag in page.select("form input[type=hidden]")]


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def sent(pairs):
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def test_split_shows_what_goes_where_and_then_does_it(client, section):
    address = f"{DESK}/ziele/Z-001/aufteilung"
    version_id = client.page(address).select_one("input[name=version_id]")["value"]
    data = {
        "version_id": version_id,
        "wording_1": "Kurse gibt es am Abend.",
        "words_1": "Kurse am Abend",
        "measures_1": ["M-001"],
        "wording_2": "Kinder werden betreut.",
        "words_2": "",
        "measures_2": ["M-002"],
        "reason": "Zwei Dinge",
    }

    asked = client.page(address, 200, "POST", data=data)
    assert texts(asked, ".side-by-side div:last-child .muted") == ["Maßnahmen: M-001", "Maßnahmen: M-002"]
    assert [each.code for each in queries.working_catalogue().goals] == ["Z-001", "Z-002"]
    again = client.page(address, 200, "POST", data=sent([*kept(asked), ("aendern", "ja")]))
    assert again.select_one("textarea[name=wording_2]").text.strip() == "Kinder werden betreut."

    assert client.post(address, data=sent(kept(asked))).location == f"{DESK}/stelle/Z-003"
    found = queries.working_catalogue()
    assert {each.code: each.goals for each in found.measures} == {"M-001": ("Z-003",), "M-002": ("Z-002", "Z-004")}
    old = client.page("/ziele/Z-001")
    assert texts(old, ".page-body .notice-text p") == [
        "Aufgeteilt. Das steht nicht mehr in der Arbeitsfassung. Grund: Zwei Dinge",
        "Weiter bei: Z-003, Z-004",
    ]
    assert "Folgt aus: Z-001" in texts(client.page("/ziele/Z-003"), "main p")


def test_split_says_at_the_field_what_does_not_fit(client, section):
    address = f"{DESK}/ziele/Z-001/aufteilung?teile=3"
    data = {"wording_1": "Eins.", "words_1": "Steht nicht da", "wording_2": "Zwei.", "wording_3": "", "reason": "Drei"}

    page = client.page(address, 422, "POST", data=data)

    assert "Schreiben Sie den Wortlaut." in page.select_one("#wording_3-error").text
    page = client.page(address, 422, "POST", data=data | {"wording_3": "Drei."})
    assert "Das steht so nicht" in page.select_one("#words_1-error").text
    confirmed = data | {"wording_3": "Drei.", "words_1": "", "bestaetigt": "ja"}
    page = client.page(address, 422, "POST", data=confirmed)
    assert "Jemand hat den Wortlaut inzwischen geändert." in page.select_one("#wording_1-error").text


def test_merge_measures_from_the_choice_to_the_new_one(client, section):
    assert len(client.page(f"{DESK}/massnahmen/zusammenfuehrung").select("input[name=code]")) == 2
    address = f"{DESK}/massnahmen/zusammenfuehrung?code=M-001&code=M-002"
    version_ids = client.page(address).select_one("input[name=version_ids]")["value"]
    data = {"version_ids": version_ids, "wording": "Wir tun beides.", "reason": "Ein Amt"}

    asked = client.page(address, 200, "POST", data=data)
    assert texts(asked, "h2")[:2] == ["Von M-001", "Von M-002"]
    assert client.post(address, data=sent(kept(asked))).location == f"{DESK}/stelle/M-003"

    [new] = queries.working_catalogue().measures
    assert (new.goals, new.follows) == (("Z-001", "Z-002"), ("M-001", "M-002"))
    assert "Zusammengeführt." in client.page("/massnahmen/M-001").select_one(".page-body .notice").text


def test_what_was_dropped_is_taken_over_again(client, section):
    services.drop_measure(queries.get_measure("M-001"), reason="Erledigt", by=None)
    assert texts(client.page(f"{DESK}/massnahmen/fruehere"), ".concept-actions a") == ["Wieder aufnehmen M-001"]
    address = f"{DESK}/massnahmen/M-001/uebernahme"
    client.page(address)

    data = {"section": "sprache", "goals": ["Z-002"], "reason": "Doch nötig"}
    assert client.post(address, data=data).location == f"{DESK}/stelle/M-001"
    assert queries.working_catalogue().measure("M-001").goals == ("Z-002",)
    client.page(address, 404)


def test_only_editors_split_merge_and_take_over(client, section):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    for path in ("ziele/Z-001/aufteilung", "ziele/zusammenfuehrung", "ziele/fruehere", "ziele/Z-001/uebernahme"):
        client.page(f"{DESK}/{path}", 403)

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.decisions.services import decisions
from app.proposals import queries
from app.proposals.models import Condensation, DecisionOutcome, EndingKind, Support
from app.proposals.services import intake, supports
from app.texts.services import Span
from app.workbench import grouping
from app.workbench.services import condensation as services
from app.workbench.services import objections
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, ThemeTableFactory, working_section

DESK = "/verwaltung/zusammenfuehrung"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture(autouse=True)
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def condense(*proposals, wording="Mehr Bänke"):
    sources = [Source(Span.whole(each.text.current)) for each in proposals]
    return services.condense(wording=wording, sources=sources, by=None)


def ends(condensation):
    return [
        (link.source.quote(link.source_start, link.source_end), link.target.quote(link.target_start, link.target_end))
        for link in queries.sources_of(condensation)
    ]


def test_groups_show_what_belongs_together_and_what_is_used(client):
    bench = ProposalFactory(content="Mehr Sitzbänke am Rathaus. Und Licht.")
    alike = ProposalFactory(content="Sitzbänke vor dem Rathaus wären schön.")
    other = ProposalFactory(content="Deutschkurse am Abend.")
    used = condense(ProposalFactory(content="Ganz verwendet."), wording="Alles")
    half = services.condense(wording="Licht", sources=[Source(Span.of(bench.text.current, "Und Licht."))], by=None)

    page = client.page(DESK)

    assert [int(box["value"]) for box in page.select("input[name=beitrag]")] == [bench.id, alike.id, other.id]
    assert texts(page, ".cluster summary strong")[0] == "Sitzbänke, Rathaus"
    assert texts(page, "mark.used") == [f"Und Licht. verwendet in {half.id}"]
    together = [link["href"] for link in page.select(".cluster .action-link")]
    assert together == [f"{DESK}/neu?beitrag={bench.id}&beitrag={alike.id}"]
    assert len(client.page(f"{DESK}?alle=ja").select("input[name=beitrag]")) == 4
    assert used.id in {each.id for each in db.session.scalars(select(Condensation))}


def test_groups_are_narrowed(client):
    section, table = working_section(), ThemeTableFactory()
    first = ProposalFactory(content="Bänke am Tisch", section=section, table=table, event=table.event)
    second = ProposalFactory(content="Benches, please", language="en", german="Bänke, bitte")

    def found(query):
        return [int(box["value"]) for box in client.page(f"{DESK}?{query}").select("input[name=beitrag]")]

    assert found(f"feld={section.slug}") == [first.id]
    assert found(f"veranstaltung={table.event_id}&tisch={table.id}") == [first.id]
    assert found("sprache=en") == [second.id]
    assert sorted(found("suche=bänke")) == [first.id, second.id]
    assert found("suche=nirgends") == []


def test_too_many_for_groups_says_what_to_do(client, monkeypatch):
    section = working_section()
    ProposalFactory.create_batch(2, content="Mehr Sitzbänke am Rathaus", section=section)
    ProposalFactory(content="Mehr Sitzbänke am Rathaus")
    monkeypatch.setattr(grouping, "LARGEST", 2)

    page = client.page(DESK)

    [said] = texts(page, ".notice-text p")
    assert said == (
        "Zu viele für Gruppen. Mehr als 2 Beiträge auf einmal lassen sich nicht nach Ähnlichkeit gruppieren. "
        "Grenzen Sie oben ein: nach Thema, Aufruf, Veranstaltung oder Tisch."
    )
    assert (texts(page, "main h2"), len(page.select(".cluster"))) == (["3 Beiträge"], 3)
    narrowed = client.page(f"{DESK}?feld={section.slug}")
    assert (narrowed.select(".notice"), len(narrowed.select(".cluster"))) == ([], 1)


def test_groups_come_in_pages_and_ask_as_often_for_three_as_for_one(client, count_queries):
    def ask():
        db.session.expire_all()
        with count_queries() as statements:
            client.page(DESK)
        return len(statements)

    ProposalFactory(content="Mehr Bänke.", german="Mehr Bänke.", table=ThemeTableFactory())
    one = ask()
    for content in ("Mehr Licht.", "Mehr Bänke am See."):
        condense(ProposalFactory(content=f"{content} Bitte.", table=ThemeTableFactory()), wording=content)
        ProposalFactory(content=content, german=content, table=ThemeTableFactory())
    assert (one, ask()) == (19, 19)
    ProposalFactory.create_batch(70)
    page = client.page(DESK)
    assert len(page.select("input[name=beitrag]")) <= 60
    assert page.select("a[rel=next]") != []


def test_unused_sentences_are_listed_and_lead_to_the_workbench(client):
    bench = ProposalFactory(content="Mehr Bänke am See. Und Licht. Danke.")
    version = bench.text.current
    services.condense(
        wording="Bänke",
        sources=[Source(Span.of(version, "Mehr Bänke")), Source(Span.of(version, "Und Licht."))],
        by=None,
    )

    page = client.page(f"{DESK}/offen")

    assert texts(page, ".unused-sentences .kern-form-check") == ["Mehr Bänke am See. zum Teil verwendet", "Danke."]
    [_, danke] = [box["value"] for box in page.select("input[name=passage]")]
    page = client.page(f"{DESK}/neu?passage={danke}")
    assert [box["value"] for box in page.select("fieldset input[name=passage][checked]")] == [danke]
    assert len(page.select("mark.used")) == 2


def test_condensing_ticks_sentences_and_names_their_words(client):
    section = working_section()
    first = ProposalFactory(content="Nur vormittags! Bitte auch abends.", section=section)
    second = ProposalFactory(content="Could it be online?", language="en", german="Ginge es online?")
    address = f"{DESK}/neu?beitrag={first.id}&beitrag={second.id}"
    boxes = [box["value"] for box in client.page(address).select("input[name=passage]")]
    assert len(boxes) == 3
    typed = {"wording": "Kurse abends und online", "passage": boxes[1:], f"worte-{boxes[1]}": "samstags"}
    page = client.page(address, 422, "POST", data=typed)
    assert len(page.select("fieldset input[name=passage][checked]")) == 2
    assert page.select_one(f'input[name="worte-{boxes[1]}"]')["value"] == "samstags"
    client.page(address, 422, "POST", data={"wording": "Kurse"})
    shown = client.page(address, 200, "POST", data={"passage": boxes[1:], "zeigen": "ja"})
    assert len(shown.select(".marked-passages li")) == 2

    saved = client.post(address, data=typed | {f"worte-{boxes[1]}": "abends", "section": section.slug})

    [condensation] = db.session.scalars(select(Condensation))
    assert (saved.status_code, saved.location) == (303, f"{DESK}/{condensation.id}")
    assert ends(condensation) == [
        ("Could it be online?", "Kurse abends und online"),
        ("Bitte auch abends.", "abends"),
    ]
    assert condensation.section == section
    page = client.page(saved.location)
    assert texts(page, ".footnotes li") == ["„Bitte auch abends.“", "„Could it be online?“"]


def test_condensing_takes_a_part_of_a_sentence_that_was_typed_or_selected(client):
    proposal = ProposalFactory(content="Nur vormittags geht es nicht.")
    version = proposal.text.current
    address = f"{DESK}/neu?beitrag={proposal.id}"
    page = client.page(address, 422, "POST", data={"wording": "x", f"stelle-{version.id}": "steht nirgends"})
    assert page.select_one(f"#stelle-{version.id}")["value"] == "steht nirgends"
    assert page.select_one(f"#stelle-{version.id}")["aria-invalid"] == "true"

    client.post(
        address,
        data={"wording": "Kurse", f"stelle-{version.id}": "vormittags", "passage": f"{version.id}:15:19"},
    )

    [condensation] = db.session.scalars(select(Condensation))
    assert [quote for quote, _ in ends(condensation)] == ["vormittags", "geht"]


@pytest.mark.parametrize(
    "value", ["1", "x:0:3", "1:0:99999", "1:5:5", "99999999999999:0:1", "²:0:1", "-1:0:1", "", "🚲:1:2"]
)
def test_condensing_takes_nothing_from_a_passage_that_is_none(client, value):
    proposal = ProposalFactory(content="Mehr Bänke.")

    client.page(f"{DESK}/neu?beitrag={proposal.id}", 422, "POST", data={"wording": "Kurse", "passage": value})
    assert client.get(f"{DESK}/neu?passage={value}").status_code in {200, 303}

    assert db.session.scalars(select(Condensation)).all() == []


def test_condensing_without_contributions_leads_back(client):
    assert client.get(f"{DESK}/neu").location == DESK
    assert client.get(f"{DESK}/404").status_code == 404
    assert client.get(f"{DESK}/404/wortlaut").status_code == 404


def test_condensation_is_reworded_with_what_was_marked_before(client):
    first, second = ProposalFactory(content="Abends. Danke."), ProposalFactory(content="Online.")
    passage = Span.of(first.text.current, "Abends.")
    condensation = services.condense(wording="Kurse abends", sources=[Source(passage, "abends")], by=None)
    address = f"{DESK}/{condensation.id}/wortlaut?beitrag={second.id}"
    page = client.page(address)
    [ticked] = [box["value"] for box in page.select("fieldset input[name=passage][checked]")]
    assert page.select_one(f'input[name="worte-{ticked}"]')["value"] == "abends"
    seen = page.select_one("input[name=based_on]")["value"]
    kept = {"based_on": seen, "passage": ticked}
    client.page(address, 422, "POST", data=kept | {"wording": "Kurse", f"worte-{ticked}": "abends"})
    boxes = [box["value"] for box in page.select("fieldset input[name=passage]")]

    new = kept | {"wording": "Kurse abends und online", "passage": [boxes[0], boxes[2]]}
    client.post(address, data=new)

    assert [version.content for version in condensation.text.versions] == ["Kurse abends", "Kurse abends und online"]
    page = client.page(address, 422, "POST", data=new | {"wording": "Anders"})  # somebody else was quicker
    assert "hat sich inzwischen geändert" in page.main.text
    page = client.page(f"{DESK}/{condensation.id}/vergleich?von=1&bis=2")
    assert texts(page, "ins") == ["neu: und online;"]
    assert texts(page, ".workbench-beside li") == ["„Abends.“", "„Abends.“", "„Online.“"]
    client.page(f"{DESK}/{condensation.id}/vergleich?von=9&bis=-1")


def test_condensation_leaves_out_what_was_withdrawn_when_it_is_reworded(client):
    stays, goes = ProposalFactory(content="Bänke."), ProposalFactory(content="Licht.")
    condensation = condense(stays, goes)
    intake.withdraw(goes)
    page = client.page(f"{DESK}/{condensation.id}/wortlaut")
    boxes = [box["value"] for box in page.select("fieldset input[name=passage]")]
    seen = page.select_one("input[name=based_on]")["value"]

    client.post(
        f"{DESK}/{condensation.id}/wortlaut", data={"wording": "Mehr Bänke", "passage": boxes, "based_on": seen}
    )

    assert [quote for quote, _ in ends(condensation)] == ["Bänke."]


def test_condensation_shows_supports_of_each_original(client):
    first, second = ProposalFactory(), ProposalFactory()
    for _ in range(2):
        supports.support(first, by=AccountFactory())
    supports.support(second, by=AccountFactory())
    condensation = condense(first, second)

    page = client.page(f"{DESK}/{condensation.id}")

    assert [text for text in texts(page, ".contributions .thread-note") if "Unterstützung" in text] == [
        "2 Unterstützungen",
        "eine Unterstützung",
    ]
    assert {each.proposal for each in db.session.scalars(select(Support))} == {first, second}


def test_condensation_is_split_by_its_passages(client):
    condensation = condense(ProposalFactory(content="Bänke."), ProposalFactory(content="Licht."))
    address = f"{DESK}/{condensation.id}/teilung"
    page = client.page(address)
    bench, light = [box["value"] for box in page.select("input[name=teil-0]")]
    typed = {"parts-0": "Mehr Bänke", "parts-1": "Mehr Licht", "reason": "Zwei Anliegen.", "teil-0": bench}
    page = client.page(address, 422, "POST", data=typed | {"teil-1": bench})
    assert page.select_one("#parts-1").text.strip() == "Mehr Licht"
    assert [box["value"] for box in page.select("input[name=teil-1][checked]")] == [bench]
    client.page(address, 422, "POST", data=typed | {"teil-1": light, "reason": " "})
    client.page(f"{address}?teile=3", 422, "POST", data=typed | {"teil-1": light})

    client.post(address, data=typed | {"teil-1": light})

    assert condensation.ending.kind is EndingKind.SPLIT
    page = client.page(f"{DESK}/{condensation.id}")
    assert [text.partition(": ")[2] for text in texts(page, ".answer li")] == ["Mehr Bänke", "Mehr Licht"]
    assert client.get(address).status_code == 409


def test_condensation_is_dissolved_for_a_reason(client):
    condensation = condense(ProposalFactory(content="Bänke."))
    address = f"{DESK}/{condensation.id}/aufloesung"
    client.page(address)
    client.page(address, 422, "POST", data={"reason": " "})

    client.post(address, data={"reason": "Doch nicht."})

    assert condensation.ending.kind is EndingKind.DISSOLVED
    assert "Doch nicht." in client.page(f"{DESK}/{condensation.id}").main.text
    assert client.page(f"{DESK}/formulierungen").select(".status")[0].text == "aufgelöst"
    assert len(client.page(DESK).select("input[name=beitrag]")) == 1
    assert client.get(address).status_code == 409


def test_condensation_that_is_decided_is_not_taken_back(client):
    condensation = condense(ProposalFactory())
    decisions.decide(condensation, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=AccountFactory())

    for way in ("teilung", "aufloesung"):
        assert client.get(f"{DESK}/{condensation.id}/{way}").status_code == 409
    assert client.page(f"{DESK}/{condensation.id}").select('a[href$="aufloesung"]') == []


def test_objection_waits_at_the_desk_and_is_answered(client):
    proposal = ProposalFactory(content="Bänke mit Lehne.")
    condensation = condense(proposal)
    objection = objections.object_to(
        condensation, version_id=condensation.text.current.id, proposal=proposal, words="Die Lehne!"
    )
    assert f"{DESK}/einsprueche" in [link["href"] for link in client.page(DESK).select("main p > a")]
    assert "Die Lehne!" in client.page(f"{DESK}/einsprueche").main.text
    assert texts(client.page(f"{DESK}/{condensation.id}"), ".status")[1] == "Einspruch offen"
    address = f"{DESK}/einsprueche/{objection.id}"
    assert "bleibt so" in client.page(address).main.text
    client.page(address, 422, "POST", data={"answer": " "})

    client.post(address, data={"answer": "Die Lehne ist mitgemeint."})

    assert not objection.is_open
    assert client.get(address).status_code == 409
    assert client.get(f"{DESK}/einsprueche/404").status_code == 404


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.PARTICIPANT])
def test_desk_is_closed_to_others(app, role):
    condensation = condense(ProposalFactory())
    client = app.test_client()
    if role:
        client.sign_in(AccountFactory(roles=(role,)))

    for way in (
        "",
        "/neu",
        "/offen",
        "/formulierungen",
        "/einsprueche",
        f"/{condensation.id}",
        f"/{condensation.id}/teilung",
    ):
        assert client.get(f"{DESK}{way}").status_code == (403 if role else 303)
    assert client.post(f"{DESK}/{condensation.id}/aufloesung", data={"reason": "x"}).status_code == (
        403 if role else 303
    )
    assert db.session.get_one(Condensation, condensation.id).is_standing

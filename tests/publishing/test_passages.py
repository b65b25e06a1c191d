from app.accounts.models import Role
from app.publishing import passages
from tests.council.factories import PaperFactory
from tests.factories import AccountFactory
from tests.publishing.concepts import large_concept

CATALOGUE = large_concept()


def test_chapters_stand_in_one_table_with_their_numbers():
    lines = passages.chapters(CATALOGUE).splitlines()

    assert lines[:5] == [
        *("### Inhalte und Gliederung", "", "| Kapitel | Inhalt |", "| --- | --- |"),
        "| 1) Vorwort des Landrats | Dieses Kapitel sagt, worum es bei „Vorwort des Landrats“ geht. |",
    ]
    assert len(lines) == 4 + 9


def test_aims_are_counted_and_their_sections_named():
    parts = passages.aims(CATALOGUE).split("\n\n")

    assert parts[1] == (
        "Das Konzept hat 6 Handlungsfelder und 5 Querschnittsthemen. "
        "Dafür nennt es 11 Oberziele, 60 Unterziele und 240 Maßnahmen."
    )
    assert [part.splitlines()[0] for part in parts[2:]] == [
        *("Die Handlungsfelder sind:", "1. Sprache", "Die Querschnittsthemen sind:", "1. Beteiligung"),
    ]


def test_next_steps_say_when_and_who():
    assert passages.next_steps(CATALOGUE) == (
        "### Weitere Schritte\n\nDiese Schritte folgen:\n\n"
        "- Februar/März 2018: Das Konzept wird gedruckt\n- Alle sechs Monate berichtet das Amt (Amt)"
    )


def test_money_is_summed_by_year_and_says_what_is_unknown():
    assert passages.money(CATALOGUE) == (
        "Die Maßnahmen des Konzepts sind so beziffert:\n\n- 2018: 1.080.000 Euro\n\n"
        "60 Maßnahmen sind derzeit nicht bezifferbar."
    )


def test_a_passage_comes_to_the_end_of_what_is_typed_and_nothing_is_saved(client, working):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/texte"
    offered = [button["value"] for button in client.page(address).select("button[name=einsetzen]")]
    typed = {"proposal": "A", "facts": "Von mir.\r\n", "financial": ""}

    page = client.page(address, 200, "POST", data={**typed, "einsetzen": "ziele"})

    assert offered == ["ziele", "schritte"]
    assert page.select_one("#facts").text.strip().splitlines()[:5] == [
        *("Von mir.", "", "### Integrationsziele und Maßnahmen", ""),
        "Das Konzept hat 1 Handlungsfeld. Dafür nennt es 1 Oberziel, 2 Unterziele und 1 Maßnahme.",
    ]
    assert (page.select_one("#proposal").text.strip(), len(paper.facts.versions)) == ("A", 1)
    assert "Gespeichert ist noch nichts." in page.select_one(".notice").text

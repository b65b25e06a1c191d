from app.accounts.models import Role
from app.concept import queries
from app.concept.models import Effect
from app.council.models import ConsultationRole
from app.process_date import ProcessDate
from app.publishing import passages
from app.structures.models import OrganizationKind
from tests.concept.factories import AdoptionFactory, EditionFactory
from tests.council.factories import ConsultationFactory, PaperFactory, ResolutionFactory
from tests.factories import AccountFactory
from tests.publishing.concepts import large_concept
from tests.structures.factories import OrganizationFactory

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


def test_what_was_advised_since_the_last_adoption_is_told_with_what_binds(client, working):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    body = OrganizationFactory(kind=OrganizationKind.COMMITTEE, name="Sozialausschuss")
    concept, day = queries.find_working_edition().concept, ProcessDate("2017-11-27")
    for organization, role, effect in (
        (OrganizationFactory(), ConsultationRole.ADVICE, Effect.PROVISIONAL),  # before the last adoption
        (OrganizationFactory(), ConsultationRole.DECISION, Effect.FINAL),
        (body, ConsultationRole.ADVICE, Effect.PROVISIONAL),
    ):
        consultation = ConsultationFactory(organization=organization, role=role)
        resolution = ResolutionFactory(consultation=consultation, decided=day)
        AdoptionFactory(edition=EditionFactory(concept=concept), resolution=resolution, effect=effect)
    address = f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/texte"
    typed = {"proposal": "A", "facts": "", "financial": ""}

    said = {
        key: client.page(address, 200, "POST", data={**typed, "einsetzen": key}).select_one("#facts").text.split("\n")
        for key in ("vorberatung", "verstaendnis")
    }

    assert [[line.strip() for line in lines if line.strip()] for lines in said.values()] == [
        [
            "### Vorberatung",
            (
                "Der Sozialausschuss hat in seiner Sitzung am 27.11.2017 vorberaten. "
                "Er hat eine vorläufige Version des Konzepts verabschiedet und empfiehlt den Beschlussvorschlag."
            ),
        ],
        ["### Integration", "Integration braucht beide Seiten."],
    ]


def test_a_passage_comes_to_the_end_of_what_is_typed_and_nothing_is_saved(client, working):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/texte"
    offered = [button["value"] for button in client.page(address).select("button[name=einsetzen]")]
    typed = {"proposal": "A", "facts": "Von mir.\r\n", "financial": ""}

    page = client.page(address, 200, "POST", data={**typed, "einsetzen": "ziele"})

    assert offered == ["ziele", "verstaendnis", "schritte"]
    assert page.select_one("#facts").text.strip().splitlines()[:5] == [
        *("Von mir.", "", "### Integrationsziele und Maßnahmen", ""),
        "Das Konzept hat 1 Handlungsfeld. Dafür nennt es 1 Oberziel, 2 Unterziele und 1 Maßnahme.",
    ]
    assert (page.select_one("#proposal").text.strip(), len(paper.facts.versions)) == ("A", 1)
    assert "Gespeichert ist noch nichts." in page.select_one(".notice").text

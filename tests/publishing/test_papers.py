import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.accounts.models import Role
from app.council.models import ConsultationRole
from app.db import db
from app.demo import council, structures
from app.demo.world import World
from tests.council.factories import AnnexFactory, ConsultationFactory, PaperFactory, text
from tests.factories import AccountFactory
from tests.pdfs import failures, text_of
from tests.publishing.corrections import corrected

DATA = Path(__file__).parents[2] / "data" / "konstanz"
FOOTER = re.compile(r"^.*Seite \d+ / \d+$", re.MULTILINE)
# The scan of 2017 begins with the title: what stands above it is the county's data.
HEAD_2017 = (
    "Beschlussvorlage Organisationseinheit Amt für Migration und Integration Beratungsfolge Sitzungsart"
    " Sitzungstermin/e Sozialausschuss 27.11.2017 Steuerungsgruppe Integration Dezember 2017 "
)
SENT = datetime(2017, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def county(app):
    """The county's own structures, meetings and papers, as the demo loads them."""
    world = World(today=date(2026, 11, 22))
    structures.load(DATA, world)
    council.load(DATA, world)
    return world


def printed(client, paper):
    response = client.get(f"/vorlagen/{paper.id}/vorlage.pdf")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    return response.data


def signs(words):
    """Words and what stands between them, one by one."""
    return re.findall(r"\w+|[^\w\s]", words)


def signs_of(pdf):
    """In reading order, without what a page break adds: its foot, a table's head once more, hyphens."""
    pages = FOOTER.sub("", text_of(pdf, "-raw")).replace("\N{SOFT HYPHEN}\n", "")
    return signs(pages.replace("\fKapitel Inhalt\n", ""))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("rahmenkonzept-2016", ""),
        (
            "integrationskonzept-2017",
            HEAD_2017,
        ),
    ],
)
def test_printed_paper_says_word_for_word_what_the_county_printed(client, county, name, head):
    paper = county.papers[name]
    paper.sent_at = SENT
    db.session.commit()

    pdf = printed(client, paper)

    assert signs_of(pdf) == signs(head + corrected(name))
    assert (failures(pdf, "ua1"), failures(pdf, "2a")) == ([], [])


def test_a_draft_says_so_and_is_for_those_who_write_it(client):
    paper = PaperFactory(sent_at=None, number=None, facts=text("### 1. Anlass\n\nEin **Beispiel**."))
    ConsultationFactory(paper=paper, role=ConsultationRole.ADVICE, agenda_item="3")
    ConsultationFactory(paper=paper, role=ConsultationRole.DECISION, agenda_item="7", position=2)
    AnnexFactory(paper=paper, number=1, title="Beispielanlage")
    assert client.get(f"/vorlagen/{paper.id}/vorlage.pdf").status_code == 404
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))

    words = text_of(printed(client, paper))

    assert "Entwurf, noch nicht versandt" in words
    assert "Drucksachen-Nr." not in words
    assert "Tagesordnungspunkt" not in words  # each body has its own
    assert "Anlage 1 – Beispielanlage" in words


def test_a_sent_paper_gives_the_same_file_every_time(client):
    paper = PaperFactory(sent_at=SENT)

    assert printed(client, paper) == printed(client, paper)
    assert "Vorlage als PDF" in client.page(f"/vorlagen/{paper.id}").text

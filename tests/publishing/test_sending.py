import contextvars
import io
from hashlib import sha256

import pikepdf
import pytest
import typst
from flask import current_app
from sqlalchemy import text as sql

from app import storage, typesetting
from app.accounts.models import Role
from app.concept import queries as concept
from app.concept import services as editions
from app.concept.models import MeasurePartner
from app.council import queries as council_queries
from app.council import services as council
from app.council.models import AnnexContent
from app.db import db
from app.operations import checks
from app.operations.checks import CheckFailed
from app.pdfs import Pdf
from app.publishing import queries, services, shelf
from app.publishing.outgoing import Outgoing
from app.structures.models import OrganizationKind
from app.texts import services as texts
from app.texts.services import Span
from tests.conftest import recorded_statements
from tests.council.factories import PaperFactory
from tests.factories import AccountFactory
from tests.pdfs import failures, pdf_with, text_of
from tests.structures.factories import OrganizationFactory
from tests.test_migrations import refuse

HEAD = {"slug": "2017-konzept-1.0", "number": "1.0", "title": "Beispielkonzept", "reason": "Der Anfang"}
LATER = HEAD | {"slug": "2017-konzept-1.1", "number": "1.1"}


def words(tag):
    return " ".join(tag.text.split())


@pytest.fixture
def editor(client):
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))


@pytest.fixture
def paper(chapters):
    """A draft with an annex of each kind."""
    measure = concept.get_measure("M-001")
    measure.partners = [
        MeasurePartner(
            organization=OrganizationFactory(slug="verein", name="Beispielverein", kind=OrganizationKind.PARTNER),
            named_at_entry=True,
        )
    ]
    paper = PaperFactory(sent_at=None, number="2017/88", slug="vorlage")
    for title, content in (("Das Konzept", AnnexContent.DOCUMENT), ("Die Tabelle", AnnexContent.TABLE)):
        council.add_annex(paper, title=title, content=content)
    own = Pdf(pdf_with(author="", script="", hidden=("a", b"")), pages=1)
    council.add_annex(paper, title="Ein Gutachten", content=AnnexContent.UPLOAD, file=own)
    return paper


def sent(paper, **more):
    editions.send_paper(paper, **HEAD, by=None)
    assert keep() == len(NAMES)
    return queries.sent_files(paper)


def keep():
    """As the worker does it."""
    with current_app.app_context():
        count = services.keep_sent_files()
    db.session.expire_all()
    return count


def get(client, paper, name):
    response = client.get(f"/vorlagen/{paper.id}/{name}.pdf")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    return response.data


NAMES = ("vorlage", "anlagen/1", "anlagen/2", "anlagen/3")


def test_send_keeps_the_paper_and_each_annex_as_a_file(client, paper):
    files = sent(paper)

    contents = [storage.read(file.key) for file in files]
    assert [(file.sha256, file.size, file.pages) for file in files] == [
        (sha256(content).hexdigest(), len(content), len(pikepdf.open(io.BytesIO(content)).pages))
        for content in contents
    ]
    assert [file.annex and file.annex.number for file in files] == [None, 1, 2, 3]
    assert [file.edition and file.edition.number for file in files] == [None, "1.0", "1.0", None]
    assert [get(client, paper, name) for name in NAMES] == contents
    assert "Anlage 1 zur Vorlage 2017/88" in text_of(contents[1], "-l", "1")
    assert "Anlage 2 zur Vorlage 2017/88: Die Tabelle" in text_of(contents[2], "-l", "1")
    assert [failures(content, "ua1") for content in contents[:3]] == [[], [], []]


def test_what_went_out_stays_whatever_changes_later(client, paper, monkeypatch):
    sent(paper)
    before = [get(client, paper, name) for name in NAMES]

    paper.organization.name = "Ein anderes Amt"
    db.session.flush()
    monkeypatch.setitem(client.application.config, "COUNTY", "Landkreis Anderswo")
    assert keep() == 0

    assert [get(client, paper, name) for name in NAMES] == before
    etag = client.get(f"/vorlagen/{paper.id}/vorlage.pdf").headers["ETag"]
    assert client.get(f"/vorlagen/{paper.id}/vorlage.pdf", headers={"If-None-Match": etag}).status_code == 304


def test_a_draft_has_a_preview_that_says_so_for_those_who_write_it(client, paper, request):
    assert client.get(f"/vorlagen/{paper.id}/anlagen/1.pdf").status_code == 404
    request.getfixturevalue("editor")

    assert "Entwurf: Anlage 1 zur Vorlage 2017/88" in text_of(get(client, paper, "anlagen/1"), "-l", "1")
    assert "Entwurf: Anlage 2 zur Vorlage 2017/88" in text_of(get(client, paper, "anlagen/2"), "-l", "1")
    assert get(client, paper, "anlagen/3") == storage.read(paper.annexes[2].key)
    page = client.page(f"/vorlagen/{paper.id}")
    assert [words(each) for each in page.select(".sent-files li")] == [
        "Anlage 1 – Das Konzept Vorschau als PDF",
        "Anlage 2 – Die Tabelle Vorschau als PDF",
        "Anlage 3 – Ein Gutachten Vorschau als PDF",
    ]
    client.page(f"/vorlagen/{paper.id}/anlagen/4.pdf", 404)


def test_a_blackened_word_is_gone_at_once_and_the_file_says_why_it_differs(client, paper):
    files = sent(paper)
    old = files[1].key
    measure = concept.get_measure("M-001")
    texts.redact(Span.of(measure.text.current, "Kurse"), role="editor", reason="Ein Name.", by=None)

    for name in ("anlagen/1", "anlagen/2"):
        shown = text_of(get(client, paper, name))
        assert ("Kurse an" in shown, "××××× an." in shown) == (False, True)
    assert keep() == 2
    assert keep() == 0

    [_paper, concept_before, _table_before, _own, concept_now, _table_now] = queries.sent_files(paper)
    assert (concept_before.key, concept_before.sha256) == (None, old.removesuffix(".pdf"))
    with pytest.raises(storage.FileMissing):
        storage.read(old)
    assert sha256(get(client, paper, "anlagen/1")).hexdigest() == concept_now.sha256
    facts = [words(each) for each in client.page(f"/vorlagen/{paper.id}").select(".sent-checksums dd")]
    assert (len(facts), "Grund: Ein Name." in facts[1], concept_before.sha256 in facts[1]) == (4, True, True)
    assert facts[3] == _own.sha256


def test_nobody_waits_while_a_file_is_set_and_what_is_blackened_meanwhile_is_never_kept(own_app, monkeypatch):
    """On SQLite nobody could blacken anything if the one lock for writing were held."""
    app, set_by_typst = own_app(), typst.compile
    with app.app_context():
        paper_id = PaperFactory().id

    def blacken():
        with app.app_context():
            facts = council_queries.find_paper(paper_id).facts.current
            texts.redact(Span.of(facts, "Beispiel"), role="editor", reason="Ein Name.", by=None)

    def meanwhile(*arguments, **options):
        monkeypatch.undo()
        contextvars.Context().run(blacken)
        return set_by_typst(*arguments, **options)

    monkeypatch.setattr(typst, "compile", meanwhile)
    typesetting._compile.cache_clear()
    with app.app_context():
        assert services.keep_sent_files() == 0
        assert services.keep_sent_files() == 1
        [file] = queries.all_sent_files()
        assert "um das ××××××××." in text_of(storage.read(file.key))


def test_what_is_due_is_asked_with_as_many_queries_however_much_was_sent(paper):
    sent(paper)
    first = statements_of_due()
    PaperFactory.create_batch(2)
    assert keep() == 2

    assert statements_of_due() == first == 9


def statements_of_due():
    with current_app.app_context(), recorded_statements() as statements:
        assert shelf.due() == []
    return len(statements)


def test_a_blackened_word_of_the_paper_itself_is_gone_at_once(client, paper):
    sent(paper)
    texts.redact(Span.of(paper.facts.current, "Beispiel"), role="editor", reason="Ein Name.", by=None)

    assert "um das ××××××××." in text_of(get(client, paper, "vorlage"))
    assert keep() == 1
    assert "um das ××××××××." in text_of(get(client, paper, "vorlage"))
    for section in (paper.proposal, paper.financial):
        texts.redact(Span(section.current, 0, 2), role="editor", reason="Ein Name.", by=None)
    assert len(shelf.state_of(Outgoing(paper)).redactions.split()) == 3


def test_a_partner_who_withdraws_is_gone_and_one_who_joins_later_does_not_appear(client, paper):
    sent(paper)
    assert "Beispielverein" in text_of(get(client, paper, "anlagen/2"))
    partner = concept.get_measure("M-001").partners[0]
    partner.named_at_entry = False
    db.session.flush()

    assert "Beispielverein" not in text_of(get(client, paper, "anlagen/2"))
    assert keep() == 2

    partner.named_at_entry = True
    db.session.flush()
    assert keep() == 0
    assert "Beispielverein" not in text_of(get(client, paper, "anlagen/2"))
    facts = [words(each) for each in client.page(f"/vorlagen/{paper.id}").select(".sent-checksums dd")]
    assert "Grund: Ein Partner möchte nicht mehr genannt sein." in facts[2]
    wording = concept.get_measure("M-001").text.current
    texts.redact(Span.of(wording, "Kurse"), role="editor", reason="Ein Name.", by=None)
    assert "Beispielverein" not in text_of(get(client, paper, "anlagen/2"))  # nor in a file made anew


def test_an_edition_changed_on_the_way_has_files_of_its_own(client, paper):
    sent(paper)
    first = get(client, paper, "anlagen/2")
    editions.reword_measure(concept.get_measure("M-001"), wording="Wir bieten mehr an.", reason="Beraten", by=None)

    editions.cut_further(paper, **LATER, by=None)
    assert keep() == 2

    assert [file.edition and file.edition.number for file in queries.sent_files(paper)][-2:] == ["1.1", "1.1"]
    assert get(client, paper, "anlagen/2") == first
    later = client.get(f"/vorlagen/{paper.id}/anlagen/2.pdf?fassung={LATER['slug']}").data
    assert ("Kurse" in text_of(first), "Wir bieten mehr an." in text_of(later)) == (True, True)
    client.page(f"/vorlagen/{paper.id}/anlagen/2.pdf?fassung=unbekannt", 404)
    listed = [words(each) for each in client.page(f"/vorlagen/{paper.id}").select(".sent-files li")]
    assert [each.partition(" PDF")[0] for each in listed] == [
        "Anlage 1 – Das Konzept",
        "In der geänderten Fassung 1.1: Anlage 1 – Das Konzept",
        "Anlage 2 – Die Tabelle",
        "In der geänderten Fassung 1.1: Anlage 2 – Die Tabelle",
        "Anlage 3 – Ein Gutachten",
    ]


def test_the_worker_keeps_what_was_sent_in_another_way(client, paper):
    editions.send_paper(paper, **HEAD, by=None)
    assert "Anlage 1 zur Vorlage" in text_of(get(client, paper, "anlagen/1"), "-l", "1")  # made anew until then

    PaperFactory(sent_at=None)
    assert keep() == 4


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sent_file WHERE id = :id",
        "UPDATE sent_file SET sha256 = 'a' WHERE id = :id",
        "UPDATE sent_file SET pages = 9, key = NULL WHERE id = :id",
        "UPDATE sent_file SET key = 'anders' WHERE id = :id",
        "UPDATE sent_file SET redactions = '1' WHERE id = :id",
        "UPDATE sent_file SET edition_id = NULL WHERE id = :id",
    ],
)
def test_the_database_lets_a_file_go_and_nothing_else(paper, statement):
    file = sent(paper)[1]

    refuse(statement, id=file.id)
    db.session.execute(sql("UPDATE sent_file SET key = NULL WHERE id = :id"), {"id": file.id})
    refuse("UPDATE sent_file SET key = 'wieder' WHERE id = :id", id=file.id)


def test_doctor_finds_a_file_that_was_changed_and_one_that_is_gone(app, paper):
    files = sent(paper)
    assert checks.sent_files(app) == "4 Dateien, wie sie hinausgingen"

    path = storage.file_of(files[1].key)
    path.write_bytes(path.read_bytes() + b"\n")
    storage.file_of(files[2].key).unlink()

    with pytest.raises(CheckFailed) as found:
        checks.sent_files(app)
    assert str(found.value) == f"2 von 4 Dateien fehlen oder sind verändert (/vorlagen/{paper.id}): Ablage prüfen"

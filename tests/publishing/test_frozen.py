"""Frozen means frozen: every way in which somebody could write to an adopted edition, and what stays as it was."""

import inspect
import io
import json

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from werkzeug.routing import AnyConverter, IntegerConverter

from app.accounts.models import Role
from app.concept import exporting, importing, queries, services
from app.concept.catalogue import checksum
from app.concept.errors import EditionDiffers
from app.concept.models import Edition, Effect, Standing
from app.council.models import Outcome
from app.db import db
from app.process_date import ProcessDate
from app.publishing import formats
from app.publishing.document import whole
from app.publishing.voice import speaking
from app.texts import services as texts
from app.texts.services import Span
from tests.concept.files import changed
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.distribution.factories import PrintJobFactory
from tests.factories import AccountFactory
from tests.pdfs import text_of

SLUG = "2017-konzept-1.0"
DESK = ("/verwaltung/konzept", "/verwaltung/vorlagen", "/verwaltung/beratungen", "/verwaltung/druck")
READ_ONLY = ("/api", "/konzept", "/oparl", "/daten")
# What people do beside the editions: a municipality says what it does with an idea, somebody wants to hear of one
BESIDE = {"municipal.take_up", "municipal.take_back", "follows.create_for_idea", "follows.create_for_practice"}


@pytest.fixture
def adopted(chapters):
    """An edition with a chapter of each kind, adopted for good, with its paper, and printed."""
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None))
    edition = services.send_paper(
        consultation.paper,
        slug=SLUG,
        number="1.0",
        title="Beispielkonzept",
        reason="Der Anfang.",
        dated=ProcessDate("2017-12-01"),
        allow_incomplete=True,
        by=None,
    )
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2017-12"), by=None
    )
    PrintJobFactory(edition=edition)
    db.session.commit()
    return edition


def stand(slug=SLUG):
    """All that an edition is: its row, its words, what is printed, and that it is in force."""
    db.session.expire_all()
    edition = queries.find_edition(slug)
    catalogue = queries.catalogue_of(edition)
    with speaking("de", catalogue) as voice:
        made = whole(catalogue, edition, voice, county="Landkreis Beispiel")
        printed = text_of(formats.document_as("pdf", made, at=edition.cut_at))
    assert checksum(edition.document) == edition.sha256
    row = {column.key: getattr(edition, column.key) for column in Edition.__table__.columns}
    return row, exporting.export(catalogue, edition), printed, queries.standings([edition])[edition.id]


def values_of(rule, scene):
    """What stands in the address: what the edition holds, else the first there is."""
    known = {
        "paper_id": scene.papers[0].paper_id,
        "consultation_id": scene.papers[0].paper.consultations[0].id,
        "code": "Z-001" if "noun" in rule.arguments else "M-001",
        "slug": "integration" if "verstaendnis" in rule.rule else "sprache",
        "chapter_id": queries.chapters()[1].id,
        "entry_id": db.session.scalar(text("SELECT min(id) FROM indicator")),
        "version_id": queries.get_goal("Z-001").text.current.id,
        "job_id": db.session.scalar(text("SELECT min(id) FROM print_job")),
    }
    return {
        name: chosen(converter.items)
        if isinstance(converter, AnyConverter)
        else known.get(name, 1 if isinstance(converter, IntegerConverter) else "x")
        for name, converter in rule._converters.items()
    }


def chosen(words):
    """Of the words an address may have there."""
    return next((each for each in ("ziele", "kennzahlen", "hoch", "en") if each in words), min(words))


def other_words(page):
    """The form of a page, with something else in each field."""
    given = {}
    for field in BeautifulSoup(page, "html.parser").select("main form [name]"):
        name, kind = field["name"], field.get("type")
        if name == "csrf_token" or kind in {"file", "submit"}:
            continue
        if field.name == "textarea":
            given[name] = f"{field.text.strip()} Ganz anders."
        elif field.name == "select":
            chosen = [each["value"] for each in field.select("option") if each.get("value")]
            given[name] = chosen[-1:]
        elif kind in {"checkbox", "radio"}:
            given[name] = [field.get("value", "y")]
        elif kind in {"hidden", "number", "date"}:
            given[name] = field.get("value", "1")
        else:
            given[name] = f"{field.get('value', '')} anders".strip()
    return given


def writable(app, starts):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(starts) and rule.methods - {"GET", "HEAD", "OPTIONS"}
    ]


def test_no_page_of_the_desk_changes_it(client, app, adopted):
    """Every route below the desk of the concept, of papers and of printing is sent other words, as its form asks."""
    client.sign_in(AccountFactory(roles=(Role.EDITOR, Role.ORGANISER)))
    before = stand()
    statuses = {}
    rules = sorted(
        writable(app, DESK), key=lambda rule: any(word in rule.rule for word in ("streichung", "entfernung"))
    )
    for rule in rules:
        edition = queries.find_edition(SLUG)
        with app.test_request_context():
            _domain, url = app.url_map.bind("127.0.0.1").build, rule.build(values_of(rule, edition))[1]
        shown = client.get(url)
        given = other_words(shown.text) if shown.status_code == 200 else {"reason": "Anders", "wording": "Anders"}
        statuses[rule.endpoint] = client.post(url, data={**given, "reason": "Anders", "bestaetigt": "ja"}).status_code

    assert {status for status in statuses.values() if status >= 500} == set()
    written = {name for name, status in statuses.items() if status == 303}
    assert {"concept_desk.reword", "chapters_desk.edit", "chapters_desk.remove"} <= written
    assert {"document_entries_desk.reword_definition", "concepts_desk.create"} <= written
    assert stand()[:3] == before[:3]


def test_nothing_is_written_where_everybody_reads(app):
    assert {rule.endpoint for rule in writable(app, READ_ONLY)} <= BESIDE


def test_services_take_a_frozen_edition_only_to_decide_on_it_or_to_cut_another_from_it():
    """A new service that is handed an edition has to be looked at, and to stand here."""
    takes = {
        name
        for name in services.__all__
        if inspect.isfunction(found := getattr(services, name))
        and any("Edition" in str(each.annotation) for each in inspect.signature(found).parameters.values())
    }

    assert takes <= {
        "record_resolution",
        "propose_correction",
        "propose_completion",
        "confirm_change",
        "withdraw_change",
        "carry_over",
        "send_about",
    }


def test_no_change_of_the_working_edition_reaches_it(adopted):
    before = stand()

    for goal in list(queries.working_catalogue().goals):
        row = queries.get_goal(goal.code)
        services.reword_goal(row, wording="Ganz anders.", reason="Probe", by=None)
    for measure in list(queries.working_catalogue().measures):
        services.drop_measure(queries.get_measure(measure.code), reason="Probe", by=None)
    for goal in list(queries.working_catalogue().goals):
        services.drop_goal(queries.get_goal(goal.code), reason="Probe", by=None)
    for chapter in list(queries.chapters()):
        services.remove_chapter(chapter, by=None)
    founded = services.found_concept(
        title="Nachfolge", kind=adopted.concept.kind, predecessor=adopted.concept, reason="Probe", by=None
    )

    assert queries.working_catalogue().concept == founded.slug
    assert (queries.working_catalogue().goals, queries.chapters()) == ([], [])
    assert stand()[:3] == before[:3]


STATEMENTS = {
    "edition": "slug number title reason document sha256 cut_at concept_id is_example",
    "paper_edition": "paper_id edition_id",
    "adoption": "edition_id resolution_id organization_id decided effect",
    "text_version": "text_id number language content digest",
    "concept_picture": "key title width height source",
    "print_job": "edition_id",
}


def test_the_database_refuses_to_change_what_it_is_made_of(adopted):
    statements = [
        *(f"UPDATE {table} SET {column} = NULL" for table, columns in STATEMENTS.items() for column in columns.split()),
        *(f"DELETE FROM {table}" for table in STATEMENTS if table != "print_job"),
        "UPDATE edition SET document = document",
        "UPDATE edition SET id = id + 100",
        "UPDATE text_version SET salt = NULL, content = '█' || substr(content, 2)",  # a redaction without its trace
    ]
    done = []
    for statement in statements:
        savepoint = db.session.begin_nested()
        try:
            db.session.execute(text(statement))
        except IntegrityError:
            savepoint.rollback()
        else:
            done.append(statement)

    assert done == []


def test_sqlite_refuses_to_replace_it(adopted):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    columns = ", ".join(column.name for column in Edition.__table__.columns)
    others = columns.replace("document", "'{}'").replace("sha256", "'0'")

    with pytest.raises(IntegrityError, match="append-only"):
        db.session.execute(text(f"REPLACE INTO edition ({columns}) SELECT {others} FROM edition"))


def test_a_changed_file_under_its_address_is_refused(client, adopted):
    before = stand()
    content = exporting.export(queries.catalogue_of(adopted), adopted)

    def change(given):
        given["document"]["title"] = "Anders"
        plain = json.dumps(given["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        given["sha256"] = checksum(plain)

    with pytest.raises(EditionDiffers):
        importing.take_in(changed(content, change), by=None)
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    file = (io.BytesIO(changed(content, change)), "konzept.json")
    assert client.post("/verwaltung/konzept/einlesen", data={"file": file}).status_code == 422
    assert stand() == before


def test_a_redaction_blackens_its_words_and_leaves_document_and_checksum(adopted):
    (row, _file, printed, standing) = stand()

    texts.redact(Span.of(queries.get_goal("Z-001").text.current, "Deutsch"), role="editor", reason="Probe", by=None)

    after = stand()
    assert "Alle lernen Deutsch." in printed
    assert "Alle lernen Deutsch." not in after[2]
    assert (after[0], after[3]) == (row, standing)
    assert standing is Standing.ADOPTED
    assert queries.catalogue_of(queries.find_edition(SLUG)).goal("Z-001").wording == "Alle lernen ███████."

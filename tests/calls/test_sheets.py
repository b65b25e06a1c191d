import io
import zlib
from datetime import date, timedelta

import pikepdf
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from app import storage
from app.accounts.models import Role
from app.calls import queries, scans
from app.calls.errors import (
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    FileUnusable,
    OutsideCall,
    PageTooLarge,
    SheetClosed,
    TooManyPages,
)
from app.calls.models import Sheet, SheetState
from app.calls.services import sheets
from app.db import db, now
from app.errors import InvalidTransition
from app.events.pictures import Picture
from app.proposals.models import Channel, Proposal
from tests.calls.factories import CallFactory, SheetFactory
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory

DESK = "/verwaltung/boegen"
ROLES = (Role.MODERATOR,)


def picture(words="Bogen", kind="JPEG", size=(620, 877)):
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((60, 80), words, fill="black", font_size=40)
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


def pdf(pages, **more):
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    content = io.BytesIO()
    made.save(content, **more)
    return content.getvalue()


def pdf_of_pictures(*words):
    first, *others = [Image.open(io.BytesIO(picture(each))) for each in words]
    content = io.BytesIO()
    first.save(content, "PDF", save_all=True, append_images=others)
    return content.getvalue()


def png_bomb():
    """A few kilobytes that say they are 50,000 by 50,000 pixels."""

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (50_000).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_bomb():
    """A small PDF whose one picture unfolds to more memory than the process may have."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    packed = zlib.compress(packed, 9)
    image = pikepdf.Stream(made, packed)
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=60_000,
        Height=60_000,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]),
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.obj.Contents = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /I Do Q")
    content = io.BytesIO()
    made.save(content, compress_streams=False, recompress_flate=False)
    return content.getvalue()


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=ROLES)
    client.sign_in(account)
    return account


def open_call(**more):
    return CallFactory(opens_at=now() - timedelta(days=9), closes_at=now() + timedelta(days=9), **more)


@pytest.mark.no_database
def test_pictures_and_pages_of_a_pdf_become_pictures_in_their_order():
    found = [scans.pages_of(each) for each in (picture(), picture(kind="PNG"), pdf_of_pictures("Eins", "Zwei", "Drei"))]

    assert [len(pages) for pages in found] == [1, 1, 3]
    assert len({page.content for page in found[2]}) == 3
    sizes = [Image.open(io.BytesIO(page.content)).size for pages in found for page in pages]
    assert sizes == [(page.width, page.height) for pages in found for page in pages]
    assert sizes[-1] == (1414, 2000)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: b"", FileEmpty),
        (lambda: b"x" * (scans.MOST_BYTES + 1), FileTooLarge),
        (lambda: b"Das ist ein Text und kein Bild", FileUnusable),
        (lambda: b"<html><script>alert(1)</script></html>", FileUnusable),
        (lambda: b"\xff\xd8\xff\xe0 kein Bild", FileUnusable),
        (lambda: b"PK\x03\x04" + b"\0" * 100, FileUnusable),
        (lambda: b"%PDF-1.7 abgebrochen", FileUnusable),
        (lambda: picture()[:2000], FileUnusable),
        (lambda: pdf(0), FileUnusable),
        (lambda: pdf(1, encryption=pikepdf.Encryption(owner="a", user="b")), FileEncrypted),
        (lambda: pdf(300), TooManyPages),
        (png_bomb, PageTooLarge),
    ],
    ids=[
        "empty",
        "large",
        "text",
        "html",
        "no-jpeg",
        "zip",
        "torn-pdf",
        "torn-jpeg",
        "no-pages",
        "locked",
        "300",
        "bomb",
    ],
)
def test_a_bad_scan_is_refused_with_its_sentence(make, refusal):
    with pytest.raises(refusal) as caught:
        scans.pages_of(make())

    assert (type(caught.value), str(caught.value)) == (refusal, str(refusal.message))


@pytest.mark.no_database
def test_a_picture_that_unfolds_beyond_all_memory_is_left_white_and_harms_nobody():
    [page] = scans.pages_of(pdf_bomb())

    assert Image.open(io.BytesIO(page.content)).getextrema() == ((255, 255),) * 3


def page_of(words):
    content = picture(words)
    return Picture(content, 620, 877)


def test_pages_become_open_sheets_and_the_same_picture_only_once():
    call, account = CallFactory(), AccountFactory()

    first = sheets.add_sheets(call, [page_of("A"), page_of("B")], received_on=date(2026, 6, 2), by=account)
    second = sheets.add_sheets(call, [page_of("B"), page_of("C"), page_of("C")], received_on=date(2026, 6, 3), by=None)

    assert (first, second) == ((2, 0), (1, 2))
    found = queries.sheets_of(call)
    assert [(each.number, each.state, each.received_on.day) for each in found] == [
        *((1, SheetState.OPEN, 2), (2, SheetState.OPEN, 2), (3, SheetState.OPEN, 3)),
    ]
    assert storage.read(found[0].key) == picture("A")


def test_paper_that_came_too_late_is_no_sheet_of_the_call():
    with pytest.raises(OutsideCall):
        sheets.add_sheets(CallFactory(), [page_of("A")], received_on=date(2026, 7, 1), by=None)
    assert db.session.scalars(select(Sheet)).all() == []


def test_two_people_never_get_the_same_sheet():
    call, one, other = CallFactory(), AccountFactory(), AccountFactory()
    first, second = SheetFactory(call=call, number=1), SheetFactory(call=call, number=2)
    SheetFactory()

    assert sheets.take_next(call, by=one) is first
    assert sheets.take_next(call, by=other) is second
    assert sheets.take_next(call, by=one) is first
    assert sheets.take_next(call, by=AccountFactory()) is None
    first.taken_at = now() - queries.TAKEN_FOR
    assert sheets.take_next(call, by=other) is first


def test_a_sheet_is_done_or_set_aside_once_and_opened_again():
    sheet, other = SheetFactory(), SheetFactory()

    sheets.finish(sheet, by=None)
    sheets.set_aside(other, reason="leer", by=None)

    assert (sheet.state, other.state, other.reason) == (SheetState.DONE, SheetState.SET_ASIDE, "leer")
    with pytest.raises(SheetClosed):
        sheets.finish(other, by=None)
    sheets.reopen(other, by=None)
    assert (other.state, other.reason, other.closed_at) == (SheetState.OPEN, "", None)
    with pytest.raises(InvalidTransition):
        sheets.reopen(other, by=None)


def test_pictures_are_deleted_some_time_after_their_sheet_was_closed():
    kept = storage.keep(picture("Bleibt"), suffix="jpg")
    gone = storage.keep(picture("Geht"), suffix="jpg")
    early = now() - timedelta(days=100)
    done = SheetFactory(key=gone, state=SheetState.DONE, closed_at=early)
    aside = SheetFactory(key=kept, state=SheetState.SET_ASIDE, reason="doppelt", closed_at=early)
    SheetFactory(key=kept, state=SheetState.DONE, closed_at=now())
    waiting = SheetFactory(uploaded_at=early)

    assert sheets.forget_pictures_before(now() - timedelta(days=90)) == 2

    assert (done.key, aside.key, aside.reason, waiting.key is None) == (None, None, "", False)
    with pytest.raises(storage.FileMissing):
        storage.read(gone)
    assert storage.read(kept) == picture("Bleibt")
    with pytest.raises(InvalidTransition):
        sheets.reopen(done, by=None)


def upload(client, call, *contents, **more):
    files = [(io.BytesIO(content), f"scan{number}.pdf") for number, content in enumerate(contents, 1)]
    data = {"files": files, "received_on": (now() - timedelta(days=1)).date().isoformat()} | more
    return client.post(f"{DESK}/{call.id}", data=data, content_type="multipart/form-data")


def test_a_batch_is_uploaded_and_typed_in_sheet_by_sheet(client, moderator):
    section = SectionFactory(slug="wohnen")
    call = open_call(sections=[section])
    upload(client, call, pdf_of_pictures("Eins", "Zwei"), picture("Drei"))
    assert [sheet.number for sheet in queries.sheets_of(call)] == [1, 2, 3]

    at = client.post(f"{DESK}/{call.id}/naechster").location
    page = client.page(at)
    assert client.get(page.select_one(".sheet-frame img")["src"]).mimetype == "image/jpeg"
    form = {
        "text": "Лавка перед ратушею",
        "language": "uk",
        "section": "wohnen",
        "kind": "goal",
        "name": "Beispielperson",
    }
    at = client.post(at, data=form).location
    page = client.page(at)
    assert [quote.text.strip() for quote in page.select(".quote-text")] == ["Лавка перед ратушею"]
    assert page.select_one("#language option[selected]")["value"] == "uk"
    client.post(f"{at}&schritt=fertig", data=form | {"text": "Більше автобусів"})

    found = db.session.scalars(select(Proposal).order_by(Proposal.id)).all()
    first = queries.sheets_of(call)[-1]
    assert [(each.call, each.sheet, each.channel, each.recorded_by_id) for each in found] == [
        (call, first, Channel.LETTER, moderator.id)
    ] * 2
    assert (first.number, first.state, found[0].received_on) == (1, SheetState.DONE, first.received_on)
    assert client.post(at, data=form).status_code == 409
    assert client.post(f"{DESK}/{call.id}/naechster").location == f"{DESK}/bogen/{queries.sheets_of(call)[0].id}"


def test_a_sheet_is_finished_without_a_new_statement_or_set_aside_with_a_reason(client, moderator):
    sheet, other = SheetFactory(), SheetFactory()

    client.post(f"{DESK}/bogen/{sheet.id}/fertig")
    page = client.page(f"{DESK}/bogen/{other.id}/weggelegt", 422, "POST", data={"why": " "})
    assert "warum" in page.select_one("#why-error").text
    client.post(f"{DESK}/bogen/{other.id}/weggelegt", data={"why": "leer"})

    assert (sheet.state, other.state) == (SheetState.DONE, SheetState.SET_ASIDE)
    assert "leer" in client.page(f"{DESK}/bogen/{other.id}").main.text
    client.post(f"{DESK}/bogen/{other.id}/wieder")
    assert other.state is SheetState.OPEN


def test_one_bad_file_stops_the_whole_batch_and_is_named(client, moderator):
    call = open_call()

    answer = upload(client, call, picture("Gut"), b"kein Bild")

    assert (answer.status_code, queries.sheets_of(call)) == (422, [])
    assert "scan2.pdf: Diese Datei lässt sich nicht lesen." in answer.text
    assert upload(client, call).status_code == 422


@pytest.mark.parametrize("days", [-20, 1], ids=["before the call", "tomorrow"])
def test_a_day_that_cannot_be_is_explained_at_its_field(client, moderator, days):
    call = open_call()

    answer = upload(client, call, picture(), received_on=(now() + timedelta(days=days)).date().isoformat())

    assert (answer.status_code, 'id="received_on-error"' in answer.text, queries.sheets_of(call)) == (422, True, [])


def test_wrong_input_beside_the_scan_loses_nothing(client, moderator):
    sheet = SheetFactory()

    page = client.page(f"{DESK}/bogen/{sheet.id}", 422, "POST", data={"text": " ", "kind": "goal", "name": "Bo"})

    assert page.select_one("#name")["value"] == "Bo"
    assert page.select_one("#text-error") is not None
    assert db.session.scalars(select(Proposal)).all() == []


def test_a_picture_that_was_deleted_is_missing_and_its_page_says_so(client, moderator):
    sheet = SheetFactory(key=None, state=SheetState.DONE, closed_at=now())

    assert client.get(f"{DESK}/bogen/{sheet.id}.jpg").status_code == 404
    assert "Das Bild ist gelöscht" in client.page(f"{DESK}/bogen/{sheet.id}").main.text


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.ADMIN, Role.REPRESENTATIVE])
def test_nobody_else_sees_a_scan(client, role):
    sheet = SheetFactory(key=storage.keep(picture("Geheim"), suffix="jpg"))
    if role:
        client.sign_in(AccountFactory(roles=(role,)))

    answers = [client.get(f"{DESK}/bogen/{sheet.id}{ending}") for ending in ("", ".jpg")]

    assert [answer.status_code for answer in answers] == [403 if role else 303] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sheets_asks_as_often_for_three_as_for_one(client, moderator, count_queries, count):
    call = open_call()
    SheetFactory.create_batch(count, call=call)

    with count_queries() as statements:
        page = client.page(f"{DESK}/{call.id}")

    assert len(page.select("tbody tr")) == count
    assert len(statements) == 10


def test_the_desk_counts_what_waits(client, moderator):
    call = open_call(title="Wohnen")
    SheetFactory.create_batch(2, call=call)
    SheetFactory(call=call, state=SheetState.DONE, closed_at=now())

    assert [cell.text.strip() for cell in client.page(DESK).select("td .cell")][1:] == ["2"]
    assert client.page("/verwaltung").find("a", href=DESK).select_one(".counts-number").text == "2"

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from app import pdfs, storage
from app.accounts.models import Role
from app.db import db, now
from app.moderation.services import moderation
from app.proposals import attachments as files
from app.proposals import exports
from app.proposals.attachments import FileRefused, Upload
from app.proposals.errors import TooManyFiles
from app.proposals.models import Attachment, Proposal, ProposalState
from app.proposals.services import attachments, intake
from app.proposals.services.intake import Statement
from tests.events.test_pictures import GPS, MAKE, picture, png_that_claims
from tests.factories import AccountFactory
from tests.pdfs import pdf_that_acts, pdf_with
from tests.proposals.factories import ProposalFactory

NEW = "/vorschlaege/neu"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def sent(content, name="Bank.jpg", description=""):
    return {"text": "Eine Bank", "files-0-file": (io.BytesIO(content), name), "files-0-description": description}


def with_a_picture(**more):
    proposal = ProposalFactory(**more)
    attachments.attach(proposal, [Upload.of("Familie Beispiel.png", picture(kind="PNG"), description="Eine rote Bank")])
    [attachment] = proposal.attachments
    return proposal, attachment, f"/vorschlaege/{proposal.reference}/anhang/{attachment.id}"


def test_create_keeps_a_picture_without_place_time_and_camera(client):
    exif = Image.Exif()
    exif[MAKE] = "Beispielkamera"
    exif[GPS] = {1: "N", 2: (47.0, 39.0, 0.0)}

    client.post(NEW, data=sent(picture(exif=exif), "Fotos/Bank\u202egpj.exe", "Eine rote Bank"))

    [attachment] = db.session.scalars(select(Attachment))
    content = storage.read(attachment.key)
    assert (attachment.name, attachment.media_type, attachment.description) == (
        "Bankgpj.exe",
        "image/jpeg",
        "Eine rote Bank",
    )
    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    assert attachment.size == len(content)


def test_pdf_loses_author_scripts_and_hidden_files():
    original = pdf_with(author="Frau Beispiel", script="app.alert(1)", hidden=("geheim.txt", b"geheim"))
    assert b"Frau Beispiel" in original

    clean = Upload.of("Brief.pdf", original).content

    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert (len(pdf.pages), "/Info" in pdf.trailer) == (1, False)
        assert {"/OpenAction", "/Metadata", "/AA"} & set(pdf.Root.keys()) == set()
        assert list(pdf.attachments) == []
        assert ["/A" in each for each in pdf.pages[0].Annots] == [True, False]
    for word in (b"Frau Beispiel", b"alert", b"geheim"):
        assert word not in clean


HARMFUL = ("nach", "springt", "Kopf", "startet", "Feld", "anders", "Frau Beispiel", "Beispielkamera")


def test_pdf_does_nothing_by_itself_wherever_that_stands_in_it():
    exif = Image.Exif()
    exif[MAKE] = "Beispielkamera"
    original = pdf_that_acts(picture(exif=exif))
    assert [word for word in HARMFUL if word not in objects_of(original)] == []

    clean = Upload.of("Brief.pdf", original).content

    assert [word for word in HARMFUL if word in objects_of(clean)] == []
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert pdf.check_pdf_syntax() == []
        [first, second, _, note] = pdf.pages[0].Annots
        assert (str(first.A.S), "/A" in second, str(note.Contents)) == ("/GoTo", False, "Eine Notiz")
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == ["Eins", "Zwei"]
        shown = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Im0).as_pil_image()
        assert (shown.size, shown.getpixel((5, 5))[:2]) == ((60, 40), (0, 128))


def objects_of(pdf):
    """All that is stored in it, as it would be written."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        stored = [each.unparse(resolved=True) for each in opened.objects]
        streams = [each.read_raw_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)]
    return b" ".join(stored + streams).decode("latin-1")


def locked_pdf():
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file, encryption=pikepdf.Encryption(user="x", owner="y"))
    return file.getvalue()


NO_PICTURE = "Das ist kein Foto (JPEG, PNG) und kein PDF. Bitte speichern Sie die Datei als eines davon."
BROKEN_PICTURE = "Dieses Bild lässt sich nicht öffnen. Bitte wählen Sie ein anderes."
BROKEN_PDF = "Dieses PDF lässt sich nicht öffnen, oder es verlangt ein Passwort. Bitte wählen Sie ein anderes."
REFUSED = {
    "photo of an iPhone": (
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        (
            "Dieses Foto ist im Format HEIC, das hier niemand öffnen kann. Stellen Sie das iPhone um und nehmen Sie es "
            "neu auf: Einstellungen, Kamera, Formate, „Maximale Kompatibilität“. Oder senden Sie es als JPEG."
        ),
    ),
    "empty": (b"", "Diese Datei ist leer."),
    "text": (b"Nur Text", NO_PICTURE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NO_PICTURE),
    "gif": (picture(kind="GIF"), NO_PICTURE),
    "program": (b"MZ\x90\0" + b"\0" * 100, NO_PICTURE),
    "half a picture": (picture()[:300], BROKEN_PICTURE),
    "only the start": (b"\x89PNG\r\n\x1a\n", BROKEN_PICTURE),
    "bomb": (png_that_claims(30_000, 30_000), "Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es."),
    "broken pdf": (b"%PDF-1.7\nnichts", BROKEN_PDF),
    "locked pdf": (locked_pdf(), BROKEN_PDF),
    "too large": (
        b"\xff\xd8\xff" + b"\0" * 200_000,
        "Diese Datei hat mehr als 10 MB. Ein kleineres Foto oder weniger Seiten helfen.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_create_says_at_the_field_why_a_file_is_refused_and_keeps_the_words(client, case, monkeypatch):
    content, why = REFUSED[case]
    monkeypatch.setattr(files, "MOST_BYTES", 200_000)

    page = client.page(NEW, 422, "POST", data=sent(content, description="Eine rote Bank"))

    assert texts(page, "#files-0-file-error") == [f"Fehler: {why}"]
    assert texts(page, ".error-summary li") == [f"Datei: {why}"]
    assert page.select_one("#text").text.strip() == "Eine Bank"
    assert page.select_one("#files-0-description")["value"] == "Eine rote Bank"
    assert page.select_one("details:has(#files-0-file)").has_attr("open")
    assert db.session.scalars(select(Proposal)).all() == []


def test_pdf_that_unfolds_to_more_than_a_server_holds_ends_its_own_process_only(monkeypatch):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Bomb = pdf.make_indirect(pikepdf.Array([pikepdf.String("x" * 15_000_000)] * 15))
        file = io.BytesIO()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    assert len(file.getvalue()) < files.MOST_BYTES
    monkeypatch.setattr(pdfs, "MEMORY", 190 * 1024 * 1024)
    Upload.of("Brief.pdf", pdf_with(author="", script="", hidden=("", b"")))

    with pytest.raises(FileRefused) as refusal:
        Upload.of("Brief.pdf", file.getvalue())

    assert str(refusal.value) == BROKEN_PDF


def test_five_files_go_with_a_contribution_and_no_more(client):
    uploads = [Upload.of(f"{number}.jpg", picture((10, 10 + number))) for number in range(6)]
    proposal = intake.submit(Statement("Eine Bank", language="de", attachments=uploads[:5])).proposal
    assert len(proposal.attachments) == 5

    with pytest.raises(TooManyFiles):
        attachments.attach(proposal, uploads[5:])


@pytest.mark.parametrize("role", [None, Role.PARTICIPANT, Role.EDITOR, Role.ADMIN])
def test_nobody_sees_a_file_before_its_contribution_is_released(client, role):
    _, _, address = with_a_picture(state=ProposalState.RECEIVED)
    if role:
        client.sign_in(AccountFactory(roles=(role,)))

    assert client.get(address).status_code == 404


def test_released_file_is_handed_out_as_one_that_runs_nothing(client):
    proposal, attachment, address = with_a_picture()

    answer = client.get(address)

    assert (answer.status_code, answer.data) == (200, storage.read(attachment.key))
    assert answer.headers["Content-Disposition"] == f"attachment; filename={proposal.reference}-{attachment.id}.jpg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    other = ProposalFactory()
    assert client.get(f"/vorschlaege/{other.reference}/anhang/{attachment.id}").status_code == 404


def test_page_shows_the_picture_with_its_description_and_never_its_name(client):
    proposal, _, address = with_a_picture()

    page = client.page(f"/vorschlaege/{proposal.reference}")

    assert [(image["src"], image["alt"]) for image in page.select(".attachments img")] == [(address, "Eine rote Bank")]
    assert "Familie Beispiel" not in page.text


def test_moderation_sees_it_before_and_keeps_one_back(client):
    proposal, _, address = with_a_picture(state=ProposalState.RECEIVED)
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    page = client.page(f"/verwaltung/moderation/{proposal.reference}")
    assert texts(page, ".attachments .form-note") == [
        "Dateiname: Familie Beispiel.png",
        "Wer das Bild nicht sieht, hört: Eine rote Bank",
    ]
    assert client.get(address).status_code == 200

    client.post(page.select_one(".attachments form")["action"])
    moderation.release([proposal], by=None)

    assert client.get(address).status_code == 200
    visitor = client.application.test_client()
    assert visitor.get(address).status_code == 404
    assert visitor.page(f"/vorschlaege/{proposal.reference}").select(".attachments") == []
    page = client.page(f"/verwaltung/moderation/{proposal.reference}")
    client.post(page.select_one(".attachments form")["action"])
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("step", ["sperrung", "freigabe"])
def test_nobody_else_decides_about_a_file(client, step):
    proposal, attachment, _ = with_a_picture()
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))

    address = f"/verwaltung/beitraege/{proposal.reference}/anhang/{attachment.id}/{step}"

    assert client.post(address).status_code == 403


def test_taken_back_nobody_sees_a_file(client):
    proposal, _, address = with_a_picture()
    intake.withdraw(proposal)
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    assert client.get(address).status_code == 404


def test_file_that_is_missing_is_not_found(client):
    _, attachment, address = with_a_picture()
    storage.file_of(attachment.key).unlink()

    assert client.get(address).status_code == 404


def test_files_of_what_was_taken_back_are_removed_but_not_those_another_shows(client):
    first, attachment, _ = with_a_picture()
    second, same, address = with_a_picture()
    assert attachment.key == same.key
    intake.withdraw(first)

    assert attachments.remove_hidden_before(now() - timedelta(days=1)) == 0
    with time_machine.travel(now() + timedelta(days=100)):
        assert attachments.remove_hidden_before(now()) == 1
        assert client.get(address).status_code == 200
        intake.withdraw(second)
        assert attachments.remove_hidden_before(now()) == 1
    with pytest.raises(storage.FileMissing):
        storage.read(same.key)


def test_export_names_the_files():
    with_a_picture()

    [row] = exports.rows()

    assert dict(zip(exports.HEADS, row, strict=True))["attachments"] == "Familie Beispiel.png"


@pytest.mark.parametrize(("address", "most"), [(NEW, 52 * 1024**2), ("/vorschlaege/beleg", 12 * 1024**2)])
def test_request_larger_than_a_page_takes_is_told_so(client, address, most):
    page = client.page(address, 413, "POST", data={"text": "x"}, environ_overrides={"CONTENT_LENGTH": str(most + 1)})

    assert page.h1.text == "Das ist zu groß für uns"
    as_said = {"CONTENT_LENGTH": str(most)}  # is read, and then something is missing
    assert client.post(address, data={"text": "x"}, environ_overrides=as_said).status_code == 400

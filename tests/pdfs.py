"""Whether a PDF keeps a standard, what stands in it, and one that holds too much."""

import io
import re
import subprocess

import page
import pikepdf

# The validator takes a line break that ends a stream's data for the end of the line, so about one file in twenty is
# refused for nothing. The streams are measured here instead.
MISTAKEN = "PDFA2A-STREAM-LENGTH-001"
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # signs that say which way words run
STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


def failures(pdf: bytes, profile: str) -> list[str]:
    """The rules of "ua1" or "2a" that are broken; empty when it conforms."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    broken = [failure.rule_id for failure in report.failures]
    assert report.is_compliant == (not broken)
    return [rule for rule in broken if rule != MISTAKEN or not _streams_are_as_long_as_they_say(pdf)]


def text_of(pdf: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(pdf, *options):
    """All words of a PDF as they are read, without signs that only say how to set them."""
    return " ".join(text_of(pdf, *options).translate({**TURNS, 0x2060: "", 0xA0: " "}).split())


def tags_of(pdf):
    """The structure of a PDF in reading order: (tag, alternative text)."""
    found = []

    def visit(element):
        if isinstance(element, pikepdf.Array):
            for each in element:
                visit(each)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element["/S"]), str(element.get("/Alt", ""))))
            if "/K" in element:
                visit(element["/K"])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        visit(opened.Root.StructTreeRoot.K)
    return found


def _streams_are_as_long_as_they_say(pdf: bytes) -> bool:
    found = list(STREAM.finditer(pdf))
    ends = [pdf[start.end() + int(start[1]) :].lstrip(b"\r\n")[:9] for start in found]
    return len(found) == pdf.count(b"endstream") and set(ends) == {b"endstream"}


def pdf_with(*, author: str, script: str, hidden: tuple[str, bytes]) -> bytes:
    """One page with what nobody meant to send: an author, a script, a hidden file, two links of which one runs."""
    with pikepdf.new() as pdf:
        blank = pdf.add_blank_page()
        pdf.docinfo["/Author"] = author
        run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(script))
        pdf.Root.OpenAction = run
        pdf.Root.AA = pikepdf.Dictionary(WC=run)
        pdf.attachments[hidden[0]] = hidden[1]
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
        kinds = (("/Link", link), ("/Link", run), ("/FileAttachment", link))
        blank.obj.Annots = pikepdf.Array(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], A=action)
            for kind, action in kinds
        )
        file = io.BytesIO()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return file.getvalue()


def pdf_that_acts(picture: bytes) -> bytes:
    """One page with a picture, a note, and scripts in links, headings and a field."""
    with pikepdf.new() as pdf:
        blank = pdf.add_blank_page()
        kind, words = pikepdf.Name, pikepdf.String
        shown = pdf.make_stream(picture, Type=kind.XObject, Subtype=kind.Image, Filter=kind.DCTDecode)
        shown.update({"/Width": 60, "/Height": 40, "/BitsPerComponent": 8, "/ColorSpace": kind.DeviceRGB})
        blank.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=shown))
        to_page = _action("GoTo", D=pikepdf.Array([blank.obj, kind.Fit]), Next=pikepdf.Array([_runs("nach")]))
        annotations = [
            ("Link", {"A": to_page}),
            ("Link", {"A": _action("URI", URI=words("javascript:springt()"))}),
            ("Link", {"PA": _runs("anders")}),
            ("Text", {"T": words("Frau Beispiel"), "Contents": words("Eine Notiz")}),
        ]
        blank.obj.Annots = pikepdf.Array(
            pikepdf.Dictionary(Type=kind.Annot, Subtype=kind(f"/{name}"), Rect=[0, 0, 9, 9], **more)
            for name, more in annotations
        )
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem("Eins", 0), pikepdf.OutlineItem("Zwei", 0)]
        pdf.Root.Outlines.First.A = _runs("Kopf")
        pdf.Root.Outlines.Last.A = _action("Launch", F=words("startet.exe"))
        field = pikepdf.Dictionary(FT=kind.Tx, T=words("f"), AA=pikepdf.Dictionary(K=_runs("Feld")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


def _runs(script: str) -> pikepdf.Dictionary:
    return _action("JavaScript", JS=pikepdf.String(script))


def _action(name: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{name}"), **more)

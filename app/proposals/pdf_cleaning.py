"""A PDF without what nobody meant to send: author, program, scripts, hidden files. From stdin to stdout.

A process of its own with little memory and time, because a small file may unfold to one that no server holds: how many
bytes and seconds, says app/proposals/attachments.py. It imports nothing of this project, so that it starts quickly.
"""

import io
import resource
import sys

import pikepdf

OF_DOCUMENT = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/AF", "/Collection", "/URI")
OF_NAMES = ("/JavaScript", "/EmbeddedFiles")
OF_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/AF")
HIDDEN = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D")
HARMLESS = ("/GoTo", "/URI")


def clean(content: bytes) -> bytes:
    """Raise pikepdf's errors for what is no PDF, or one that asks for a password."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not pdf.pages:
            raise ValueError("a PDF without pages")
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        _remove(pdf.Root, OF_DOCUMENT)
        _remove(pdf.Root.get("/Names"), OF_NAMES)
        _remove(pdf.Root.get("/AcroForm"), ("/XFA",))
        for page in pdf.pages:
            _remove(page.obj, OF_PAGE)
            if "/Annots" in page.obj:
                page.obj.Annots = pikepdf.Array([_harmless(each) for each in page.obj.Annots if _is_shown(each)])
        cleaned = io.BytesIO()
        pdf.save(cleaned, deterministic_id=True)
        return cleaned.getvalue()


def _is_shown(annotation: pikepdf.Object) -> bool:
    return str(annotation.get("/Subtype")) not in HIDDEN


def _harmless(annotation: pikepdf.Object) -> pikepdf.Object:
    """Leads to a place or an address, or nowhere."""
    _remove(annotation, ("/AA",))
    action = annotation.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) not in HARMLESS:
        del annotation["/A"]
    return annotation


def _remove(holder: pikepdf.Object | None, names: tuple[str, ...]) -> None:
    for name in names:
        if isinstance(holder, pikepdf.Dictionary) and name in holder:
            del holder[name]


if __name__ == "__main__":
    for limit, most in zip((resource.RLIMIT_AS, resource.RLIMIT_CPU), map(int, sys.argv[1:]), strict=True):
        resource.setrlimit(limit, (most, most))
    sys.stdout.buffer.write(clean(sys.stdin.buffer.read()))

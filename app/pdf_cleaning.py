"""A PDF without what nobody meant to send: author, program, scripts, hidden files. From stdin to stdout.

The first line of what comes out says how many pages it has.

A process of its own with little memory and time, because a small file may unfold to one that no server holds: how many
bytes and seconds, says app/pdfs.py. It imports nothing of this project, so that it starts quickly.
"""

import io
import resource
import sys
from collections.abc import Iterator

import pikepdf

Holder = pikepdf.Dictionary | pikepdf.Stream
OF_DOCUMENT = ("/OpenAction", "/Collection", "/URI")
OF_NAMES = ("/JavaScript", "/EmbeddedFiles")
ANYWHERE = ("/AA", "/AF", "/Metadata", "/PieceInfo", "/XFA")  # an action by itself, files, who made it with what
HIDDEN = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D")
OF_NOTE = ("/T", "/M", "/CreationDate")  # who wrote a note, and when; of a field of a form it is the name
# What a link, a heading or a field may do besides leading to a place (ISO 32000, 12.6.4)
ACTS = frozenset(
    f"/{name}"
    for name in (
        *("GoToR", "GoToE", "GoToDp", "Launch", "Thread", "Sound", "Movie", "Hide", "Named", "SubmitForm", "ResetForm"),
        *("ImportData", "JavaScript", "SetOCGState", "Rendition", "Trans", "GoTo3DView", "RichMediaExecute"),
    )
)
ADDRESSES = ("http://", "https://", "mailto:", "tel:")
PICTURE = b"\xff\xd8"
PICTURE_NOTES = (0xE1, 0xED, 0xFE)  # place, time, camera (Exif, XMP), captions (IPTC), remarks


def clean(content: bytes) -> tuple[int, bytes]:
    """How many pages it has, and it made anew. Raise pikepdf's errors for what is no PDF, or asks for a password."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not pdf.pages:
            raise ValueError("a PDF without pages")
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        _remove(pdf.Root, OF_DOCUMENT)
        _remove(pdf.Root.get("/Names"), OF_NAMES)
        for page in pdf.pages:
            if "/Annots" in page.obj:
                page.obj.Annots = pikepdf.Array([_without_writer(each) for each in page.obj.Annots if _is_shown(each)])
        for stored in pdf.objects:
            _disarm(stored)
        cleaned = io.BytesIO()
        pdf.save(cleaned, deterministic_id=True)
        return len(pdf.pages), cleaned.getvalue()


def _is_shown(annotation: pikepdf.Object) -> bool:
    return str(annotation.get("/Subtype")) not in HIDDEN


def _without_writer(annotation: pikepdf.Object) -> pikepdf.Object:
    if str(annotation.get("/Subtype")) != "/Widget":
        _remove(annotation, OF_NOTE)
    return annotation


def _disarm(stored: pikepdf.Object) -> None:
    """Take away whatever acts, wherever it stands: in links, headings, fields, and one after the other."""
    waiting = [stored]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, pikepdf.Array):
            for place in reversed(range(len(holder))):
                if _acts(holder[place]):
                    del holder[place]
        elif isinstance(holder, Holder):
            _remove(holder, ANYWHERE)
            _remove(holder, tuple(name for name in holder.keys() if _acts(holder[name])))  # noqa: SIM118 -- no dict
        waiting += [each for each in _values(holder) if not each.is_indirect]
    if isinstance(stored, pikepdf.Stream) and str(stored.get("/Filter")) == "/DCTDecode":
        _forget_notes(stored)


def _values(holder: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """What stands directly in it; numbers and truths hold nothing."""
    values: list[object] = []
    if isinstance(holder, pikepdf.Array):
        values = list(holder)
    elif isinstance(holder, Holder):
        values = [value for _name, value in holder.items()]
    return (value for value in values if isinstance(value, pikepdf.Array | pikepdf.Dictionary))


def _acts(value: object) -> bool:
    if not isinstance(value, pikepdf.Dictionary):
        return False
    kind = str(value.get("/S"))
    return kind in ACTS or (kind == "/URI" and not str(value.get("/URI", "")).strip().lower().startswith(ADDRESSES))


def _forget_notes(picture: pikepdf.Stream) -> None:
    content = picture.read_raw_bytes()
    if content.startswith(PICTURE):
        parameters = picture.get("/DecodeParms")
        picture.write(_without_notes(content), filter=pikepdf.Name.DCTDecode)  # named again, or it would be packed
        if parameters is not None:
            picture.DecodeParms = parameters


def _without_notes(content: bytes) -> bytes:
    """A JPEG without the segments that tell about it; from the first scan on it is as it was."""
    kept, place = [PICTURE], len(PICTURE)
    while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] not in {b"", b"\xda"}:
        end = place + 2 + max(2, int.from_bytes(content[place + 2 : place + 4]))
        if content[place + 1] not in PICTURE_NOTES:
            kept.append(content[place:end])
        place = end
    return b"".join([*kept, content[place:]])


def _remove(holder: pikepdf.Object | None, names: tuple[str, ...]) -> None:
    for name in names:
        if isinstance(holder, Holder) and name in holder:
            del holder[name]


if __name__ == "__main__":
    for limit, most in zip((resource.RLIMIT_AS, resource.RLIMIT_CPU), map(int, sys.argv[1:]), strict=True):
        resource.setrlimit(limit, (most, most))
    count, made = clean(sys.stdin.buffer.read())
    sys.stdout.buffer.write(b"%d\n" % count + made)

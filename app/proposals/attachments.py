"""Files that come with a contribution: what they are is told by their content, and they are made anew."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from app import pdfs
from app.errors import DomainError
from app.events import pictures
from app.events.errors import NotAPicture, PictureOfAPhone, PictureTooLarge

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
MOST_IN_ALL = MOST_FILES * MOST_BYTES + 2 * 1024 * 1024  # of a form: files, and what is written
NAME_LENGTH = 120
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
SUFFIXES = {"image/jpeg": "jpg", "application/pdf": "pdf"}


class FileRefused(DomainError):
    """The message says what is wrong with the file and what to do instead."""


@dataclass(frozen=True)
class Upload:
    """A file fit to be kept; only `of` makes one from what somebody sends."""

    name: str
    media_type: str
    content: bytes
    description: str = ""

    @classmethod
    def of(cls, name: str, content: bytes, *, description: str = "") -> "Upload":
        """Pictures become a JPEG without place, time or camera, PDFs lose author and scripts; raises FileRefused."""
        if not content:
            raise FileRefused(_("Diese Datei ist leer."))
        if len(content) > MOST_BYTES:
            raise FileRefused(_("Diese Datei hat mehr als 10 MB. Ein kleineres Foto oder weniger Seiten helfen."))
        media_type, clean = _made_anew(content)
        return cls(_plain(name)[-NAME_LENGTH:], media_type, clean, description.strip())

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.media_type]


def _made_anew(content: bytes) -> tuple[str, bytes]:
    if content.startswith(PICTURE_STARTS):
        return "image/jpeg", _picture(content)
    if pdfs.is_pdf(content):
        return "application/pdf", _pdf(content)
    if pictures.is_heic(content):
        raise FileRefused(str(PictureOfAPhone()))
    raise FileRefused(_("Das ist kein Foto (JPEG, PNG) und kein PDF. Bitte speichern Sie die Datei als eines davon."))


def _picture(content: bytes) -> bytes:
    try:
        return pictures.made_anew(content).content
    except PictureTooLarge as error:
        raise FileRefused(_("Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es.")) from error
    except NotAPicture as error:
        raise FileRefused(_("Dieses Bild lässt sich nicht öffnen. Bitte wählen Sie ein anderes.")) from error


def _pdf(content: bytes) -> bytes:
    try:
        return pdfs.made_anew(content).content
    except pdfs.PdfRefused as error:
        raise FileRefused(str(error)) from error


def _plain(name: str) -> str:
    """The last part of a path, without signs that no name needs or that turn a line round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()

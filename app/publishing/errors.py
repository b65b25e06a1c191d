"""Why something in print is refused."""

from flask_babel import gettext

from app.errors import DomainError


class PictureThere(DomainError):
    """The very same picture is there already."""

    def __init__(self, number: int) -> None:
        super().__init__(gettext("Dieses Bild gibt es schon: Es hat die Nummer %(number)s.", number=number))
        self.number = number

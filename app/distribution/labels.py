"""Address labels on common sheets, and the addresses for a mail merge."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from app.distribution.models import PrintJob, Recipient
from app.spreadsheets import csv_of
from app.typesetting import compile_pdf


class Sheet(NamedTuple):
    """A sheet of labels on A4; all lengths in millimetres."""

    name: object
    columns: int
    rows: int
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    between: float = 0.0  # columns

    @property
    def labels(self) -> int:
        return self.columns * self.rows


# What is sold for A4 everywhere; the edges follow from 210 x 297 mm.
SHEETS = {
    "70x36": Sheet(lazy_gettext("70 × 36 mm, 24 je Bogen"), 3, 8, 70, 36, top=4.5),
    "70x37": Sheet(lazy_gettext("70 × 37 mm, 24 je Bogen"), 3, 8, 70, 37, top=0.5),
    "63x38": Sheet(lazy_gettext("63,5 × 38,1 mm, 21 je Bogen"), 3, 7, 63.5, 38.1, left=7.25, top=15.15, between=2.5),
    "105x37": Sheet(lazy_gettext("105 × 37 mm, 16 je Bogen"), 2, 8, 105, 37, top=0.5),
    "99x38": Sheet(lazy_gettext("99,1 × 38,1 mm, 14 je Bogen"), 2, 7, 99.1, 38.1, left=4.65, top=15.15, between=2.5),
    "105x57": Sheet(lazy_gettext("105 × 57 mm, 10 je Bogen"), 2, 5, 105, 57, top=6),
}


def labels_pdf(job: PrintJob, recipients: Sequence[Recipient], *, sheet: Sheet, first: int = 1) -> bytes:
    """One label for each address, from the `first` free label of a sheet on; later sheets are used from the start."""
    data = {
        "sheet": sheet._replace(name="")._asdict(),
        "first": min(max(first, 1), sheet.labels),
        "addresses": [each.lines for each in recipients],
        "title": _("Adressetiketten: %(title)s", title=job.title),
        "author": current_app.config["COUNTY"],
        "language": (get_locale().language if get_locale() else "de"),
    }
    return compile_pdf("distribution/labels.typ", data, at=None)


def merge_csv(recipients: Sequence[Recipient]) -> bytes:
    """For the mail merge of a word processor: a row for each address."""
    heads = [_("Gruppe"), _("Name"), _("Zu Händen"), _("Straße"), _("Postleitzahl"), _("Ort"), _("Exemplare")]
    rows = [
        [each.group.title, each.name, each.contact, each.street, each.post_code, each.city, str(each.copies)]
        for each in recipients
    ]
    return csv_of(heads, rows)

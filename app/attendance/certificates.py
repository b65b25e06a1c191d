"""A certificate of attendance as PDF."""

import segno
from flask import current_app
from flask_babel import gettext as _

from app import links
from app.attendance.models import Certificate
from app.events.models import Event
from app.typesetting import compile_pdf
from app.web.filters import day, period, short_day


def certificate_pdf(certificate: Certificate, event: Event) -> bytes:
    """To print or pass on; whoever gets it checks the code on the site."""
    name = certificate.attendee.name if certificate.attendee else ""
    address = links.absolute_url("certificates.show", code=certificate.printed_code)
    county = current_app.config["COUNTY"]
    labels = {
        "heading": _("Teilnahmebestätigung"),
        "took_part": _("hat teilgenommen an:"),
        "issued": _("%(county)s, %(day)s", county=county, day=short_day(certificate.issued_at)),
        "author": county,
        "office": _("Amt für Migration und Integration"),
        "code": _("Prüfcode"),
        "check": _("Ob diese Bestätigung echt ist, zeigt die Seite hinter dem QR-Code, oder:"),
        "alt": _("QR-Code: %(address)s", address=address),
        "example": _("Ein Beispiel: Diese Veranstaltung ist erfunden.") if event.is_example else "",
    }
    content = {
        "name": name,
        "title": certificate.event_title,
        "when": when_in_words(certificate),
        "where": ", ".join(filter(None, (event.place, event.address))),
        "code": certificate.printed_code,
        "address": links.absolute_url("certificates.check"),
        "qr": segno.make(address, error="m").svg_inline(scale=4, border=2),
    }
    return compile_pdf("attendance/certificate.typ", {"content": content, "labels": labels}, at=certificate.issued_at)


def when_in_words(certificate: Certificate) -> str:
    if certificate.is_all_day:
        return day(certificate.starts_at)
    return period(certificate.starts_at, certificate.ends_at)

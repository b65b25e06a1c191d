"""Annex 2 as PDF."""

from dataclasses import asdict
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from app.publishing.annex import Annex
from app.typesetting import compile_pdf


def annex_pdf(annex: Annex, *, at: datetime | None) -> bytes:
    """Annex 2; the same edition always gives the same bytes. `at` is when the edition was cut."""
    labels = {
        "heading": _("Anlage 2: Tabellarische Übersicht der Integrationsziele und geplanten Maßnahmen"),
        "edition": _("Fassung %(number)s vom %(date)s", number=annex.edition, date=annex.dated),
        "working": _("Arbeitsfassung: Das ist in Arbeit und noch nicht beschlossen."),
        "example": _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele."),
        "overall": _("Oberziel"),
        "columns": [_("Unterziel"), _("Maßnahme"), _("Verantwortlich"), _("Mit dabei"), _("Zeitraum")],
        "no_measure": _("noch keine Maßnahme"),
        "author": current_app.config["COUNTY"],
        "page": _("Seite"),
        "checksum": _("Prüfsumme (SHA-256)"),
    }
    return compile_pdf("publishing/annex.typ", {"annex": asdict(annex), "labels": labels}, at=at)

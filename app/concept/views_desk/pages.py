"""Where the desk of the concept leads: every page of it stands here once, under one of its headings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import lazy_gettext as _

from app.accounts.models import Account
from app.concept.catalogue import WORKING
from app.web.access import lets_in


class Link(NamedTuple):
    label: object
    endpoint: str
    values: Mapping[str, Any] = MappingProxyType({})


GROUPS: tuple[tuple[object, tuple[Link, ...]], ...] = (
    (
        _("Ziele und Maßnahmen"),
        (
            Link(_("Thema ergänzen"), "concept_desk.add_section"),
            Link(_("Ziel ergänzen"), "concept_desk.add_goal"),
            Link(_("Maßnahme ergänzen"), "concept_desk.add_measure"),
            Link(_("Thema für später ankündigen"), "sections_desk.plan"),
            Link(_("Ziele zusammenführen"), "lineage_desk.merge", {"noun": "ziele"}),
            Link(_("Maßnahmen zusammenführen"), "lineage_desk.merge", {"noun": "massnahmen"}),
            Link(_("Frühere Ziele"), "lineage_desk.outside", {"noun": "ziele"}),
            Link(_("Frühere Maßnahmen"), "lineage_desk.outside", {"noun": "massnahmen"}),
            Link(_("Der Haushalt der Maßnahmen"), "money_desk.overview"),
            Link(_("Lebenslagen und Zielgruppen"), "vocabularies_desk.index"),
            Link(_("Gremien und Organisationen"), "structures_desk.index"),
        ),
    ),
    (
        _("Gemeinsam schreiben"),
        (
            Link(_("Was noch fehlt"), "completeness_desk.show"),
            Link(_("Zur Freigabe"), "releases_desk.index"),
            Link(_("Anregungen zum Entwurf"), "suggestions_desk.index"),
            Link(_("Mitwirkende: Wer hat zugestimmt?"), "partners_desk.index"),
        ),
    ),
    (
        _("Für Städte und Gemeinden"),
        (
            Link(_("Idee ergänzen"), "municipal_desk.add_idea"),
            Link(_("Praxisbeispiel ergänzen"), "municipal_desk.add_practice"),
            Link(_("Was Gemeinden übernommen haben"), "municipal.index"),
            Link(_("Städte und Gemeinden eintragen"), "municipalities_desk.list_municipalities"),
        ),
    ),
    (
        _("Text und Bilder"),
        (
            Link(_("Kapitel und Verständnis"), "chapters_desk.index"),
            Link(_("Glossar"), "document_entries_desk.index", {"noun": "glossar"}),
            Link(_("Kennzahlen"), "document_entries_desk.index", {"noun": "kennzahlen"}),
            Link(_("Die Schritte der Beteiligung"), "document_entries_desk.index", {"noun": "ablauf"}),
            Link(_("Die nächsten Schritte"), "document_entries_desk.index", {"noun": "aufgaben"}),
            Link(_("Bilder"), "concept_pictures_desk.index"),
        ),
    ),
    (
        _("Fassungen und Vorlagen"),
        (
            Link(_("So sehen es alle"), "editions.show", {"slug": WORKING}),
            Link(_("Alle Fassungen"), "edition_list.index"),
            Link(_("Lesen und drucken"), "documents.index", {"slug": WORKING}),
            Link(_("Vorlagen"), "papers_desk.index"),
            Link(_("Neues Konzept"), "concepts_desk.create"),
            Link(_("Aus einer Datei einlesen"), "concepts_desk.take_in"),
            Link(_("Druck und Verteilung"), "print_jobs_desk.index"),
        ),
    ),
    (
        _("Übersetzungen"),
        (Link(_("Übersetzungen in jede Sprache"), "content_translations_desk.index"),),
    ),
)


def open_to(account: Account) -> list[tuple[object, list[tuple[object, str]]]]:
    """The headings with the pages this account may open; none that would be empty."""
    groups = [
        (
            heading,
            [(each.label, url_for(each.endpoint, **each.values)) for each in links if lets_in(each.endpoint, account)],
        )
        for heading, links in GROUPS
    ]
    return [(heading, links) for heading, links in groups if links]

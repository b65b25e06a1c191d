"""A council paper as it goes to the bodies: Beschlussvorlage with its Beratungsfolge, three sections and annexes."""

import json
from dataclasses import asdict, replace
from hashlib import sha256

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.concept.blocks import Block, BlockKind, plain
from app.concept.markup import parse
from app.council.models import PAPER_KIND_LABELS, Consultation, Paper
from app.languages import SOURCE
from app.typesetting import compile_pdf
from app.web.filters import short_day


def paper_pdf(paper: Paper) -> bytes:
    """The paper as PDF, in German. What is not known is left out, not made up."""
    with force_locale(SOURCE):
        return compile_pdf("publishing/paper.typ", _data(paper), at=paper.sent_at)


def checksum_of(paper: Paper) -> str:
    """Of all that the PDF says."""
    with force_locale(SOURCE):
        return sha256(json.dumps(_data(paper), sort_keys=True).encode()).hexdigest()


def _data(paper: Paper) -> dict[str, object]:
    agenda_items = {each.agenda_item for each in paper.consultations}
    document = {
        "kind": str(PAPER_KIND_LABELS[paper.kind]),
        "title": paper.title,
        "language": "de",
        "direction": "ltr",
        "terms": [],
        "facts": _facts(paper),
        "way": [_way(each) for each in paper.consultations],
        "agenda_item": agenda_items.pop() if len(agenda_items) == 1 else "",
        "sections": [
            {"title": title, "blocks": [asdict(_with_widths(block)) for block in blocks]}
            for title, blocks in _sections(paper)
        ],
        "annexes": [_annex(each.number, each.title) for each in paper.annexes],
        "notes": _notes(paper),
    }
    labels = {
        "author": current_app.config["COUNTY"],
        "way": [_("Beratungsfolge"), _("Sitzungsart"), _("Sitzungstermin/e")],
        "agenda_item": _("Tagesordnungspunkt"),
        "annexes": _("Anlagen"),
        "page": _("Seite"),
        "table": _("Tabelle"),
        "figure": _("Abbildung"),
    }
    return {"document": document, "labels": labels, "look": {}}


def _facts(paper: Paper) -> list[tuple[str, str]]:
    """The head of the page: office, day, number."""
    return [
        (_("Organisationseinheit"), paper.organization.name),
        *([(_("Datum"), short_day(paper.dated_on))] if paper.dated_on else []),
        *([(_("Drucksachen-Nr."), paper.number)] if paper.number else []),
    ]


def _way(consultation: Consultation) -> list[str]:
    """A body of the Beratungsfolge, how it sits, and when."""
    publicity = {True: _("öffentlich"), False: _("nichtöffentlich"), None: ""}
    days = ", ".join(short_day(each.meeting.day) for each in consultation.sittings)
    return [consultation.organization.name, publicity[consultation.is_public], days or str(consultation.planned)]


def _sections(paper: Paper) -> list[tuple[str, tuple[Block, ...]]]:
    return [
        (_("Beschlussvorschlag"), parse(paper.proposal.current.content)),
        (_("Sachverhalt"), parse(paper.facts.current.content)),
        (_("Finanzielle Auswirkungen"), parse(paper.financial.current.content)),
    ]


def _with_widths(block: Block) -> Block:
    """Columns of a table as wide as what they hold asks for, none narrower than a third of the widest."""
    if block.kind is not BlockKind.TABLE:
        return block
    rows = (block.heads, *block.rows)
    lengths = [sum(len(plain(row[column])) for row in rows) ** 0.5 for column in range(len(block.heads))]
    return replace(block, widths=tuple(max(length / max(*lengths, 1), 1 / 3) for length in lengths))


def _annex(number: int, title: str) -> str:
    return str(_("Anlage %(number)s – %(title)s", number=number, title=title))


def _notes(paper: Paper) -> list[str]:
    return [
        *([_("Entwurf, noch nicht versandt")] if not paper.is_sent else []),
        *([_("Das ist ein erfundenes Beispiel, keine Vorlage des Landkreises.")] if paper.is_example else []),
    ]

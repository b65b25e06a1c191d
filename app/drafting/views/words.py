"""Words for what the pages about suggestions show, and where a text stands."""

from flask import url_for
from flask_babel import gettext as _

from app.concept.catalogue import WORKING
from app.concept.models import Chapter, Definition, Goal, Measure
from app.concept.subjects import Subject
from app.drafting.models import DispositionOutcome, Hearing, Suggestion
from app.structures.models import KIND_LABELS

OUTCOME_TONES = {DispositionOutcome.ADOPTED: "success", DispositionOutcome.PARTLY: "info"}


def sender_of(suggestion: Suggestion) -> str:
    """Of whom no name is told: a body, the office, or somebody."""
    if suggestion.is_office:
        return str(_("Empfehlung der Verwaltung"))
    organization = suggestion.organization
    if organization is None:
        return str(_("eine Person"))
    kind = str(KIND_LABELS[organization.kind])
    return organization.name if kind in organization.name else f"{kind}: {organization.name}"


def asked_of(hearing: Hearing) -> str:
    """For whom a draft is laid out."""
    return ", ".join(each.organization.name for each in hearing.bodies) or str(_("alle"))


def address_of(subject: Subject) -> str:
    """Where the text is read in the working edition."""
    owner = subject.owner
    if isinstance(owner, Goal):
        return url_for("goals.show_goal", code=owner.code)
    if isinstance(owner, Measure):
        return url_for("measures.show_measure", code=owner.code)
    if isinstance(owner, Chapter):
        return url_for("documents.show_chapter", slug=WORKING, number=owner.number)
    if isinstance(owner, Definition):
        return url_for("editions.show", slug=WORKING)
    return url_for("editions.show_section", slug=WORKING, section_slug=owner.section.slug)

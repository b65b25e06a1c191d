"""The organisers' pages about the registrations of one event."""

from app.registrations.views_desk import (
    codes,
    consents,
    entries,
    gaps,
    letters,
    needs,
    paper_letters,
    parties,
    questions,
    registrations,
)

BLUEPRINTS = (
    registrations.bp,
    parties.bp,
    entries.bp,
    paper_letters.bp,
    questions.bp,
    codes.bp,
    consents.bp,
    needs.bp,
    gaps.bp,
    letters.bp,
)

"""The organisers' pages about the registrations of one event."""

from app.registrations.views_desk import codes, consents, gaps, letters, needs, questions, registrations

BLUEPRINTS = (registrations.bp, questions.bp, codes.bp, consents.bp, needs.bp, gaps.bp, letters.bp)

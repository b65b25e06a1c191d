"""The organisers' pages about the registrations of one event."""

from app.registrations.views_desk import registrations

BLUEPRINTS = (registrations.bp,)

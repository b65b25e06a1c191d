"""Public pages about events and series."""

from app.events.views import events, series

BLUEPRINTS = (events.bp, series.bp)

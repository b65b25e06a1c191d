"""Public pages about events and series."""

from app.events.views import events, series, translations

PARTS = (translations,)  # it adds its page to the events' blueprint
BLUEPRINTS = (events.bp, series.bp)

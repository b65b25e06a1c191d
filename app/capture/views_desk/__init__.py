"""The desk's pages about the tables of an event."""

from app.capture.views_desk import tables

BLUEPRINTS = (tables.bp,)

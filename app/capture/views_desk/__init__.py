"""The desk's pages about the tables of an event, and the photos of their flipcharts."""

from app.capture.views_desk import photos, tables

BLUEPRINTS = (tables.bp, photos.bp)

"""The desk's pages about calls: writing them, and typing in the sheets that came in."""

from app.calls.views_desk import calls, sheets

BLUEPRINTS = (calls.bp, sheets.bp)

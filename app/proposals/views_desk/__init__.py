"""The desk's pages about contributions: typing in."""

from app.proposals.views_desk import intake

BLUEPRINTS = (intake.bp,)

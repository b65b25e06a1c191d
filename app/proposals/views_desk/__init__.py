"""The desk's pages about contributions: typing in, deciding."""

from app.proposals.views_desk import decisions, intake

BLUEPRINTS = (intake.bp, decisions.bp)

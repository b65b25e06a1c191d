"""The desk's pages about contributions: moderation, deciding."""

from app.proposals.views_desk import decisions, intake, moderation

BLUEPRINTS = (intake.bp, moderation.bp, decisions.bp)

"""The desk's pages about contributions: moderation, condensing, deciding."""

from app.proposals.views_desk import condensation, decisions, intake, moderation

BLUEPRINTS = (intake.bp, moderation.bp, condensation.bp, decisions.bp)

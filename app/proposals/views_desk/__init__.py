"""The desk's pages about contributions: moderation, condensing, deciding, the links of the tables."""

from app.proposals.views_desk import condensation, decisions, intake, moderation, tables

BLUEPRINTS = (intake.bp, moderation.bp, condensation.bp, decisions.bp, tables.bp)

"""The desk's pages about decisions and answers."""

from app.decisions.views_desk import decisions, letters, meetings, referrals, working_groups

BLUEPRINTS = (meetings.bp, decisions.bp, referrals.bp, working_groups.bp, letters.bp)

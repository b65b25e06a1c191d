"""Decisions: where a contribution stands, who recommends, who decides, when the answer is due."""

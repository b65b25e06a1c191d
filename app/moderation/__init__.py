"""Moderation: what is published, with which reason, and how one disagrees."""

"""Calls: a question the county puts to everybody, for a time."""

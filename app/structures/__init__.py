"""Organisations, bodies, who leads them and sits in them, municipalities; founded and dissolved over time."""

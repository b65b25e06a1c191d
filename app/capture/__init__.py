"""Capture: the lines of a table, its points and photos, until it is closed."""

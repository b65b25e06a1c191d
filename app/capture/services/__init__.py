"""Verbs of what is written down at tables, one module for each thing."""

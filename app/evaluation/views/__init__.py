"""Answering: surveys."""

from app.evaluation.views import surveys

BLUEPRINTS = (surveys.bp,)

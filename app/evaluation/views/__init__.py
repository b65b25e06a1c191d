"""Answering: surveys after an event, and the review of goals at its tables."""

from app.evaluation.views import reviews, surveys

BLUEPRINTS = (surveys.bp, reviews.bp)

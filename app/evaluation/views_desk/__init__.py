"""The organisers' pages about surveys."""

from app.evaluation.views_desk import surveys

BLUEPRINTS = (surveys.bp,)

"""The organisers' pages about surveys and reviews."""

from app.evaluation.views_desk import reviews, surveys

BLUEPRINTS = (surveys.bp, reviews.bp)

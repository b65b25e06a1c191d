"""The desk's pages about decisions and answers."""

from app.decisions.views_desk import decisions

BLUEPRINTS = (decisions.bp,)

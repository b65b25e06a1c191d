"""The desk's pages of moderation."""

from app.moderation.views_desk import queue

BLUEPRINTS = (queue.bp,)

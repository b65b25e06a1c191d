"""The desk's pages of moderation."""

from app.moderation.views_desk import queue, text_blocks

BLUEPRINTS = (queue.bp, text_blocks.bp)

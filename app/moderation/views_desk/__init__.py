"""The desk's pages of moderation."""

from app.moderation.views_desk import answers, queue, text_blocks
from app.moderation.views_desk import copies as _copies  # noqa: F401 -- adds where else blackened words stand
from app.moderation.views_desk import review as _review  # noqa: F401 -- adds the pages of one contribution

BLUEPRINTS = (queue.bp, text_blocks.bp, answers.appeals_bp, answers.reports_bp, answers.words_bp)

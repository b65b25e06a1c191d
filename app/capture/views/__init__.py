"""The pages of those who write down what is said at a table."""

from app.capture.views import lines

BLUEPRINTS = (lines.bp,)

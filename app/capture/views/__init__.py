"""The pages of those who write down what is said at a table, and the wall that shows it in the room."""

from app.capture.views import handing_over as _handing_over  # noqa: F401 -- adds the pages of photos and of the end
from app.capture.views import lines, walls

BLUEPRINTS = (lines.bp, walls.bp)
# A device sends hours later what was written; the token in the address is the right.
CSRF_EXEMPT = (lines.create, lines.record, lines.undo, lines.show_on_wall, lines.give_points)

"""The desk's pages for condensing: groups, the workbench, one condensation, objections."""

from app.workbench.views_desk import condensations, endings, objections, versions

BLUEPRINTS = (condensations.bp, objections.bp)
SHOWN = (endings, versions)  # they add pages to the first

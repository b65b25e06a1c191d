"""The desk's pages about events, their programme, tables and team, and about series."""

from app.events.views_desk import attachments, events, imports, programme, series, steps, tables, team, translations

# Several nouns, one area: these add their pages to the events' blueprint
PARTS = (steps, tables, translations)
BLUEPRINTS = (events.bp, programme.bp, team.bp, attachments.bp, series.bp, imports.bp)

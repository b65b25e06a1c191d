"""The organisers' pages about the day itself."""

from app.attendance.views_desk import days

BLUEPRINTS = (days.bp,)

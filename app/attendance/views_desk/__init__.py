"""The organisers' pages about the day itself, and what they write about it afterwards."""

from app.attendance.views_desk import days, documentation

BLUEPRINTS = (days.bp, documentation.bp, documentation.overdue)

"""iCalendar feeds of events and public meetings."""

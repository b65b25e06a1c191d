"""What people register for: events, their thematic tables, and where and when they are."""

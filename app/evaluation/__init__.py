"""What people thought of an event, anonymously; and what the tables of a conference think of each goal."""

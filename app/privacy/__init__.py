"""How long what is kept, what is known about a person, and erasing it."""

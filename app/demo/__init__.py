"""The demo: an installation that anyone can start and try, with accounts for every role."""

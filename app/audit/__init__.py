"""The history of what was done: what every feature writes to, for the desk and for accountability."""

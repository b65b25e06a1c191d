"""Distribution: what is printed of an edition, who gets how many copies, and what is left."""

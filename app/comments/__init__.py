"""Comments: what others say about a contribution, moderated."""

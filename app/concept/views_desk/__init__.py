"""The desk's pages about the concept."""

"""The desk's pages about printing and sending."""

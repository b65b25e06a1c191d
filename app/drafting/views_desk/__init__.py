"""The desk's pages of what is being written."""

"""The public pages of what is being written."""

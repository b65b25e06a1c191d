"""The public pages and files of an edition."""

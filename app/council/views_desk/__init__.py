"""The desk's pages about papers and meetings."""

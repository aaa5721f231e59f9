"""Drawn photos for the demonstration, good enough to test screens, papers and barcodes."""

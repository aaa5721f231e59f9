"""Verifies papers and pictures of papers."""

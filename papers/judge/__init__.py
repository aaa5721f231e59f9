"""Verdicts on papers and pictures of papers that somebody shows."""

"""Draws papers as PDF files, and verifies papers."""

"""Hears a scanner, and finds the field that a scanned text belongs to."""

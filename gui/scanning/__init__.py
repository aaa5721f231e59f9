"""Recognises the keys of a scanner, and puts the scanned text into the right field."""

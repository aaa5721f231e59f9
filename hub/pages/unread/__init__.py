"""Entries that this version cannot read."""

"""Entries of ended workstations that arrived after the end."""

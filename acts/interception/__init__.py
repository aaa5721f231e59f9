"""Deeds about an interception."""

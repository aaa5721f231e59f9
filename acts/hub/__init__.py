"""Deeds that follow an answer of the hub."""

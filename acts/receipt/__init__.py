"""Deeds about a receipt."""

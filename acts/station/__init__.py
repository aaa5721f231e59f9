"""Deeds about the workstation itself."""

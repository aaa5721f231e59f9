"""The list of what arrived."""

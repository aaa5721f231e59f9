"""Receipts: shown as they were printed, printed, saved."""

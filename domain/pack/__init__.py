"""The checklist of an operation, as values."""

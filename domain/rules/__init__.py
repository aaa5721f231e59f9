"""The rules for a complete interception, one file per block; each yields the faults it finds."""

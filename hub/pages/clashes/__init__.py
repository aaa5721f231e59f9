"""Numbers that stand in more than one record."""

"""The statements of SQL: one file for what belongs together, written for every engine."""

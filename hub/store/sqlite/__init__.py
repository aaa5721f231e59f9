"""The hub's rows in one SQLite file."""

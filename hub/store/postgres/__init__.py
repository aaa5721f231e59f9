"""The hub's rows in PostgreSQL, for several hubs at the same time."""

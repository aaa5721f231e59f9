"""How batches travel; no Qt. `wire/` is all that the hub may import."""

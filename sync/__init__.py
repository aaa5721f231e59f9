"""Synchronisation with the hub; no Qt. The hub may import only `wire/`."""

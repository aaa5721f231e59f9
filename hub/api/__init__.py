"""The routes that workstations use (docs/protocol.md)."""

"""The data formats that workstation and hub share, with versions (docs/protocol.md)."""

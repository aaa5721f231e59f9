"""What both ends of a link share: bytes and values, versioned (docs/protocol.md)."""

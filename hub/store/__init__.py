"""What the hub remembers: rows behind one port, photo bytes behind another."""

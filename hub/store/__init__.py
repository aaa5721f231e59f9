"""What the hub stores: rows behind one port, the bytes of photos behind another."""

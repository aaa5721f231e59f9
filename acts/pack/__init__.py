"""What the author of a pack does with its file; it needs no workstation."""

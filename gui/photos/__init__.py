"""The photos of the draft: tiles, a large view, and adding files."""

"""Photos of what is being written: tiles, one photo large, files that are taken in."""

"""What follows from an answer of the hub."""

"""Tables filled from entries in the same transaction; they can be dropped and rebuilt."""

"""The whole loop with invented cases; it starts desk and hub as programs."""

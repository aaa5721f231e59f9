"""Loads and real processes over the link emulator, and the rows of `benchmarks.sync`."""

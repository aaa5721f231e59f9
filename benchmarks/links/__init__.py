"""The parts of `benchmarks.sync`: its rows, and what they measure."""

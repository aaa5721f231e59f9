"""An emulator of bad links, for tests and benchmarks (docs/performance.md)."""

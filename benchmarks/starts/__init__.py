"""The programs that `benchmarks.start` measures: each prints when it is ready."""

"""Benchmarks: ratios against a named alternative; not part of the tests."""

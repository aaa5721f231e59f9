"""Exports interceptions for people and programs elsewhere: docs/export-format.md describes it."""

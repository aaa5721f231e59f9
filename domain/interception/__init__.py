"""The record, one file per block."""

"""The receipt: one file for each block that the law requires."""

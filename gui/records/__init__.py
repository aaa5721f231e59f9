"""The interceptions that were recorded: found on the left, read on the right."""

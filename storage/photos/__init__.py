"""Photos: original bytes kept untouched, previews derived in a child process."""

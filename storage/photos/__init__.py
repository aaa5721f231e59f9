"""Photos: unchanged original bytes, and previews made in a child process."""

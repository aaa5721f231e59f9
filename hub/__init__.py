"""The other end: takes batches and photos, holds them exactly once, says so under its signature."""

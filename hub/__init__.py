"""The hub: receives batches and photos, stores each exactly once, and signs what it stores."""

"""What waits for the hub, and why."""

"""The outbox screen: what waits for the hub, and why."""

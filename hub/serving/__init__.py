"""The process that serves the hub, its sockets and its connections."""

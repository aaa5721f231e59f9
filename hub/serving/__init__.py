"""Sockets, connections and the process that serves the hub."""

"""What a person (or the hub's answer) can do: one file per deed, one transaction each.

Desk, command line and tests call the same functions; each returns `Changes`.
"""

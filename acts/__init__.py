"""The deeds of a person or of the hub's answer: one file per deed, one transaction each.

Desk, command line and tests call the same functions; each returns `Changes`.
"""

"""The workstations and their chains."""

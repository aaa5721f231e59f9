"""How a workstation remembers."""

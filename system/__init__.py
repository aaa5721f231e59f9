"""Services of the operating system, for workstations and the hub."""

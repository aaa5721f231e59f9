"""The steps by which a hub's database came to its present shape (`system/database/migrate.py`)."""

PACKAGE = __name__
STEPS = ("m0001_begin", "m0002_numbers")
OF_A_HUB = 0x54574855
"""What a hub's database says it is, as SQLite's application id: `TWHU`."""

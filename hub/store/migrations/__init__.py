"""The steps by which a hub's database came to its present shape (`storage/migrate.py`)."""

PACKAGE = __name__
STEPS = ("m0001_begin",)

"""The migrations of a hub's database, one file for each step (`system/database/migrate.py`)."""

PACKAGE = __name__
STEPS = (
    "m0001_begin",
    "m0002_numbers",
    "m0003_losses",
    "m0004_stations",
    "m0005_stick",
    "m0006_keys",
    "m0007_setbacks",
    "m0008_bundle_ends",
    "m0009_signed_packs",
    "m0010_cases",
    "m0011_progress",
    "m0012_people",
    "m0013_live",
    "m0014_lists",
)
OF_A_HUB = 0x54574855
"""SQLite's application id of a hub's database: `TWHU`."""

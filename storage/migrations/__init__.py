"""The steps by which a workstation's database came to its shape (`system/database/migrate.py`).

Tables that are filled from the journal are not among them: `storage/projections/schema.py`.
"""

PACKAGE = __name__
STEPS = (
    "m0001_begin",
    "m0002_projections_apart",
    "m0003_recorded_files",
    "m0004_came_back",
    "m0005_begun",
    "m0006_bundles",
    "m0007_signed_packs",
)

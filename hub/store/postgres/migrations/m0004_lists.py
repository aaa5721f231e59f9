"""Indexes for lists, as SQLite's step `m0014_lists` makes and describes them."""

NEEDED = 3
"""An older program only reads lists more slowly."""

STATEMENTS: tuple[str, ...] = (
    "DROP INDEX interception_post",
    "CREATE INDEX interception_device ON interception (device, day, arrival)",
    "DROP INDEX used_number_shared",
    "CREATE INDEX used_number_shared ON used_number (kind, number, record) WHERE shared = 1",
)

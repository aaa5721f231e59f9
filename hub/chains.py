"""Verifies all stored entries: the hash, the signature, and the entry before it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from hub.parts import ALL, EqualPart
from hub.signers import verify
from hub.store.sql import stored_entries
from system.database import Connection


class CheckedEntries(msgspec.Struct, frozen=True):
    """How many entries are intact, and how many are damaged, wrongly signed or without parent."""

    intact: int
    damaged: int


def check_entries(
    rows: Connection, progress: Callable[[int], None] = lambda _: None, part: EqualPart = ALL
) -> CheckedEntries:
    """Verify every entry of the part as if it arrived now; `progress` is told how many are done."""
    intact = damaged = 0
    for page in stored_entries.pages(rows, part):
        whole = [each.entry for each in page if each.entry is not None]
        judged = verify(rows, whole)
        good = {each.entry.hash for each in judged.good}
        good -= set(stored_entries.without_parent(rows, page))
        intact, damaged = intact + len(good), damaged + len(page) - len(good)
        progress(intact + damaged)
    return CheckedEntries(intact, damaged)

"""What the page of unreadable entries shows."""

from __future__ import annotations

import msgspec

from hub.hub import Hub
from hub.pages.paging import ROWS
from hub.pages.raw_entry import RawEntry, raw_entry
from hub.store.sql import entries
from hub.store.sql.scope import Scope


class UnreadPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    entries: tuple[RawEntry, ...]
    next: int | None
    """The arrival number at which the next page begins; None on the last page."""
    here: str = "unread"


def unread_page(hub: Hub, before: int, scope: Scope) -> UnreadPage:
    """Entries that arrived before number `before` and that this version cannot read."""
    with hub.database.reading() as rows:
        found = entries.unread(rows, before, ROWS + 1, scope)
    return UnreadPage(
        entries=tuple(raw_entry(entry) for _, entry in found[:ROWS]),
        next=found[ROWS - 1][0] if len(found) > ROWS else None,
    )

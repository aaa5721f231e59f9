"""What the list of arrivals shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from hub.hub import Hub
from hub.packs import Library
from hub.pages.paging import NEWEST, ROWS
from hub.pages.record import RecordInShort, record_in_short
from hub.store.sql import devices, interceptions, margins, news
from hub.store.sql.margins import Counts


class ArrivalsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html` and `rows.html`."""

    rows: tuple[RecordInShort, ...]
    names: Mapping[str, str]
    """The names of the workstations by their id."""
    totals: Counts
    version: str
    """The position that the rows are read at (`hub/store/sql/news.py`)."""
    next: int | None
    """The arrival number at which the next page begins; None on the last page."""
    first_page: bool
    case_id: str
    """The case whose interceptions alone are listed; empty for all."""
    of_case: int
    """How many of them are here."""
    here: str = "arrivals"


def arrivals_page(hub: Hub, library: Library, before: int, case_id: str) -> ArrivalsPage:
    """One page of rows that arrived before number `before`, of one case or of all, and the counts
    of all.
    """
    with hub.database.reading() as rows:
        found = interceptions.page(rows, before=before, limit=ROWS + 1, case_id=case_id)
        return ArrivalsPage(
            rows=tuple(record_in_short(hub, rows, each, library) for each in found[:ROWS]),
            names={str(device.id): device.name for device in devices.devices(rows)},
            totals=margins.totals(rows),
            version=news.position(rows),
            next=found[ROWS - 1].arrival if len(found) > ROWS else None,
            first_page=before == NEWEST and not case_id,
            case_id=case_id,
            of_case=interceptions.count_of_case(rows, case_id) if case_id else 0,
        )

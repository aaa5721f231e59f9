"""What the list of arrivals shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from hub.hub import Hub
from hub.packs import Library
from hub.pages.paging import NEWEST, ROWS
from hub.pages.record import RecordInShort, record_in_short
from hub.store.sql import devices, interceptions
from hub.store.sql.interceptions import ArrivalTotals
from hub.store.sql.regional import totals_within, version_within
from hub.store.sql.scope import Scope


class ArrivalsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html` and `rows.html`."""

    rows: tuple[RecordInShort, ...]
    names: Mapping[str, str]
    """The names of the workstations by their id."""
    totals: ArrivalTotals
    version: str
    """A text that changes with every arrival."""
    next: int | None
    """The arrival number at which the next page begins; None on the last page."""
    first_page: bool
    case_id: str
    """The case whose interceptions alone are listed; empty for all."""
    of_case: int
    """How many of them are here."""
    here: str = "arrivals"


def arrivals_page(
    hub: Hub, library: Library, before: int, case_id: str, scope: Scope
) -> ArrivalsPage:
    """One page of rows that arrived before number `before`, of one case or of all, and the counts
    of all.
    """
    with hub.database.reading() as rows:
        found = interceptions.page(
            rows, before=before, limit=ROWS + 1, case_id=case_id, scope=scope
        )
        return ArrivalsPage(
            rows=tuple(record_in_short(hub, rows, each, library, scope) for each in found[:ROWS]),
            names={str(device.id): device.name for device in devices.devices(rows, scope)},
            totals=totals_within(rows, scope),
            version=version_within(rows, scope),
            next=found[ROWS - 1].arrival if len(found) > ROWS else None,
            first_page=before == NEWEST and not case_id,
            case_id=case_id,
            of_case=interceptions.count_of_case(rows, case_id, scope) if case_id else 0,
        )

"""The counts of the list for those who see some regions: nothing in them tells of others."""

from __future__ import annotations

import msgspec

from hub.store.sql import margins
from hub.store.sql.scope import Scope, within
from system.database import Connection

CASES_COUNTED = 10_000
"""Where a region has more interceptions, their cases are not counted."""


class ShownCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is of each kind; `cases` is None where that is not known."""

    interceptions: int
    cases: int | None
    photos_named: int
    photos_held: int
    unread: int


def totals_within(rows: Connection, scope: Scope) -> ShownCounts:
    """Counts of what the scope has. Cases of several workstations are kept with one of them, so
    for a scope they are counted.
    """
    counts = margins.totals(rows, scope)
    cases: int | None = counts.cases
    if scope.account:
        cases = _cases(rows, scope) if counts.interceptions <= CASES_COUNTED else None
    return ShownCounts(
        interceptions=counts.interceptions,
        cases=cases,
        photos_named=counts.photos_named,
        photos_held=counts.photos_held,
        unread=counts.unread,
    )


def _cases(rows: Connection, scope: Scope) -> int:
    inside, values = within("device", scope)
    (cases,) = rows.execute(
        f"SELECT count(DISTINCT case_id) FROM interception WHERE 1 = 1{inside}", values
    ).fetchone()
    return int(cases)

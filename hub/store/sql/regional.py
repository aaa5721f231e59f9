"""The counts of the list for those who see some regions: nothing in them tells of others."""

from __future__ import annotations

import msgspec

from hub.store.sql import margins
from hub.store.sql.margins import Counts
from hub.store.sql.scope import Scope, within
from system.database import Connection


def totals_within(rows: Connection, scope: Scope) -> Counts:
    """Counts of what the scope has. Cases of several workstations are kept with one of them, so
    for a scope they are counted.
    """
    if not scope.account:
        return margins.totals(rows)
    inside, values = within("device", scope)
    (cases,) = rows.execute(
        f"SELECT count(DISTINCT case_id) FROM interception WHERE 1 = 1{inside}", values
    ).fetchone()
    return msgspec.structs.replace(margins.totals(rows, scope), cases=int(cases))

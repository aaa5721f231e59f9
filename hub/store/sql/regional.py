"""The counts of the list, and the text that changes with an arrival, for those who see some
regions: nothing in them tells what arrived in others.
"""

from __future__ import annotations

from hub.store.sql import interceptions
from hub.store.sql.interceptions import ArrivalTotals
from hub.store.sql.scope import Scope, within
from system.database import Connection


def totals_within(rows: Connection, scope: Scope) -> ArrivalTotals:
    """Counts of what the scope has; a photo named twice counts once."""
    if not scope.account:
        return interceptions.totals(rows)
    listed, values = within("listed.device", scope)
    records, cases = rows.execute(
        f"SELECT count(*), count(DISTINCT case_id) FROM interception AS listed WHERE 1 = 1{listed}",
        values,
    ).fetchone()
    named, held = rows.execute(
        "SELECT count(*), count(photo.hash) FROM (SELECT DISTINCT n.hash AS hash"
        " FROM interception_photo AS n JOIN interception AS listed ON listed.record = n.record"
        f" WHERE 1 = 1{listed}) AS named LEFT JOIN photo ON photo.hash = named.hash",
        values,
    ).fetchone()
    entry, _ = within("device", scope)
    (unread,) = rows.execute(
        f"SELECT count(*) FROM entry WHERE readable = 0{entry}", values
    ).fetchone()
    return ArrivalTotals(
        interceptions=records, cases=cases, photos_held=held, photos_named=named, unread=unread
    )


def version_within(rows: Connection, scope: Scope) -> str:
    """A text that changes with every arrival in the scope, and with no other."""
    if not scope.account:
        return interceptions.version(rows)
    inside, values = within("device", scope)
    count, changed = rows.execute(
        f"SELECT count(*), max(changed_at) FROM interception WHERE 1 = 1{inside}", values
    ).fetchone()
    (photos,) = rows.execute(f"SELECT count(*) FROM photo WHERE 1 = 1{inside}", values).fetchone()
    (previews,) = rows.execute(
        f"SELECT count(*) FROM preview WHERE 1 = 1{inside}", values
    ).fetchone()
    return f"{count}.{changed}.{photos}.{previews}"

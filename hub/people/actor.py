"""Who does something that the audit notes, and the row for it."""

from __future__ import annotations

import msgspec

from hub.hub import Registry
from hub.store.sql import audit
from hub.store.sql.audit import AuditRow
from system.database import Connection


class Actor(msgspec.Struct, frozen=True):
    """Who acts; without an account: somebody at the hub's machine."""

    account: str = ""
    address: str = ""


AT_THE_MACHINE = Actor()


def note(
    hub: Registry, rows: Connection, actor: Actor, event: str, subject: str, *, detail: str = ""
) -> None:
    """Note in the audit what is done in this transaction, and to what or whom."""
    row = AuditRow(
        at=hub.now().millis,
        account=actor.account,
        event=event,
        subject=subject,
        detail=detail,
        address=actor.address,
    )
    audit.add(rows, [row])

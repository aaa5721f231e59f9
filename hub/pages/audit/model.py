"""What the page of the audit shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from domain.words import Say, mark
from hub.hub import Hub
from hub.pages.language import in_language_of
from hub.pages.paging import ROWS
from hub.pages.words import utc_time
from hub.store.sql import audit, people
from hub.store.sql.audit import AuditRow
from hub.store.sql.people import AccountKind

WORDS = {
    "title": mark("Audit"),
    "who": mark("Who"),
    "subject": mark("Record, photo or account"),
    "everybody": mark("everybody"),
    "filter": mark("Show"),
    "at": mark("When"),
    "what": mark("What"),
    "answer": mark("Answer"),
    "from": mark("From"),
    "machine": mark("at the hub's machine, or unknown"),
    "empty": mark("Nothing is noted"),
    "earlier": mark("Earlier"),
}


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    w: Mapping[str, str]
    rows: tuple[tuple[AuditRow, str], ...]
    """Each with its time in words."""
    names: Mapping[str, str]
    """The names of the accounts by their id."""
    account: str
    subject: str
    next: int | None
    """The number at which the next page begins; None on the last page."""
    here: str = "audit"


def audit_page(hub: Hub, say: Say, before: int, account: str, subject: str) -> AuditPage:
    """Rows before number `before`, newest first; of one account or about one subject, if named."""
    with hub.database.reading() as rows:
        found = audit.page(rows, before=before, limit=ROWS + 1, account=account, subject=subject)
        known = (each for kind in AccountKind for each in people.accounts(rows, kind))
        names = {each.id: each.name for each in known}
    return AuditPage(
        w=in_language_of(WORDS, say),
        rows=tuple((row, utc_time(row.at)) for row in found[:ROWS]),
        names=names,
        account=account,
        subject=subject,
        next=found[ROWS - 1].number if len(found) > ROWS else None,
    )

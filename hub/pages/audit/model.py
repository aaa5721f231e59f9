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

EVENT_WORDS = {
    "GET /": mark("saw the list"),
    "GET /rows": mark("saw the list renewed"),
    "GET /interceptions/{record:path}": mark("saw an interception"),
    "GET /devices": mark("saw the workstations"),
    "GET /unread": mark("saw what is not readable"),
    "GET /apart": mark("saw what is held apart"),
    "GET /clashes": mark("saw the repeated numbers"),
    "GET /photos/{photo}": mark("took the original of a photo"),
    "GET /photos/{photo}/original": mark("took the original of a photo"),
    "GET /photos/{photo}/preview": mark("saw a photo"),
    "GET /photos/{photo}/sent-preview": mark("saw a photo's preview"),
    "GET /photos/{photo}/thumbnail": mark("saw a small photo in a list"),
    "GET /photos/{photo}/sent-thumbnail": mark("saw a small photo in a list"),
    "PUT /sticks": mark("took in bundles of a stick"),
    "GET /sticks/answers/{device}.json": mark("took an answer for a stick"),
    "GET /people": mark("saw the accounts"),
    "GET /audit": mark("saw the audit"),
}
"""What people did, by the address that they asked for; other events are words already."""


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    w: Mapping[str, str]
    rows: tuple[tuple[AuditRow, str], ...]
    """Each with its time in words."""
    names: Mapping[str, str]
    """The names of the accounts by their id."""
    deeds: Mapping[str, str]
    """Words for events."""
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
        deeds=in_language_of(EVENT_WORDS, say),
        account=account,
        subject=subject,
        next=found[ROWS - 1].number if len(found) > ROWS else None,
    )

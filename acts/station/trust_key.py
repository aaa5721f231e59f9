"""Trust the key of an operation whose fingerprint a person confirmed."""

from __future__ import annotations

from pathlib import Path

from acts.errors import InputRefused
from acts.hub.take_feed_item import TRIED_AGAIN, take_pack
from acts.session import Session
from acts.station.adopt_pack import read_file
from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.changes import Changes, joined
from domain.pack.signature import OperationKey, opened
from domain.words import mark
from storage import feed_items, operation_keys
from storage.workstation import Workstation
from system.database import transaction


def trust_key(ws: Workstation, key: OperationKey, session: Session) -> tuple[bool, Changes]:
    """Trust the key from now on: False when it was trusted. Packs from the hub that waited for it
    are adopted now.

    Raises `InputRefused` when the session's badge is not a badge number.
    """
    if not is_badge(session.badge):
        raise InputRefused(NO_BADGE, about=mark("officer"), hint=NEVER_A_NAME)
    with transaction(ws.db):
        new = operation_keys.confirm(ws.db, key, ws.now(), session.badge)
    waiting = feed_items.in_state(ws.db, TRIED_AGAIN) if new else ()
    return new, joined(take_pack(ws, item).changes for item in waiting)


def trust_signer(ws: Workstation, file: Path, typed: str, session: Session) -> Changes:
    """Trust the key that signed the pack in `file`, whose fingerprint a person typed.

    Raises `InputRefused` when it is another one, `FileUnreadable`, `PackUntrusted` when the
    signature does not hold, and as `trust_key`. A file that nobody signed changes nothing.
    """
    _, signature = opened(read_file(file), str(file))
    if signature is None:
        return Changes()
    key = signature.signer
    if not key.is_confirmed_by(typed):
        raise InputRefused(
            mark(
                "another key signed this pack: the fingerprint of its key of operation {operation}"
                " is {fingerprint}"
            ),
            about=str(file),
            hint=mark("Tell headquarters, and do not use the file."),
            operation=key.operation,
            fingerprint=key.fingerprint,
        )
    _, changes = trust_key(ws, key, session)
    return changes

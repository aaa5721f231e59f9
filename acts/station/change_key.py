"""Change the signing key of this workstation; entries and papers of before keep their key."""

from __future__ import annotations

import msgspec

from acts.deed import EntryDraft, perform
from acts.session import Session
from domain.changes import Changes
from domain.ids import NOTHING_BEFORE
from domain.key_change import changed_key
from domain.kinds import EntryKind
from storage import journal
from storage.identity import replace_identity
from storage.key_memory import write_public_key
from storage.workstation import Workstation
from system.database import Connection


def change_key(ws: Workstation, session: Session) -> Changes:
    """Sign with a new random key from the next entry on; the journal names it, signed by the old.

    The old secret key is forgotten; its public half stays, since it verifies what it signed. The
    hub learns of the new key at the next synchronisation, or from a stick. Raises `CannotWrite`,
    `Damaged` or `ForkUndecided`; the key is then unchanged.
    """
    made = msgspec.structs.replace(ws.identity(), seed=ws.random(32))

    def prepare(db: Connection) -> EntryDraft:
        body = changed_key(
            made.signing_key,
            device=ws.device,
            prev=journal.head_hash(db) or NOTHING_BEFORE,
            present=ws.verify_key(),
        )
        return EntryDraft(EntryKind.STATION_KEY_CHANGED, str(ws.device), body)

    changes = perform(ws, session, prepare, also=lambda db: replace_identity(db, made))
    ws.read_identity_again()
    write_public_key(ws.home, ws.identity(), ws.former_keys())
    return changes

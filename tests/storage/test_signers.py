"""Each entry of a folder is verified with the key that is valid for it."""

from __future__ import annotations

import base64

from acts.session import Session
from acts.station.change_key import change_key
from domain.entry import Entry, sign
from domain.instant import ClockState
from domain.signing import SigningKey
from storage import journal
from storage.check import check
from storage.signers import Signers, key_that_follows
from storage.workstation import Workstation
from system.database import transaction
from tests.builders import OFFICER, Place, a_final


def signed(ws: Workstation, key: SigningKey) -> Entry:
    """An entry that continues the journal."""
    return sign(
        key,
        device=ws.device,
        after=journal.head(ws.db),
        at=ws.now(),
        clock=ClockState.UNKNOWN,
        actor=OFFICER,
        kind="note.made",
        subject="x",
        body={},
    )


def test_an_entry_that_the_old_key_signed_after_the_change_is_found(place: Place) -> None:
    with place.open() as ws:
        a_final(ws)
        old = ws.signing_key()
        change_key(ws, Session(OFFICER))
        a_final(ws)
        assert check(ws).sound
        with transaction(ws.db):
            journal.append(ws.db, signed(ws, old))
        findings = [str(each) for each in check(ws).findings if not each.warns]
    assert [each for each in findings if "the signature is not ours" in each] == findings[:1]


def test_the_key_of_an_entry_follows_from_the_chain(place: Place) -> None:
    with place.open() as ws:
        first, before = ws.verify_key(), journal.head_hash(ws.db)
        change_key(ws, Session(OFFICER))
        after = journal.head_hash(ws.db)
        assert before is not None
        assert after is not None
        assert key_that_follows(ws.db, before) == first
        assert key_that_follows(ws.db, after) == ws.verify_key()
        late = signed(ws, ws.signing_key())
        assert Signers(ws.keys_of, ws.db).verify(late) == ws.verify_key()
        assert ws.keys_of(ws.device) == (ws.verify_key(), first)
        assert ws.earlier() == ()


def test_the_old_secret_key_is_forgotten(place: Place) -> None:
    with place.open() as ws:
        seed = ws.identity().seed
        change_key(ws, Session(OFFICER))
        kept = str(ws.db.execute("SELECT * FROM place").fetchall())
        present = base64.b64encode(ws.identity().seed).decode()
    assert present in kept
    assert base64.b64encode(seed).decode() not in kept

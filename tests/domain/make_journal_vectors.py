"""Writes tests/vectors/journal.json: `python -m tests.domain.make_journal_vectors`.

Run it when the format changes. Everything follows from fixed seeds and times, so that a second
implementation (docs/journal.md) can make and judge the same.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.encoding import to_json
from domain.entry import Entry, sign
from domain.ids import DeviceId, PackHash, RecordId
from domain.instant import ClockState, Instant
from domain.interception.conveyance import Consignment, Route
from domain.interception.goods import GoodsLine, Medicine
from domain.interception.legal import Legal
from domain.interception.nominal import commit, split
from domain.interception.occasion import Detection, Occasion
from domain.interception.persons import Party, Persons
from domain.interception.record import Interception, PackRef
from domain.kinds import (
    Body,
    InterceptionCancelled,
    InterceptionFinalised,
    PackAdopted,
    StationOpened,
)
from domain.signing import SigningKey

FILE = Path(__file__).parent.parent / "vectors" / "journal.json"
SEED = bytes(range(32))
SALT = bytes(range(64, 96))
DEVICE = DeviceId.from_random(bytes(range(10)))
AT = Instant.parse("2026-11-23T03:12:08.123+01:00")
RECORD = RecordId.make(AT, bytes(range(10, 20)))
PACK = PackRef(id="SAMPLE-MED", version="1.0.0", sha256=PackHash.of(b"a pack"))


def interception() -> Interception:
    """What was found: with names, which stay at the post."""
    return Interception(
        record_id=RECORD,
        pack=PACK,
        post="MCN",
        officer="4417",
        occasion=Occasion(seized_at=AT, clock_state=ClockState.TRUSTED, place_text="Mail Centre"),
        detection=Detection(methods=("XRAY",)),
        consignment=Consignment(mode="mail", postal_item_id="RR473124829GB"),
        route=Route(dispatch_country="GB", destination_country="XA"),
        goods=(
            GoodsLine(
                category="MED_PREGAB",
                packs=40,
                units_per_pack=14,
                quantity=Decimal(560),
                unit="capsule",
                reasons=("NO_AUTHORISATION",),
                medicine=Medicine(lot="B2291"),
            ),
        ),
        persons=Persons(involved=1, parties=(Party(role="consignee", name="Ada Example"),)),
        legal=Legal(action="seizure", grounds="Forty blisters in hand cream; no licence."),
    )


def vectors() -> dict[str, Any]:
    """The whole file."""
    key = SigningKey(SEED)
    shared, nominal = split(interception())
    part = to_json(nominal)
    opened = StationOpened(
        public_key=key.verify_key.raw.hex(), name="Mail North 1", post="MCN", station=1
    )
    assert PACK.sha256 is not None
    adopted = PackAdopted(id=PACK.id, version=PACK.version, sha256=PACK.sha256)
    final = InterceptionFinalised(
        record=RECORD,
        number="XA-MCN-2026-100001-0",
        revision=1,
        shared=shared,
        nominal=commit(SALT, part),
    )
    chain = [_entry(key, None, "station.opened", str(DEVICE), opened)]
    chain.append(_entry(key, chain[-1], "pack.adopted", str(DEVICE), adopted))
    chain.append(_entry(key, chain[-1], "interception.finalised", str(RECORD), final))
    for reason in ("recorded twice", "a copy of the folder was worked on"):
        body = InterceptionCancelled(record=RECORD, entry=chain[2].hash, reason=reason)
        chain.append(_entry(key, chain[2], "interception.cancelled", str(RECORD), body))
    return {
        "seed": SEED.hex(),
        "public_key": key.verify_key.raw.hex(),
        "device": str(DEVICE),
        "entries": [_plain(entry) for entry in chain],
        "tips": [str(entry.hash) for entry in chain[3:]],
        "nominal": {
            "entry": str(chain[2].hash),
            "salt": SALT.hex(),
            "part": part.decode(),
            "commitment": str(commit(SALT, part)),
        },
        "bad": _bad(chain),
    }


def _entry(key: SigningKey, after: Entry | None, kind: str, subject: str, body: Body) -> Entry:
    return sign(
        key,
        device=DEVICE,
        after=after,
        at=AT,
        clock=ClockState.TRUSTED,
        actor="4417",
        kind=kind,
        subject=subject,
        body=body,
    )


def _plain(entry: Entry) -> dict[str, str]:
    return {
        "bytes": entry.bytes.decode(),
        "hash": str(entry.hash),
        "signature": entry.signature.hex(),
    }


def _bad(chain: list[Entry]) -> list[dict[str, str]]:
    """Entries that must be refused, each with the reason."""
    good = chain[2]
    changed = good.bytes.replace(b'"4417"', b'"4418"')
    no_label = SigningKey(SEED)._key.sign(good.bytes)
    first = good.bytes.replace(str(good.head.prev).encode(), b"0" * 64)
    other = SigningKey(bytes(32)).sign("tidewaiter entry 1", good.bytes)
    return [
        {
            "why": why,
            "bytes": data.decode(),
            "hash": hashlib.sha256(data).hexdigest(),
            "signature": sig.hex(),
        }
        for why, data, sig in (
            ("one letter was changed after it was signed", changed, good.signature),
            ("signed without the label", good.bytes, no_label),
            ("signed by another key", good.bytes, other),
            (
                "entry 3 names nothing before it",
                first,
                SigningKey(SEED).sign("tidewaiter entry 1", first),
            ),
        )
    ]


if __name__ == "__main__":
    text = json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n"
    FILE.write_text(text, encoding="utf-8")

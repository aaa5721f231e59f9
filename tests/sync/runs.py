"""Runs of synchronisation over a relay, and interceptions with large photos."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image

from acts.interception.add_photo import add_photo
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from domain.encoding import to_plain
from domain.ids import PhotoHash
from storage import drafts
from storage.workstation import Workstation
from sync.lanes import InlineLanes
from sync.open import open_carrier
from sync.run import SyncOutcome, synchronise
from tests.builders import SESSION, a_draft, known_at
from tests.sync.lines import Asked, Relay, a_server


def a_large_photo(seed: int) -> bytes:
    """A JPEG of about a megabyte, as sharp as a photo that was taken in haste."""
    chance = random.Random(seed)
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (400, 300), chance.randbytes(400 * 300 * 3))
    noise.resize((2_400, 1_800)).save(out, "JPEG", quality=96)
    return out.getvalue()


def with_large_photos(ws: Workstation, count: int = 1) -> list[PhotoHash]:
    """One more interception, whose first photos are large."""
    record = a_draft(ws)
    document: Any = drafts.draft(ws.db, record).document
    found = []
    for number in range(count):
        photo = add_photo(ws, a_large_photo(number), file_name="n.jpg", role=None, source="file")
        document["photos"].append(to_plain(photo))
        assert photo.sha256 is not None
        found.append(photo.sha256)
    save_draft(ws, record, document)
    finalise(ws, record, SESSION)
    return found


def run_over(ws: Workstation, relay: Relay, tries: int = 3) -> SyncOutcome:
    """A run over the relay, whose pauses take no time."""
    with a_server(relay) as url:
        known_at(ws, url)
        return synchronise(ws, lambda: open_carrier(ws), tries=tries, lanes=InlineLanes())


def hashes_asked(relay: Relay) -> list[int]:
    """How many photos each question named."""
    return [
        len(asked.body) // 32
        for asked in relay.asked
        if asked.headers.get("content-type") == "application/vnd.tidewaiter.hashes"
    ]


def posts(relay: Relay) -> list[Asked]:
    return [
        asked for asked in relay.asked if asked.method == "POST" and asked.route == "/api/photos"
    ]

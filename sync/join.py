"""A new workstation that headquarters knows: its packs, and its first run of synchronisation."""

from __future__ import annotations

from collections.abc import Mapping

from acts.station.init import posts_of
from domain.pack.read import read_pack
from storage.workstation import Workstation
from sync.http.enrol import Enrolment
from sync.open import open_carrier
from sync.run import SyncOutcome, synchronise


def usable_packs(packs: Mapping[str, bytes], found: Enrolment) -> Mapping[str, bytes]:
    """The shipped packs that headquarters names; () when they lack the post, which a pack of the
    hub has then.
    """
    named = {
        file: data
        for file, data in packs.items()
        if not found.packs or read_pack(data, file).id in found.packs
    }
    station = found.station
    posts = {(post.country, post.code) for post in posts_of(named)}
    if station is not None and (station.country, station.post) not in posts:
        return {}
    return named


def synchronise_first(ws: Workstation) -> SyncOutcome:
    """Send the beginning of the new workstation and fetch the hub's packs; one try.

    What does not arrive is sent by the next run of synchronisation.
    """
    return synchronise(ws, lambda: open_carrier(ws), tries=1)

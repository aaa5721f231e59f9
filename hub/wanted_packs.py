"""Packs that the hub lacks and records were made with: their workstations are asked for them.

Such a pack only gives words to the codes of records; it is not given out.
"""

from __future__ import annotations

import re
from functools import cache

from domain.ids import DeviceId, PackHash
from domain.interception.record import PackRef
from domain.pack.part import ID_PATTERN, VERSION_PATTERN
from domain.pack.read import read_pack
from domain.words import mark
from hub.errors import ApiCode, NotHere, RequestRefused
from hub.hub import Registry
from hub.store.sql import packs, wanted_packs
from system.database import Connection
from system.shipped import shipped_packs

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes of a pack at most, as its check has it."""


def note(rows: Connection, pack: PackRef, device: DeviceId) -> None:
    """Ask the workstation for the pack of a record, if the hub lacks it."""
    named = re.fullmatch(ID_PATTERN, pack.id) and re.fullmatch(VERSION_PATTERN, pack.version)
    if named and (pack.id, pack.version) not in _shipped():
        wanted_packs.add(rows, pack, device)


def forget_shipped(rows: Connection) -> None:
    """Ask for no pack that ships with this program."""
    for name, version in _shipped():
        wanted_packs.drop(rows, name, version)


def take(hub: Registry, device: DeviceId, sha256: PackHash, data: bytes) -> PackRef:
    """Keep the bytes of a pack that the workstation was asked for.

    Raises `NotHere` when it was not, and `RequestRefused` for other bytes than `sha256` names.
    """
    with hub.database.writing(("feed",)) as rows:
        pack = wanted_packs.find(rows, device, sha256)
        if pack is None:
            raise NotHere(mark("this workstation was not asked for such a pack"))
        if PackHash.of(data) != sha256:
            raise RequestRefused(
                mark("the pack is not the one that the records name"),
                status=460,
                code=ApiCode.WRONG_SHA256,
                about=f"{pack.id} {pack.version}",
            )
        packs.hold(rows, pack.id, pack.version, sha256.raw, data)
        wanted_packs.drop(rows, pack.id, pack.version)
    return pack


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    found = (read_pack(data, name) for name, data in shipped_packs().items())
    return frozenset((pack.id, pack.version) for pack in found)

"""What an administrator does with a workstation: end it, name it, let in what was held apart, and
make known what a computer was before.
"""

from __future__ import annotations

import msgspec

from domain.errors import Malformed
from domain.ids import DeviceId
from domain.signing import VerifyKey
from domain.words import mark
from hub.errors import NotHere, RequestRefused
from hub.hub import Registry
from hub.plan import TRIES, crowded, plan
from hub.signers import verify
from hub.store.sql import apart, devices
from hub.store.sql.devices import Device
from system.database import Connection

NAME_LIMIT = 200
KEYS_LIMIT = 64 * 1024
"""Bytes of a `public-key.txt` that are read."""


class LetIn(msgspec.Struct, frozen=True):
    """How many entries were let in, and how many stay apart because one before them is missing."""

    taken: int
    left: int


def revoke(hub: Registry, device: DeviceId, why: str) -> tuple[Device, bool]:
    """End the workstation: its token is void at once, and later entries are held apart; the
    workstation, and whether it was ended before this call.

    What arrived before stays. Its post and number are free from the next year on, because its
    seizure numbers name both. A workstation that is ended stays ended since the first time, for
    the first reason. Raises `NotHere`.
    """
    with hub.database.writing((str(device),)) as rows:
        before = _expect(rows, device)
        devices.end(rows, device, hub.now().millis, why.strip()[:NAME_LIMIT])
        return _expect(rows, device), before.ended_at is not None


def add_earlier(hub: Registry, keys: bytes) -> tuple[DeviceId, ...]:
    """Make known what a computer was before it became another workstation; those that are new here.

    `keys` is the content of its `public-key.txt`. What it was before cannot enrol any more and gets
    no token: its entries are brought by what it is now, the last line, which is not added. Raises
    `RequestRefused` when this is no such file.
    """
    lines = [line.split() for line in keys[:KEYS_LIMIT].decode("ascii", "replace").splitlines()]
    try:
        listed = [(DeviceId.parse(device), VerifyKey.parse(key)) for _, device, key in lines]
        present = listed[-1][0]
    except (ValueError, IndexError, Malformed) as error:
        raise RequestRefused(
            mark("this is not the file of a workstation's public keys"),
            hint=mark("It is public-key.txt in the folder of the workstation."),
        ) from error
    now = hub.now().millis
    added = []
    with hub.database.writing([str(device) for device, _ in listed]) as rows:
        for device, first_key in listed:
            if device != present and devices.device(rows, device) is None:
                name = f"what {present} was before"
                new = Device(device, first_key, name, "", 0, enrolled_at=now, seen_at=now)
                devices.enrol(rows, new)
                added.append(device)
    return tuple(added)


def rename(hub: Registry, device: DeviceId, name: str) -> Device:
    """Give the workstation another name at the hub; it stays when the workstation enrols again.

    Raises `NotHere`, and `RequestRefused` for a name of no characters or too many.
    """
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT:
        raise RequestRefused(
            mark("a name has 1 to {limit} characters"), about=str(device), limit=NAME_LIMIT
        )
    with hub.database.writing((str(device),)) as rows:
        _expect(rows, device)
        devices.rename(rows, device, name)
        return _expect(rows, device)


def accept(hub: Registry, device: DeviceId) -> LetIn:
    """Let in the entries of the workstation that were held apart, after a person judged them.

    The workstation stays ended. Raises `NotHere`.
    """
    for _ in range(TRIES):
        now = hub.now().millis
        with hub.database.reading() as rows:
            _expect(rows, device)
            waiting = apart.of_device(rows, device)
            carriers = {item.entry.hash: item.brought_by for item in waiting}
            verified = verify(rows, [item.entry for item in waiting])
            made = plan(rows, verified.good, carriers, now, judged=True)
        names = (str(device), *made.names)
        with hub.database.writing(names, naming=made.photos) as rows:
            if made.still_holds(rows) and apart.of_device(rows, device) == waiting:
                made.carry_out(rows, now)
                apart.release(rows, [entry.hash for entry in made.stored])
                return LetIn(len(made.new), len(waiting) - len(made.stored))
    raise crowded()


def _expect(rows: Connection, device: DeviceId) -> Device:
    found = devices.device(rows, device)
    if found is None:
        raise NotHere(
            mark("the hub does not know this workstation"),
            about=str(device),
            hint=mark("main.py hub device list names all."),
        )
    return found

"""The hub's acknowledgement: what it stores, read in one consistent view, then signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from domain.ids import DeviceId, PhotoHash
from domain.instant import Instant
from domain.statement import (
    HELD,
    HELD_SAFE,
    NOT_HELD,
    PROTOCOL,
    Acknowledgement,
    GivenTwice,
    HeldPhoto,
    Level,
    Refusal,
)
from hub.hub import Hub
from hub.log import log
from hub.store.sql import devices, entries, losses, numbers, photos, setbacks, wanted_packs
from sync.wire.acknowledgement import sign_acknowledgement
from system.database import Connection

PHOTOS_LIMIT = 5_000
"""Photos in one question at most."""
TWICE_LIMIT = 20
"""Duplicate seizure numbers in one statement at most."""
WANTED_LIMIT = 5
"""Packs that one statement asks for at most."""
LOST_LIMIT = 1_000
"""Lost photos in one statement at most."""


class Question(msgspec.Struct, frozen=True):
    """What every question to the hub may name, and the statement answers."""

    nonce: str = ""
    """It is signed too and proves that the answer is not an old one."""
    losses: int | None = None
    """The number of the last lost photo that the workstation knows of."""


NO_QUESTION = Question()


def state(
    hub: Hub,
    rows: Connection,
    device: DeviceId,
    *,
    asked: Sequence[PhotoHash] = (),
    as_letters: bool = False,
    refused: Iterable[Refusal] = (),
    question: Question = NO_QUESTION,
) -> Acknowledgement:
    """What the hub stores of `device` now, and which of the `asked` photos, listed or as letters.

    Raises `PhotosAway` when photos are asked about and their folder is not this hub's own.
    """
    # all that a pipeline can ask at once, before the first answer is read
    tips_asked = entries.tips(rows, device, hub.identity.epoch)
    twice = numbers.given_twice(rows, device, TWICE_LIMIT)
    packs = wanted_packs.of_device(rows, device, WANTED_LIMIT)
    ended = devices.ended(rows, device)
    lost = losses.after(rows, question.losses, LOST_LIMIT)
    at = hub.now()
    set_back = setbacks.fresh(rows, at.millis)
    tips = tuple(tips_asked)
    found = [held_photo(hub, rows, photo) for photo in asked]
    if found:
        hub.objects.expect_own()  # this hub must not sign for bytes in another hub's folder
    ended_at = max(ended, default=None)
    return Acknowledgement(
        hub=hub.identity.hub,
        epoch=hub.identity.epoch,
        device=device,
        at=at,
        tips=tips,
        photos=() if as_letters else tuple(HeldPhoto(h.hash, _level(h)) for h in found if h),
        refused=tuple(refused),
        branched=len(tips) > 1,
        nonce=question.nonce,
        given_twice=tuple(GivenTwice(number, DeviceId(other)) for number, other in twice),
        protocol=PROTOCOL,
        losses=lost.last,
        lost=lost.photos,
        ended_at=None if ended_at is None else Instant(ended_at, 0),
        levels="".join(_letter(h) for h in found) if as_letters else "",
        recipient=hub.identity.recipient,
        packs_wanted=tuple(packs),
        setbacks=set_back,
    )


def _level(held: photos.Held) -> Level:
    return Level.SAFE if held.safe else Level.RECEIVED


def _letter(held: photos.Held | None) -> str:
    if held is None:
        return NOT_HELD
    return HELD_SAFE if held.safe else HELD


def note_losses(hub: Hub, asked: Iterable[PhotoHash]) -> None:
    """List those of the photos as lost whose bytes are missing; their rows stay, so that a check
    can mend them from a backup. Raises `PhotosAway`.
    """
    with hub.database.reading() as rows:
        lost = [
            photo
            for photo in asked
            if photos.is_stored(rows, photo) and held_photo(hub, rows, photo) is None
        ]
    if lost:
        with hub.database.writing(("photos",)) as rows:
            losses.add(rows, lost, hub.now().millis)


def held_photo(hub: Hub, rows: Connection, photo: PhotoHash) -> photos.Held | None:
    """The photo, if the hub has all its bytes; a row without the bytes does not count.

    Raises `PhotosAway` when the disk of the photos is not mounted, so that no photo counts as
    missing.
    """
    held = photos.held(rows, photo, hub.identity.epoch)
    return held if held and hub.objects.size(photo) == held.size else None


def signed(hub: Hub, ack: Acknowledgement) -> bytes:
    """The statement as signed bytes, with how often the hub's clock was set back before it.

    Not called while rows are written: it may write itself.
    """
    if ack.setbacks == setbacks.NOT_NOTED:
        count, back = setbacks.count(hub.database, lambda: hub.now().millis)
        if back:
            log("clock_set_back", seconds=back // 1000, times=count)
        ack = msgspec.structs.replace(ack, setbacks=count)
    return sign_acknowledgement(ack, hub.identity.key, hub.identity.keys)

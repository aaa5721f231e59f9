"""The hub's acknowledgement: what it stores, read in one consistent view, then signed."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ids import DeviceId, PhotoHash
from domain.statement import Acknowledgement, GivenTwice, HeldPhoto, Level, Refusal
from hub.hub import Hub
from hub.store.sql import entries, numbers, photos
from sync.wire.acknowledgement import sign_acknowledgement
from system.database import Connection

PHOTOS_LIMIT = 5_000
"""Photos in one question at most."""
TWICE_LIMIT = 20
"""Duplicate seizure numbers in one statement at most."""


def state(
    hub: Hub,
    rows: Connection,
    device: DeviceId,
    *,
    asked: Iterable[PhotoHash] = (),
    refused: Iterable[Refusal] = (),
    nonce: str = "",
) -> Acknowledgement:
    """What the hub stores of `device` now, and which of the `asked` photos.

    `nonce` comes from the question; it is signed too and proves that the answer is not an old one.
    Raises `PhotosAway` when photos are asked about and their folder is not this hub's own.
    """
    tips = entries.tips(rows, device, hub.identity.epoch)
    found = [held_photo(hub, rows, photo) for photo in asked]
    if found:
        hub.objects.expect_own()  # this hub must not sign for bytes in another hub's folder
    return Acknowledgement(
        hub=hub.identity.hub,
        epoch=hub.identity.epoch,
        device=device,
        at=hub.now(),
        tips=tips,
        photos=tuple(
            HeldPhoto(h.hash, Level.SAFE if h.safe else Level.RECEIVED) for h in found if h
        ),
        refused=tuple(refused),
        branched=len(tips) > 1,
        nonce=nonce,
        given_twice=tuple(
            GivenTwice(number, DeviceId(other))
            for number, other in numbers.given_twice(rows, device, TWICE_LIMIT)
        ),
        recipient=hub.identity.recipient,
    )


def held_photo(hub: Hub, rows: Connection, photo: PhotoHash) -> photos.Held | None:
    """The photo, if the hub has all its bytes; a row without the bytes does not count.

    Raises `PhotosAway` when the disk of the photos is not mounted, so that no photo counts as
    missing.
    """
    held = photos.held(rows, photo, hub.identity.epoch)
    return held if held and hub.objects.size(photo) == held.size else None


def signed(hub: Hub, ack: Acknowledgement) -> bytes:
    """The statement as signed bytes."""
    return sign_acknowledgement(ack, hub.identity.key, hub.identity.keys)

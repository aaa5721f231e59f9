"""Moves the photos of a hub from one store to another, for example from a folder to a bucket."""

from __future__ import annotations

import msgspec

from domain.ids import PhotoHash
from hub.hub import Hub
from hub.ownership import expect_own_or_free
from hub.store.port import Condition, Derived, Objects, condition
from hub.store.sql import photos, previews

SENT = (Derived.SENT_THUMBNAIL, Derived.SENT_PREVIEW)
"""Pictures that cannot be made again, because a workstation sent them ahead of the photo."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """What a move did; `unsafe` are photos that are not whole in the old store."""

    copied: int
    before: int
    """Photos that were in the new store already."""
    unsafe: tuple[PhotoHash, ...]


def move_photos(hub: Hub, target: Objects) -> Moved:
    """Copy every photo of the hub to `target`, and read it back there; nothing is deleted.

    After an interruption it goes on where it was. Raises `CannotServe` while the hub is served, and
    when `target` has photos of another hub; `PhotosAway` when a store does not answer.
    """
    with hub.database.alone():
        expect_own_or_free(hub.identity.hub, target)
        target.claim(hub.identity.hub)
        with hub.database.reading() as rows:
            known = [each.hash for each in photos.all_photos(rows)]
            ahead = previews.all_previews(rows)
        copied, before = 0, 0
        unsafe: list[PhotoHash] = []
        for photo in known:
            if condition(target, photo) is Condition.WHOLE:
                before += 1
            elif condition(hub.objects, photo) is not Condition.WHOLE:
                unsafe.append(photo)
            else:
                target.set_aside(photo)
                target.write(photo, hub.objects.read(photo))
                copied += 1
        for photo in ahead:
            for what in SENT:
                data = hub.objects.derived(photo, what)
                if data is not None:
                    target.put_derived(photo, what, data)
    return Moved(copied=copied, before=before, unsafe=tuple(unsafe))

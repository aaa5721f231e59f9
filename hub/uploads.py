"""Uploads of photos: where an upload is, and when its photo counts as stored."""

from __future__ import annotations

import hashlib

from domain.ids import DeviceId, PhotoHash
from domain.words import mark
from hub.errors import NotHere, RequestRefused
from hub.hub import Hub
from hub.statement import held_photo
from hub.store.sql import devices, photos, uploads
from hub.store.sql.photos import Held, PictureForm
from hub.store.sql.uploads import Upload

SIZE_LIMIT = 256 * 1024 * 1024
KEPT_DAYS = 30
"""Days that an upload without activity is kept; a post may be without a link for weeks."""
DAY = 86_400_000
MISMATCH = 460
"""The status that tus uses for bytes with a wrong checksum."""


def begin(hub: Hub, device: DeviceId, length: int, promised: PhotoHash | None) -> Upload:
    """The upload for these bytes; with a promised hash, device and length find an existing one
    again. The length counts too, so that an upload with a wrong length never blocks the right one.
    Raises `PhotosAway`; then no upload begins.
    """
    hub.objects.expect_own()
    if promised is not None:
        name = f"{device} {promised} {length}".encode()
        upload = Upload(hashlib.sha256(name).hexdigest(), device, length, promised, None)
    else:
        upload = Upload(hub.random(32).hex(), device, length, None, None)
    now = hub.now().millis
    with hub.database.writing((upload.id,)) as rows:
        if promised is not None:
            held = photos.held(rows, promised, hub.identity.epoch)
            if held and held_photo(hub, rows, promised) is None:
                photos.reopen(rows, [promised])
                held = None
            uploads.begin(rows, upload, now)
            if held and held.size == length:
                uploads.finish(rows, upload.id, held.hash)
        else:
            uploads.begin(rows, upload, now)
        devices.note_contact(rows, device, now)
        kept = uploads.find(rows, upload.id)
    assert kept is not None
    return kept


def find(hub: Hub, device: DeviceId, wanted: str) -> Upload:
    """The device's upload with this id. Raises `NotHere`, also for an upload of another device."""
    with hub.database.reading() as rows:
        found = uploads.find(rows, wanted)
    if found is None or found.device != device:
        raise NotHere(mark("there is no such upload"), hint=mark("Begin it anew."))
    return found


def offset(hub: Hub, upload: Upload) -> int:
    """How many bytes are stored durably: the real size on the disk.

    Raises `PhotosAway`.
    """
    hub.objects.expect_own()
    return upload.length if upload.finished else hub.objects.staged(upload.id)


def add(hub: Hub, upload: Upload, at: int, data: bytes) -> int:
    """Write `data` at the offset `at` and flush it; the new offset."""
    return hub.objects.append(upload.id, at, data)


def complete(hub: Hub, upload: Upload) -> Held | None:
    """Store the photo when all its bytes are here. Returns it when it is new.

    The hub hashes the bytes itself. Raises `RequestRefused` (460) and discards the upload when the
    hash is not the promised one. It can be repeated after the process was killed at any point.
    Raises `PhotosAway`.
    """
    hub.objects.expect_own()
    if upload.finished:
        return None
    if before := _kept_before(hub, upload):
        return before
    if hub.objects.staged(upload.id) != upload.length:
        return None
    if upload.length == 0:
        hub.objects.append(upload.id, 0, b"")
    found, start = hub.objects.digest(upload.id)
    if upload.promised is not None and found != upload.promised:
        with hub.database.writing((upload.id,)) as rows:
            uploads.delete(rows, [upload.id])
        hub.objects.drop(upload.id)
        raise RequestRefused(
            mark("the received bytes do not have the promised SHA-256; they were discarded"),
            status=MISMATCH,
            about=upload.promised.short,
            hint=mark("Send the photo again from the beginning."),
        )
    hub.objects.keep(upload.id, found)
    return _finish(hub, upload, Held(found, upload.length, form_of(start)))


def _finish(hub: Hub, upload: Upload, held: Held) -> Held:
    with hub.database.writing((upload.id,)) as rows:
        photos.add(rows, held, hub.now().millis, upload.device)
        uploads.finish(rows, upload.id, held.hash)
    return held


def _kept_before(hub: Hub, upload: Upload) -> Held | None:
    """The photo, when an earlier process stored its bytes but ended before it wrote the row.

    The bytes are hashed again, because the file may be damaged.
    """
    photo = upload.promised
    if photo is None or not upload.length or hub.objects.size(photo) != upload.length:
        return None
    found, start = hashlib.sha256(), b""
    for piece in hub.objects.read(photo):
        start = start or piece[:16]
        found.update(piece)
    if found.digest() != photo.raw:
        hub.objects.set_aside(photo)
        return None
    held = _finish(hub, upload, Held(photo, upload.length, form_of(start)))
    hub.objects.drop(upload.id)
    return held


def drop_abandoned(hub: Hub) -> int:
    """Delete unfinished uploads without activity for `KEPT_DAYS`; returns their number.

    The workstation still has the photo and begins a new upload.
    """
    limit = hub.now().millis - KEPT_DAYS * DAY
    staged = dict(hub.objects.arriving())
    with hub.database.writing(("uploads",)) as rows:
        begun = uploads.unfinished(rows)
        touched = {**begun, **staged}
        old = [upload for upload, at in touched.items() if at < limit]
        uploads.delete(rows, old)
    for upload in old:
        hub.objects.drop(upload)
    return len(old)


def expiry(hub: Hub) -> int:
    """The time until which an upload that is used now is kept, in milliseconds since 1970."""
    return hub.now().millis + KEPT_DAYS * DAY


def form_of(start: bytes) -> PictureForm:
    """JPEG, PNG or WebP by the first bytes of a file, else other."""
    if start.startswith(b"\xff\xd8\xff"):
        return PictureForm.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureForm.PNG
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return PictureForm.WEBP
    return PictureForm.OTHER

"""Uploads of photos: where an upload is, and when its photo counts as stored."""

from __future__ import annotations

import base64
import hashlib
import re

import msgspec

from domain.ids import DeviceId, PhotoHash
from domain.instant import DAY_MILLIS
from domain.words import mark
from hub.errors import ApiCode, NotHere, RequestRefused
from hub.hub import Hub
from hub.statement import held_photo
from hub.store.port import Derived
from hub.store.sql import devices, photos, uploads
from hub.store.sql.photos import Held, PictureForm
from hub.store.sql.uploads import Upload

SIZE_LIMIT = 256 * 1024 * 1024
KEPT_DAYS = 30
"""Days that an upload without activity is kept; a post may be without a link for weeks."""
COMPUTED = re.compile(r"([0-9a-f]{64})-(0|[1-9][0-9]{0,14})")
"""The last part of an address that a sender can compute: SHA-256 and length."""


def begin(
    hub: Hub, device: DeviceId, length: int, promised: PhotoHash | None, metadata: str = ""
) -> Upload:
    """A fresh upload at offset 0, also of a photo that the hub stores: equal photos meet when all
    their bytes are here.

    The first upload of a promised photo gets the address that its sender can compute; while that
    is in use, the next one gets an address by chance, so that two programs with the same photo do
    not meet. Raises `PhotosAway`; then no upload begins.
    """
    hub.objects.expect_own()
    now = hub.now().millis
    upload = Upload(hub.random(32).hex(), device, length, promised, None, metadata)
    computed = "" if promised is None else _computed_id(device, promised, length)
    storing = () if promised is None else (promised,)
    with hub.database.writing((computed or upload.id,), storing=storing) as rows:
        if promised is not None and held_photo(hub, rows, promised) is None:
            photos.reopen(rows, [promised], now)
        if computed and uploads.find(rows, computed) is None:
            upload = msgspec.structs.replace(upload, id=computed)
            hub.objects.drop(computed)  # bytes of an upload that was deleted
        uploads.begin(rows, upload, now)
        devices.note_contact(rows, device, now)
    return upload


def _computed_id(device: DeviceId, promised: PhotoHash, length: int) -> str:
    """The id of the upload that `device` finds again by the photo and its length.

    The length counts too, so that an upload with a wrong length never blocks the right one.
    """
    return hashlib.sha256(f"{device} {promised} {length}".encode()).hexdigest()


def id_at(device: DeviceId, address: str) -> str:
    """The id of the upload at the last part of an address: `SHA256-LENGTH`, or the id itself."""
    named = COMPUTED.fullmatch(address)
    if named is None:
        return address
    return _computed_id(device, PhotoHash.parse(named[1]), int(named[2]))


def address_of(upload: Upload) -> str:
    """The last part of the upload's address: `SHA256-LENGTH` when that leads to it, else its id."""
    if upload.promised is not None:
        computed = _computed_id(upload.device, upload.promised, upload.length)
        if upload.id == computed:
            return f"{upload.promised}-{upload.length}"
    return upload.id


def find(hub: Hub, device: DeviceId, address: str) -> Upload:
    """The device's upload at this address.

    A photo that the hub stores is a finished upload at its computed address, whoever sent it; a
    photo that it lost is no upload. Raises `NotHere`, also for an upload of another device.
    """
    wanted = id_at(device, address)
    named = COMPUTED.fullmatch(address)
    with hub.database.reading() as rows:
        found = uploads.find(rows, wanted)
        if found is None and named is not None:
            photo, length = PhotoHash.parse(named[1]), int(named[2])
            held = held_photo(hub, rows, photo)
            if held is not None and held.size == length:
                return Upload(wanted, device, length, photo, photo, metadata_of(photo))
        whole = found.finished if found else None
        lost = whole is not None and held_photo(hub, rows, whole) is None
    if found is not None and found.device == device:
        if whole is None or not lost:
            return found
        with hub.database.writing((found.id,), storing=(whole,)) as rows:
            photos.reopen(rows, [whole], hub.now().millis)
    raise NotHere(
        mark("there is no such upload"), code=ApiCode.NO_UPLOAD, hint=mark("Begin it anew.")
    )


def metadata_of(photo: PhotoHash) -> str:
    """The metadata of an upload that promises this photo."""
    return f"sha256 {base64.b64encode(str(photo).encode()).decode()}"


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
            status=460,
            code=ApiCode.WRONG_SHA256,
            about=upload.promised.short,
            hint=mark("Send the photo again from the beginning."),
        )
    hub.objects.keep(upload.id, found)
    return _finish(hub, upload, Held(found, upload.length, form_of(start)))


def resume(hub: Hub, upload: Upload) -> Held | None:
    """Complete an upload to which its sender returns. Returns the photo when it is new.

    When the hub stores the promised photo already, nothing of it needs to be sent: an earlier
    process may have ended before it wrote the row, or another workstation sent it.
    """
    hub.objects.expect_own()
    return (None if upload.finished else _kept_before(hub, upload)) or complete(hub, upload)


def _finish(hub: Hub, upload: Upload, held: Held) -> Held:
    with hub.database.writing((upload.id,), storing=(held.hash,)) as rows:
        photos.add(rows, held, hub.now().millis, upload.device)
        uploads.finish(rows, upload.id, held.hash)
    drop_pictures(hub, held.hash)
    return held


def drop_pictures(hub: Hub, photo: PhotoHash) -> None:
    """Delete the pictures of a preview whose photo is here."""
    for what in (Derived.SENT_PREVIEW, Derived.SENT_THUMBNAIL):
        hub.objects.drop_derived(photo, what)


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
        with hub.database.writing((str(photo),), storing=(photo,)) as rows:
            photos.reopen(rows, [photo], hub.now().millis)
        return None
    held = _finish(hub, upload, Held(photo, upload.length, form_of(start)))
    hub.objects.drop(upload.id)
    return held


def drop_abandoned(hub: Hub) -> int:
    """Delete unfinished uploads without activity for `KEPT_DAYS`, and the bytes of uploads that
    were finished at another hub on this database; returns their number.

    The workstation still has the photo of an unfinished one and begins a new upload.
    """
    limit = hub.now().millis - KEPT_DAYS * DAY_MILLIS
    staged = dict(hub.objects.arriving())
    with hub.database.writing(("uploads",)) as rows:
        begun = uploads.unfinished(rows)
        touched = {**begun, **staged}
        old = [upload for upload, at in touched.items() if at < limit]
        uploads.delete(rows, old)
        elsewhere = uploads.finished(rows, staged)
    for upload in (*old, *elsewhere):
        hub.objects.drop(upload)
    return len(old) + len(elsewhere)


def expiry(hub: Hub) -> int:
    """The time until which an upload that is used now is kept, in milliseconds since 1970."""
    return hub.now().millis + KEPT_DAYS * DAY_MILLIS


def form_of(start: bytes) -> PictureForm:
    """JPEG, PNG or WebP by the first bytes of a file, else other."""
    if start.startswith(b"\xff\xd8\xff"):
        return PictureForm.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureForm.PNG
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return PictureForm.WEBP
    return PictureForm.OTHER

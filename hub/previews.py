"""Previews that workstations send ahead of large photos: shown as such until the original is here.

A preview is never evidence: it is not acknowledged, not backed up, and deleted when the photo
arrives. What the pages show was decoded and written anew by a decoder process; the bytes that
arrived are not stored.
"""

from __future__ import annotations

from domain.ids import DeviceId, PhotoHash
from domain.words import mark
from hub.errors import ApiCode, CannotServe, RequestRefused
from hub.hub import Hub
from hub.pictures import NO_READER, PASSING
from hub.statement import held_photo
from hub.store.sql import previews
from hub.store.sql.photos import PictureForm
from hub.uploads import drop_pictures, form_of

SIZE_LIMIT = 200 * 1024
"""Bytes of a preview at most; one of 1600 pixels has about 60 KB."""


def take(hub: Hub, device: DeviceId, photo: PhotoHash, data: bytes) -> bool:
    """Keep a preview of a photo that has not arrived; whether it is kept.

    It is passed over when the hub stores the photo or has a preview of it. Raises
    `RequestRefused` when the bytes are no JPEG that can be decoded, and `CannotServe` when nothing
    can be decoded now.
    """
    with hub.database.reading() as rows:
        if previews.exists(rows, photo) or held_photo(hub, rows, photo) is not None:
            return False
    if form_of(data[:16]) is not PictureForm.JPEG:
        raise _not_a_preview("not a JPEG")
    made = hub.pictures.make_of_preview(photo, data).result()
    if made.why == NO_READER or made.why in PASSING:
        raise CannotServe(
            mark("the hub cannot decode pictures now"), status=503, code=ApiCode.UNAVAILABLE
        )
    if made.why:
        raise _not_a_preview(made.why)
    with hub.database.writing((str(photo),)) as rows:
        if held_photo(hub, rows, photo) is None:
            previews.add(rows, photo, device, hub.now().millis)
            return True
    drop_pictures(hub, photo)  # the photo arrived meanwhile
    return False


def _not_a_preview(why: str) -> RequestRefused:
    return RequestRefused(
        mark("this is no preview that the hub can show: {why}"),
        code=ApiCode.NOT_A_PICTURE,
        hint=mark("Send the photo itself."),
        why=why,
    )

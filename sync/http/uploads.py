"""Sends photos by the open tus 1.0 protocol: an upload continues at the offset that the hub
returns.

The metadata contain the photo's SHA-256, and the hub returns the same upload for the same photo. So
the workstation stores nothing: after a cut link it creates the upload again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import httpx2

from domain.ids import PhotoHash
from domain.words import mark
from sync.errors import HubUnintelligible
from sync.http.exchange import Answer, exchange

TUS = {"Tus-Resumable": "1.0.0"}
ORIGIN = ("scheme", "host", "port")
PIECE = 4 * 1024 * 1024
"""Bytes sent in one request. A cut link loses only bytes that the hub had not yet flushed to its
disk.
"""


def upload(
    http: httpx2.Client,
    photo: PhotoHash,
    data: bytes,
    *,
    cancelled: Callable[[], bool],
) -> bool:
    """Send the bytes that the hub lacks of `photo`; False when cancelled before the end.

    Only the hub's signed statement proves that it stores the photo. Raises `NoLink`, `HubFailed`,
    `HubRefused`, and `HubUnintelligible` when the hub returns an impossible offset.
    """
    location, offset = _create(http, photo, len(data))
    while offset < len(data):
        if cancelled():
            return False
        piece = data[offset : offset + PIECE]
        answer = exchange(
            http,
            "PATCH",
            location,
            content=piece,
            headers={
                **TUS,
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            },
        )
        reached = _offset(answer, len(data), photo)
        if reached <= offset:
            raise _impossible(photo, str(reached))
        offset = reached
    return True


def _create(http: httpx2.Client, photo: PhotoHash, length: int) -> tuple[str, int]:
    promised = base64.b64encode(str(photo).encode()).decode()
    answer = exchange(
        http,
        "POST",
        "/api/photos",
        headers={
            **TUS,
            "Upload-Length": str(length),
            "Upload-Metadata": f"sha256 {promised}",
            "Content-Length": "0",
        },
    )
    location = answer.headers.get("Location", "")
    if answer.status != 201 or not location:
        raise _impossible(photo, "none")
    target = httpx2.URL(str(answer.url)).join(location)
    if any(getattr(target, part) != getattr(http.base_url, part) for part in ORIGIN):
        # send the token only to the hub's own address, and never unencrypted where TLS was asked
        # for
        raise HubUnintelligible(
            mark("the hub sends the upload to another address"), about=photo.short
        )
    if "Upload-Offset" in answer.headers:
        return str(target), _offset(answer, length, photo)
    head = exchange(http, "HEAD", str(target), headers=TUS)
    return str(target), _offset(head, length, photo)


def _offset(answer: Answer, length: int, photo: PhotoHash) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if not text.isdecimal() or len(text) > 15 or int(text) > length:
        raise _impossible(photo, text)
    return int(text)


def _impossible(photo: PhotoHash, offset: str) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub returns an impossible offset ({offset}) for a photo"),
        about=photo.short,
        hint=mark("The photo waits here; tell the hub's administrator."),
        offset=offset[:20] or "none",
    )

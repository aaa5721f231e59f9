"""Brings a bundle to the hub, piece by piece, and asks for the hub's answer to it.

The address of a bundle follows from its bytes, so nothing is remembered: after a cut the hub says
how far it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx2

from domain.words import mark
from sync.errors import HubFailed, HubUnintelligible, TooLarge
from sync.http.exchange import Answer, exchange
from sync.http.flow import Flow
from sync.wire.courier import MEDIA_TYPE, BundleAnswer, read_bundle_answer

PIECE = 1_000_000
"""Bytes in one request: just below what a proxy takes that nobody configured."""
QUESTIONS = 180
"""Times that the hub is asked while it reads the bundle; it answers each after 20 seconds."""


def bring_bundle(
    http: httpx2.Client,
    path: Path,
    sha256: bytes,
    reached: Callable[[int], None] = lambda _: None,
) -> BundleAnswer:
    """Send what the hub lacks of the file, and return its answer.

    `reached` is called with each offset that the hub confirms. Raises `NoLink`, `HubFailed`,
    `HubRefused` (the hub refuses the bundle), `HubUnintelligible`, and `OSError` when the file
    cannot be read.
    """
    size = path.stat().st_size
    address = f"/api/bundles/{sha256.hex()}-{size}"
    answer = exchange(http, "GET", address, expected=(404,))
    if answer.status == 404:
        _send(http, path, address, size, reached)
        answer = exchange(http, "GET", address)
    for _ in range(QUESTIONS):
        if answer.status != 202:
            return read_bundle_answer(answer.body)
        answer = exchange(http, "GET", address)
    raise HubFailed(
        mark("the hub does not finish to read the bundle"),
        about=path.name,
        hint=mark("Give the same command again later."),
    )


def _send(
    http: httpx2.Client, path: Path, address: str, size: int, reached: Callable[[int], None]
) -> None:
    head = exchange(http, "HEAD", address, expected=(404,))
    flow = Flow(piece=PIECE)
    offset = 0 if head.status == 404 else _offset(head, size, path)
    with path.open("rb") as file:
        while offset < size:
            reached(offset)
            file.seek(offset)
            piece = file.read(flow.piece)
            headers = {"Upload-Offset": str(offset), "Content-Type": MEDIA_TYPE}
            try:
                answer = exchange(
                    http, "PATCH", address, content=piece, headers=headers, expected=(409,)
                )
            except TooLarge:
                if not flow.shrink(len(piece)):
                    raise
                continue
            before, offset = offset, _offset(answer, size, path)
            if offset == before:
                raise _impossible(path, str(offset))
    reached(size)


def _offset(answer: Answer, size: int, path: Path) -> int:
    offset = answer.upload_offset(size)
    if offset is None:
        raise _impossible(path, answer.headers.get("Upload-Offset", ""))
    return offset


def _impossible(path: Path, offset: str) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub returns an impossible offset ({offset}) for a bundle"),
        about=path.name,
        hint=mark("The bundle waits on the stick; tell the hub's administrator."),
        offset=offset[:20] or "none",
    )

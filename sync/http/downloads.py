"""Fetches photos of this workstation's own records back from the hub, in pieces."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import httpx2

from acts.hub.join_hub import EnrolledHub, enrolled_hub
from acts.station.fetch_back import take_photo
from domain.errors import TidewaiterError
from domain.ids import PhotoHash
from domain.words import mark
from storage.photos.store import SIZE_LIMIT
from storage.workstation import Workstation
from sync.errors import HubFailed, HubRefused, HubUnintelligible, NoLink
from sync.http.exchange import exchange
from sync.http.meet import proven, with_token
from sync.pace import FOREGROUND, FOREGROUND_ASKED, Pace
from system.clock import system_clock

PIECE = 512 * 1024
"""Bytes asked for at once: a cut costs no more than these."""


def fetch_photos(
    ws: Workstation,
    wanted: Sequence[PhotoHash],
    *,
    hub: EnrolledHub | None = None,
    tries: int = 3,
    waiting: Callable[[Callable[[], bytes]], bytes] = lambda load: load(),
) -> Iterator[tuple[PhotoHash, TidewaiterError | None]]:
    """Fetch the photos one after another; each with why it did not come, or None.

    `hub` is the hub where it proved its key; else that of the enrolment, at its address. After a
    cut the same photo goes on where it stood. `waiting` calls the function that loads the
    bytes of one photo and does not use the workstation. Raises `NoLink` or `HubFailed` after
    `tries` in a row without a byte, `NotFound` when the workstation is not enrolled.
    """
    if not wanted:
        return
    with with_token(proven(hub or enrolled_hub(ws))) as http:
        for photo in wanted:
            why: TidewaiterError | None
            try:
                path = f"/api/photos/{photo}"
                data = waiting(partial(download, http, path, tries=tries))
                why = None if take_photo(ws, photo, data) else _other_bytes(photo)
            except (HubRefused, HubUnintelligible) as error:
                why = error
            yield photo, why


def download(
    http: httpx2.Client, path: str, *, tries: int, rest: Callable[[float], None] = time.sleep
) -> bytes:
    """All bytes at `path`, in pieces; a piece that did not come is asked for again after a pause,
    for which `rest` is called with its seconds.
    """
    body, pace = bytearray(), Pace(FOREGROUND, FOREGROUND_ASKED)
    while len(body) <= SIZE_LIMIT:
        asked = {"Range": f"bytes={len(body)}-{len(body) + PIECE - 1}"}
        try:
            answer = exchange(http, "GET", path, headers=asked)
        except (NoLink, HubFailed) as error:
            pace = pace.failed(system_clock())
            if pace.failures >= tries:
                raise
            rest(pace.pause(random.random(), error.retry_after))
            continue
        pace = pace.succeeded()
        if answer.status != PARTIAL:
            return answer.body  # all of it
        body += answer.body
        size = answer.headers.get("content-range", "").rpartition("/")[2]
        if not answer.body or not size.isdecimal() or len(body) >= int(size):
            break
    return bytes(body)


PARTIAL = 206
"""HTTP status of an answer that has a range of the bytes."""


def _other_bytes(photo: PhotoHash) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the received bytes are not those of the photo"),
        about=photo.short,
        hint=mark("They were not stored; tell the hub's administrator."),
    )

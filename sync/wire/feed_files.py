"""The hub's feed as files on a stick: its pages, and the packs that they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.ids import PackHash
from sync.wire.feed import PACK, FeedItem, FeedPage
from sync.wire.stick import feed_folder, pack_file
from system.stick import put


def put_feed(
    folder: Path,
    page_after: Callable[[int], tuple[bytes, FeedPage]],
    pack_of: Callable[[FeedItem], bytes | None],
) -> int:
    """Put the whole feed on the stick; returns how many files are new.

    `page_after` gives a page as it is signed, and what it says; `pack_of` the file of a pack, or
    None when it cannot be had. Raises `StickFailed`, and the errors of both functions.
    """
    after = new = 0
    while True:
        data, page = page_after(after)
        for item in page.items:
            if item.kind == PACK:
                new += _put_pack(folder, item, pack_of)
        new += put(feed_folder(folder) / f"{after}.json", data)
        if page.until >= page.last:
            return new
        after = page.until


def _put_pack(folder: Path, item: FeedItem, pack_of: Callable[[FeedItem], bytes | None]) -> bool:
    path = pack_file(folder, PackHash(item.sha256.raw))
    if path.is_file():
        return False
    data = pack_of(item)
    return data is not None and PackHash.of(data).raw == item.sha256.raw and put(path, data)

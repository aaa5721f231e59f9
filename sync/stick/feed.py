"""The hub's feed on a stick: pages and packs lie there as files, and any workstation may bring
them.
"""

from __future__ import annotations

import re
from pathlib import Path

from acts.hub.join_hub import enrolled_hub
from domain.ids import PackHash
from domain.words import mark
from storage.feed_items import StoredFeedItem
from storage.workstation import Workstation
from sync.feed import FeedOutcome, take_page, take_with_file, tell_untrusted, try_again, unfinished
from sync.wire.errors import FeedRefused
from sync.wire.feed import read_feed
from sync.wire.stick import ANSWER_LIMIT, feed_folder, pack_file
from system.errors import StickFailed
from system.stick import as_stick, read_file

PAGE = re.compile(r"(0|[1-9][0-9]{0,14})\.json")


def take_feed_from(ws: Workstation, folder: Path) -> FeedOutcome:
    """Take the pages on the stick that are new here.

    A page or pack that is damaged or missing is a problem of the outcome. Raises `StickFailed` when
    the stick cannot be read.
    """
    done = FeedOutcome()
    try_again(ws, done)
    hub = enrolled_hub(ws)

    def pack_of(item: StoredFeedItem) -> bytes:
        return _pack(folder, item)

    if _pages(folder):
        for item in unfinished(ws):
            take_with_file(ws, item, pack_of, done)
    try:
        for number in _pages(folder):
            data = read_file(feed_folder(folder) / f"{number}.json", ANSWER_LIMIT)
            page = read_feed(data, hub.key, hub.id)
            if not take_page(ws, page, pack_of, done):
                break
    except (FeedRefused, StickFailed) as error:
        done.problems.append(error)
    tell_untrusted(ws, done)
    return done


def _pages(folder: Path) -> tuple[int, ...]:
    pages = feed_folder(folder)
    with as_stick(pages):
        names = [path.name for path in pages.iterdir()] if pages.is_dir() else []
    return tuple(sorted(int(match[1]) for name in names if (match := PAGE.fullmatch(name))))


def _pack(folder: Path, item: StoredFeedItem) -> bytes:
    path = pack_file(folder, PackHash(item.sha256.raw))
    if not path.is_file():
        raise StickFailed(
            mark("the pack {name} is not on the stick"),
            about=str(folder),
            hint=mark("It comes with the next synchronisation, or with a stick from the hub."),
            name=f"{item.name} {item.version}",
        )
    return read_file(path, ANSWER_LIMIT)

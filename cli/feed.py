"""`feed`: list what came from the hub: packs, bulletins and other things."""

from __future__ import annotations

import argparse

from cli.options.feed_item import state_in_words
from cli.options.folder import add_home
from cli.options.home import open_here
from domain.words import one_line
from storage import feed_items
from storage.feed_items import FeedState, StoredFeedItem


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--show", action="store_true", help="also the text of bulletins")


def run(arguments: argparse.Namespace) -> int:
    """One line for each item, the newest first."""
    with open_here(arguments, reading=True) as ws:
        for item in feed_items.everything(ws.db):
            print(*_line(item), sep="\t")
            if arguments.show and item.state is FeedState.KEPT and item.body:
                for line in item.body.decode("utf-8", "replace").splitlines():
                    print(f"    {one_line(line)}")
    return 0


def _line(item: StoredFeedItem) -> tuple[str, ...]:
    named = (one_line(text) for text in (item.kind, item.name, item.version))
    return (str(item.at), *named, state_in_words(item))

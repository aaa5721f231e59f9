"""What came from the hub, in words."""

from __future__ import annotations

from domain.given_keys import OPERATION_KEY, read_given_key
from domain.words import one_line
from storage.feed_items import FeedState, StoredFeedItem

WORDS = {
    FeedState.ADOPTED: "in use",
    FeedState.KEPT: "kept",
    FeedState.WITHDRAWN: "withdrawn by headquarters",
    FeedState.UNREADABLE: "kept: this program cannot read it, a newer one can",
    FeedState.UNTRUSTED: "not in use: nobody who is trusted here signed it",
    FeedState.ELSEWHERE: "for other posts",
    FeedState.UNKNOWN: "kept: this program does not know this kind",
    FeedState.MISSING: "its file is still missing",
    FeedState.REFUSED: "not taken: it is not what the hub signed for",
}


def item_in_words(item: StoredFeedItem) -> str:
    """`pack SAMPLE-MED 1.5.0: in use, signed by operation NORTH-SEA`."""
    name = "pack" if item.state is FeedState.WITHDRAWN else item.kind.replace("_", " ")
    return f"{one_line(f'{name} {item.name} {item.version}')}: {state_in_words(item)}"


def state_in_words(item: StoredFeedItem) -> str:
    """What became of it; of a pack that is in use who signed it, of a key its fingerprint."""
    if item.kind == OPERATION_KEY and item.state is FeedState.KEPT:
        key = read_given_key(item.name, item.body)
        return "taken back" if key is None else f"trusted, {key.fingerprint}"
    words, given = WORDS[item.state], item.given
    if item.state is not FeedState.ADOPTED or given is None or given.shipped:
        return words
    if given.signature is None:
        return f"{words}, not signed: its records and receipts will show it"
    return f"{words}, signed by operation {given.signature.operation}"

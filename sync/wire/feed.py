"""The hub's feed: what comes down to the workstations, in one order, signed page by page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

import msgspec

from domain.encoding import to_json
from domain.ids import Digest, HubId
from domain.instant import Instant
from domain.pack.signature import PackGiving
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.acknowledgement import present_key
from sync.wire.envelope import SIZE_LIMIT, Envelope, UnreadableJson, decode, sign
from sync.wire.errors import FeedRefused

VERSION = 1
LABEL = "tidewaiter feed 1"
"""Label under which a hub signs a page of its feed."""
PACK, BULLETIN, WITHDRAWN = "pack", "bulletin", "withdrawn"
"""The kinds of this version, beside `SETTING`; a reader keeps an item of another kind."""
BODY_LIMIT = 64 * 1024
"""Bytes of the value of an item at most."""
ITEMS_AT_ONCE, BODIES_AT_ONCE = 200, 1024 * 1024
"""Limits of one page: items, and bytes of their values."""


class FeedItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that the hub gives out; items are numbered in the order of publishing."""

    number: int
    kind: str
    name: str
    version: str
    sha256: Digest
    """Of the pack's file, or of the value."""
    at: Instant
    """When it was published, by the hub's clock."""
    body: str | None = None
    """The value in base 64; a pack has none, its file is fetched or lies on the stick."""
    pack: PackGiving | None = None
    """Of a pack: how headquarters gives it; hubs that ask for no signatures do not say it."""

    @property
    def value(self) -> bytes | None:
        """The value; None when there is none, or it is not the one that `sha256` names."""
        try:
            data = base64.b64decode(self.body or "", validate=True)
        except (binascii.Error, ValueError):
            return None
        return data if self.body is not None and Digest.of(data) == self.sha256 else None


class FeedPage(msgspec.Struct, frozen=True, kw_only=True, tag_field="v", tag=VERSION):
    """The items after number `after`, as far as they fit into one page; `last` is the number of the
    hub's newest item.
    """

    hub: HubId
    epoch: str
    after: int
    last: int
    items: tuple[FeedItem, ...]

    @property
    def until(self) -> int:
        """The number up to which this page tells everything."""
        return self.items[-1].number if self.items else self.last


def sign_feed(page: FeedPage, key: SigningKey, keys: Sequence[Envelope] = ()) -> bytes:
    """The page, signed with the hub's present key; `keys` as in an acknowledgement."""
    envelope = sign(page, key, LABEL)
    return to_json(msgspec.structs.replace(envelope, keys=tuple(keys)))


def read_feed(data: bytes, key: VerifyKey, hub: HubId) -> FeedPage:
    """The page, signed by the hub whose key the workstation received at enrolment.

    Raises `FeedRefused`.
    """
    try:
        envelope = decode(data[: SIZE_LIMIT + 1], Envelope)
        if not envelope.signed_by(present_key(envelope, key, hub), LABEL):
            raise FeedRefused(mark("the feed is not signed by the hub of this workstation"))
        page = envelope.read(FeedPage)
    except UnreadableJson as error:
        raise FeedRefused(mark("this is not the feed of a hub")) from error
    numbers = [item.number for item in page.items]
    if page.hub != hub or numbers != sorted(set(numbers)) or any(n <= page.after for n in numbers):
        raise FeedRefused(mark("this is not the feed of the hub of this workstation"))
    return page


def body_of(data: bytes) -> str:
    """A value as it stands in an item."""
    return base64.b64encode(data).decode()

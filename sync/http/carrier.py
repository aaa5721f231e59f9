"""The hub over HTTP, as a `Carrier`."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

import httpx2

from acts.errors import OldAnswer
from acts.hub.join_hub import EnrolledHub
from domain.entry import Entry
from domain.ids import DeviceId, EntryHash, PackHash, PhotoHash
from domain.interception.record import PackRef
from domain.statement import PROTOCOL, Acknowledgement
from domain.words import mark
from sync.errors import HubFailed, HubRefused, HubUnintelligible
from sync.http.exchange import exchange
from sync.http.flow import LARGEST_PIECE, Flow
from sync.http.meet import another_hub, is_another, proven, with_token
from sync.http.uploads import upload
from sync.wire.acknowledgement import read_acknowledgement
from sync.wire.batch import MEDIA_TYPE, pack_batch, read_batch
from sync.wire.enrolment import OfferedPack, read_packs
from sync.wire.errors import FeedRefused
from sync.wire.feed import FeedPage, read_feed
from sync.wire.photos import HASHES, with_photos

UNKNOWN_TOKEN = "unknown_token"
"""The code with which a hub refuses a token that it did not give out (docs/protocol.md)."""


class HttpCarrier:
    """An open connection to the hub of one workstation; safe to use from several threads.

    At another address than that of the enrolment the hub proves its key before the first request.
    """

    def __init__(
        self,
        hub: EnrolledHub,
        device: DeviceId,
        flow: Flow | None = None,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._hub = hub
        self._random = random
        self._device = device
        self._protocol = hub.protocol
        self.flow = flow or Flow()
        self._client = with_token(hub)  # checks the address; sends nothing

    def tips(self, losses: int = 0) -> Acknowledgement:
        """As `Carrier`."""
        return self._statement("GET", f"/api/devices/{self._device}/tips", losses)

    def tips_of(self, device: DeviceId) -> Acknowledgement:
        """As `Carrier`."""
        return self._statement("GET", f"/api/devices/{device}/tips", 0, device=device)

    def send(self, entries: Sequence[Entry], losses: int = 0) -> Acknowledgement:
        """As `Carrier`."""
        data = pack_batch(entries)
        headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(data))}
        body = self.flow.chunks(data)
        return self._statement("POST", "/api/batches", losses, content=body, headers=headers)

    def fetch(self, held: Sequence[EntryHash]) -> tuple[Entry, ...]:
        """As `Carrier`."""
        params = tuple(("after", str(name)) for name in held)
        data = self._get(f"/api/devices/{self._device}/entries", params)
        return read_batch(data).entries

    def photos(self, asked: Sequence[PhotoHash], losses: int = 0) -> Acknowledgement:
        """As `Carrier`."""
        path = f"/api/devices/{self._device}/photos"
        if self._protocol < PROTOCOL:
            body = json.dumps({"hashes": [str(photo) for photo in asked]}).encode()
            return self._statement("POST", path, losses, content=body)
        headers = {"Content-Type": HASHES}
        body = b"".join(photo.raw for photo in asked)
        statement = self._statement("POST", path, losses, content=body, headers=headers)
        return with_photos(statement, asked)

    def send_photo(
        self,
        photo: PhotoHash,
        data: bytes,
        *,
        begun: bool = False,
        sent: Callable[[], None] = lambda: None,
        reached: Callable[[int], None] = lambda _: None,
        cancelled: Callable[[], bool],
    ) -> bool:
        """As `Carrier`."""
        return upload(
            self._http(),
            photo,
            data,
            flow=self.flow,
            begun=begun,
            by_address=self._protocol >= PROTOCOL,
            sent=sent,
            reached=reached,
            cancelled=cancelled,
        )

    def packs(self) -> tuple[OfferedPack, ...]:
        """As `Carrier`."""
        return read_packs(self._get("/api/packs"))

    def pack(self, offered: OfferedPack) -> bytes:
        """As `Carrier`."""
        data = self._get(f"/api/packs/{offered.id}/{offered.version}")
        if PackHash.of(data) != offered.sha256:
            raise HubUnintelligible(
                mark("the received pack is not the one that the hub offers"),
                about=f"{offered.id} {offered.version}",
                hint=mark("It was not adopted; tell the hub's administrator."),
            )
        return data

    def send_preview(self, photo: PhotoHash, picture: bytes) -> bool:
        """As `Carrier`."""
        if self._protocol < PROTOCOL:
            return False
        answer = exchange(
            self._http(),
            "PUT",
            f"/api/photos/{photo}/preview",
            headers={"Content-Type": "image/jpeg", "Content-Length": str(len(picture))},
            content=self.flow.chunks(picture),
            expected=(404, 405),
        )
        return answer.status < 300

    def send_pack(self, pack: PackRef, data: bytes) -> None:
        """As `Carrier`."""
        headers = {"Content-Type": "application/json", "Content-Length": str(len(data))}
        path = f"/api/packs/{pack.sha256}"
        exchange(self._http(), "PUT", path, headers=headers, content=self.flow.chunks(data))

    @property
    def piece_limit(self) -> int | None:
        """As `Carrier`."""
        return self.flow.piece if self.flow.piece < LARGEST_PIECE else None

    def knock(self) -> None:
        """As `Carrier`."""
        with contextlib.suppress(HubFailed, HubRefused, HubUnintelligible):
            exchange(self._http(), "GET", "/api/health")

    def reopen(self) -> None:
        """As `Carrier`. Work that uses the old connections fails some time, and nobody listens."""
        self._client = with_token(self._hub)

    def feed(self, after: int) -> FeedPage:
        """As `Carrier`."""
        page = read_feed(self.feed_bytes(after), self._hub.key, self._hub.id)
        if page.after != after:
            raise FeedRefused(mark("this is not the page of the feed that was asked for"))
        return page

    def feed_bytes(self, after: int, *, for_all: bool = False) -> bytes:
        """The signed page; with `for_all` with the packs of all posts, to be put on a stick."""
        whose = (("posts", "all"),) if for_all else ()
        return self._get("/api/feed", (("after", str(after)), *whose))

    def close(self) -> None:
        """As `Carrier`."""
        self._client.close()

    def _http(self) -> httpx2.Client:
        """The connections. At another address the hub proves its key first; two lanes that begin
        together may both ask for that.
        """
        if self._hub.elsewhere:
            hub = proven(self._hub, self._random)
            self._client = with_token(hub)
            self._hub = hub
        return self._client

    def _get(self, path: str, params: tuple[tuple[str, str], ...] = ()) -> bytes:
        return self._asked("GET", path, params=params)

    def _asked(
        self,
        method: str,
        path: str,
        *,
        params: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | Iterable[bytes] = b"",
    ) -> bytes:
        """The body of the hub's answer. Raises `OtherHub` where the token is unknown because
        another hub answers at this address.
        """
        try:
            return exchange(
                self._http(), method, path, params=params, headers=headers, content=content
            ).body
        except HubRefused as error:
            if error.code == UNKNOWN_TOKEN and is_another(self._hub, self._random):
                hint = mark("Nothing was changed here. Check the address.")
                raise another_hub(self._hub.url, hint) from error
            raise

    def _statement(
        self,
        method: str,
        path: str,
        losses: int,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | Iterable[bytes] = b"",
        device: DeviceId | None = None,
    ) -> Acknowledgement:
        """The hub's verified answer. The nonce proves that it answers this question."""
        nonce = self._random(16).hex()
        asked = f"{path}?nonce={nonce}&losses={losses}"
        data = self._asked(method, asked, headers=headers, content=content)
        hub = self._hub
        about = device or self._device
        statement = read_acknowledgement(data, hub.key, hub=hub.id, device=about)
        if statement.nonce not in ("", nonce):
            raise OldAnswer(
                mark("this is the hub's answer to another question"),
                about=hub.url,
                hint=mark("Nothing was changed. A proxy may have sent an old answer."),
            )
        self._protocol = statement.protocol
        return statement

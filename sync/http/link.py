"""The link to the hub over HTTP: one question, one answer, every failure in our own words."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx2

from acts.errors import OldAnswer
from acts.hub.acknowledge import Statement
from acts.hub.join_hub import HubPlace
from domain.entry import Entry
from domain.ids import DeviceId, EntryHash, PackHash, PhotoHash
from domain.words import mark
from sync.errors import HubFailed, HubRefused, HubUnintelligible, NoLink
from sync.http.trust import distrusted, trust, why_not
from sync.wire.acknowledgement import Acknowledgement, read_acknowledgement
from sync.wire.batch import MEDIA_TYPE, Batch, pack_batch, read_batch
from sync.wire.enrolment import OfferedPack, read_packs
from system.clock import system_clock

ANSWER_LIMIT = 64 * 1024 * 1024
SLOW_LINK = httpx2.Timeout(connect=15.0, read=120.0, write=120.0, pool=15.0)
"""Seconds. A satellite link answers late; a cut is noticed by silence, not by slowness."""


class Link:
    """An open connection to the hub of one workstation; safe to use from several threads."""

    def __init__(
        self, place: HubPlace, device: DeviceId, random: Callable[[int], bytes] = os.urandom
    ) -> None:
        self._place = place
        self._random = random
        self._device = device
        self._client = client(
            place.url, {"Authorization": f"Bearer {place.token}"}, place.authority
        )

    def tips(self) -> Statement:
        """What the hub holds of our journal."""
        return self._statement("GET", f"/api/devices/{self._device}/tips")

    def send(self, entries: Sequence[Entry]) -> Statement:
        """Send entries, parents before children; the answer says what the hub then holds."""
        data = pack_batch(entries)
        headers = {"Content-Type": MEDIA_TYPE}
        return self._statement("POST", "/api/batches", content=data, headers=headers)

    def photos(self, asked: Sequence[PhotoHash]) -> Statement:
        """Which of these photos the hub holds, hashed by itself."""
        body = json.dumps({"hashes": [str(photo) for photo in asked]}).encode()
        path = f"/api/devices/{self._device}/photos"
        return self._statement("POST", path, frozenset(asked), content=body)

    def fetch(self, held: Sequence[EntryHash]) -> Batch:
        """Entries of ours that the hub holds beyond those in `held`, parents first."""
        params = [("after", str(name)) for name in held]
        return read_batch(self.ask("GET", f"/api/devices/{self._device}/entries", params=params))

    def packs(self) -> tuple[OfferedPack, ...]:
        """The checklists that the hub hands out."""
        return read_packs(self.ask("GET", "/api/packs"))

    def pack(self, offered: OfferedPack) -> bytes:
        """The file of a checklist. Raises `HubUnintelligible` when it is not the one offered."""
        data = self.ask("GET", f"/api/packs/{offered.id}/{offered.version}")
        if PackHash.of(data) != offered.sha256:
            raise HubUnintelligible(
                mark("the pack that came is not the one that the hub offers"),
                about=f"{offered.id} {offered.version}",
                hint=mark("It was not adopted; tell the hub's administrator."),
            )
        return data

    def ask(self, method: str, path: str, **parts: Any) -> bytes:
        """The body of the answer. Raises `NoLink`, `HubFailed`, `HubRefused`."""
        return exchange(self._client, method, path, **parts).body

    @property
    def client(self) -> httpx2.Client:
        """For uploads, which read headers."""
        return self._client

    def _statement(
        self, method: str, path: str, asked: frozenset[PhotoHash] = frozenset(), **parts: Any
    ) -> Statement:
        """The hub's answer. A nonce in the question shows that it was made for it."""
        nonce = self._random(16).hex()
        data = self.ask(method, f"{path}?nonce={nonce}", **parts)
        ack = read_acknowledgement(data, self._place.key, hub=self._place.hub, device=self._device)
        if ack.nonce not in ("", nonce):
            raise OldAnswer(
                mark("this is the hub's answer to another question"),
                about=self._place.url,
                hint=mark("Nothing was changed. A proxy that keeps answers may be in the way."),
            )
        return statement_of(ack, asked)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()


def client(url: str, headers: Mapping[str, str], authority: str = "") -> httpx2.Client:
    """A client for the hub at `url`; `authority` is PEM trusted beside the system's authorities.

    Raises `HubRefused` when that is no address, and for plain http to another machine: the token
    would travel in the clear, and nothing would show that the hub is the hub.
    """
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError):
        address = httpx2.URL()
    if address.scheme not in ("http", "https") or not address.host:
        raise HubRefused(
            mark("this is no address of a hub"),
            about=url[:200],
            hint=mark("Write it like https://hub.example.org."),
        )
    if address.scheme == "http" and not _is_this_machine(address.host):
        raise HubRefused(
            mark("over plain http the token and the records would travel in the clear"),
            about=url[:200],
            hint=mark("Write the address with https; ask headquarters for it."),
        )
    return httpx2.Client(
        base_url=url.rstrip("/"),
        headers=dict(headers),
        timeout=SLOW_LINK,
        follow_redirects=False,
        verify=trust(authority) if address.scheme == "https" else True,
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, no larger than anything a hub says."""

    status: int
    headers: httpx2.Headers
    body: bytes
    url: httpx2.URL


def exchange(http: httpx2.Client, method: str, path: str, **parts: Any) -> Answer:
    """One request and its whole answer, with a status of success.

    Raises `NoLink` when none came, `HubNotTrusted` when its certificate is not believed,
    `HubFailed` for 5xx, `HubRefused` for 4xx, `HubUnintelligible` for anything else.
    """
    about = str(http.base_url).rstrip("/")
    try:
        with http.stream(method, path, **parts) as response:
            answer = _whole(response, about)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise HubRefused(mark("this is no address of a hub"), about=about) from error
    except httpx2.TransportError as error:
        refused = distrusted(error)
        if refused is not None:
            # the system's own clock: it is the one the certificate was judged by
            raise why_not(refused, about, system_clock()) from error
        raise NoLink(
            mark("no answer from the hub"),
            about=about,
            hint=mark("Everything waits here and goes when the link is back."),
        ) from error
    except httpx2.HTTPError as error:
        raise HubUnintelligible(mark("the answer cannot be read"), about=about) from error
    said = _said(answer) if answer.status >= 400 else ""
    if answer.status >= 500:
        raise HubFailed(
            mark("the hub cannot do this now: {why}")
            if said
            else mark("the hub has a fault of its own (status {status})"),
            about=about,
            hint=mark("Everything waits here; tell the hub's administrator."),
            status=answer.status,
            why=said,
        )
    if answer.status >= 400:
        raise HubRefused(
            mark("the hub refuses: {why}"),
            about=about,
            why=said or f"status {answer.status}",
        )
    if answer.status >= 300:
        raise _not_a_hub(about)
    return answer


def _whole(response: httpx2.Response, about: str) -> Answer:
    """The answer, read piece by piece: one that grows beyond the limit when unpacked is dropped."""
    body = bytearray()
    for piece in response.iter_bytes(1 << 20):
        body += piece
        if len(body) > ANSWER_LIMIT:
            raise _not_a_hub(about)
    return Answer(response.status_code, response.headers, bytes(body), response.url)


def _not_a_hub(about: str) -> HubUnintelligible:
    return HubUnintelligible(
        mark("this is not the address of a hub"),
        about=about,
        hint=mark("Check the address; a proxy may be in the way."),
    )


def statement_of(ack: Acknowledgement, asked: frozenset[PhotoHash]) -> Statement:
    """A verified acknowledgement in the words of the domain."""
    return Statement(
        epoch=ack.epoch,
        at=ack.at,
        tips={tip.hash: tip.level.value for tip in ack.tips},
        asked=asked,
        photos={photo.hash: photo.level.value for photo in ack.photos if photo.hash in asked},
        refused={refusal.hash: refusal.reason for refusal in ack.refused},
        branched=ack.branched,
        fresh=bool(ack.nonce),
        given_twice=tuple((twice.number, twice.device) for twice in ack.given_twice),
    )


def _said(answer: Answer) -> str:
    """What the hub says, if it says so in our form; else nothing. Never a page of HTML."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return ""
    words = said.get("error") if isinstance(said, dict) else None
    return str(words or "")[:300]

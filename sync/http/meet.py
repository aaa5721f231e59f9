"""Meets a hub before anything secret is sent to it: its key is compared, its authority learnt."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx2

from acts.hub.join_hub import EnrolledHub
from domain.ids import HubId
from domain.signing import VerifyKey
from domain.words import mark
from sync.errors import HubRefused, SyncError, UnknownAuthority
from sync.http.exchange import client, exchange
from sync.http.trust import unverified
from sync.wire.errors import OtherHub, WireError
from sync.wire.introduction import Introduction, read_introduction
from system.authorities import beside
from system.clock import system_clock


@dataclass(frozen=True, slots=True)
class MetHub:
    """A hub that proved that it has the expected key."""

    url: str
    id: HubId
    key: VerifyKey
    """The key with which it signs now."""
    authority: str
    """PEM certificates with which its certificate is trusted, in addition to the system's."""


def meet(
    url: str,
    authority: str,
    knows: Callable[[VerifyKey], bool],
    random: Callable[[int], bytes] = os.urandom,
) -> MetHub:
    """The hub at `url`, whose key the caller `knows`; no secret is sent.

    A certificate of an unknown authority is accepted for this one question: the signed answer names
    the authority, and every later connection is verified with it. Raises `OtherHub` when another
    hub answers, `EnrolmentRefused` when none does, `UnknownAuthority` when the hub names no
    authority, and what `exchange` raises.
    """
    try:
        found = _introduction(url, authority, knows, random)
    except UnknownAuthority:
        found = _introduction(url, authority, knows, random, verified=False)
        if not found.authority:
            raise
    known = beside(authority, found.authority, system_clock().local)
    return MetHub(url.rstrip("/"), found.hub, found.public_key, known)


def proven(hub: EnrolledHub, random: Callable[[int], bytes] = os.urandom) -> EnrolledHub:
    """The hub of this workstation, which may get the token at its address.

    At the address of the enrolment nothing is asked. Anywhere else the hub proves its key first,
    over a line whose certificate is believed. Raises `OtherHub` when another hub answers,
    `HubRefused` when nobody introduces himself, as a hub of protocol 1, and what `exchange` raises.
    """
    if not hub.elsewhere:
        return hub
    try:
        _introduction(hub.url, hub.authority, lambda key: key == hub.key, random)
    except OtherHub as error:
        raise another_hub(hub.url, mark("Nothing secret was sent. Check the address.")) from error
    except HubRefused as error:
        raise HubRefused(
            mark("what answers there does not prove which hub it is"),
            about=hub.url,
            hint=mark(
                "Nothing secret was sent. Check the address. A hub of an earlier version cannot"
                " prove it: update the hub, or enrol at its new address."
            ),
        ) from error
    return replace(hub, elsewhere=False)


def is_another(hub: EnrolledHub, random: Callable[[int], bytes] = os.urandom) -> bool:
    """Whether another hub proves that it answers at this address; False where nobody does."""
    try:
        _introduction(hub.url, hub.authority, lambda key: key == hub.key, random)
    except OtherHub:
        return True
    except (SyncError, WireError):
        return False
    return False


def another_hub(url: str, hint: str) -> OtherHub:
    """The error that names the way to another hub."""
    return OtherHub(
        mark("another hub answers there: its key is not that of the hub of this workstation"),
        about=url,
        hint=hint,
    ).with_way_out(
        "To change to that hub, enrol there: `main.py enrol FILE`.",
        mark("To change to that hub, take an enrolment file of it in the settings."),
    )


def with_token(hub: EnrolledHub) -> httpx2.Client:
    """A client that sends the workstation's token with each request."""
    return client(hub.url, {"Authorization": f"Bearer {hub.token}"}, hub.authority)


def _introduction(
    url: str,
    authority: str,
    knows: Callable[[VerifyKey], bool],
    random: Callable[[int], bytes],
    *,
    verified: bool = True,
) -> Introduction:
    nonce = random(16).hex()
    with client(url, {}, authority, tls=None if verified else unverified()) as http:
        answer = exchange(http, "GET", f"/api/introduction?nonce={nonce}")
    return read_introduction(answer.body, nonce=nonce, knows=knows)

"""Meets a hub before anything secret is sent to it: its key is compared, its authority learnt."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from domain.ids import HubId
from domain.signing import VerifyKey
from sync.errors import UnknownAuthority
from sync.http.exchange import client, exchange
from sync.http.trust import unverified
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
    the authority, and every later connection is verified with it. Raises `EnrolmentRefused` when
    another hub answers, `UnknownAuthority` when the hub names no authority, and what `exchange`
    raises.
    """
    try:
        found = _introduction(url, authority, knows, random)
    except UnknownAuthority:
        found = _introduction(url, authority, knows, random, verified=False)
        if not found.authority:
            raise
    known = beside(authority, found.authority, system_clock().local)
    return MetHub(url.rstrip("/"), found.hub, found.public_key, known)


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

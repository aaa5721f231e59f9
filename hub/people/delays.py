"""Guessing is slowed down: after some failures the next try has to wait, each time longer.

The counts are in the database, so that several hubs share them. A try is counted before the
password is compared: tries at the same time cannot all be the first. Nobody is locked out for
ever: from an address that did not fail itself an account waits a minute at most, and who has signed
in from an address before waits there for the own failures alone (docs/decisions/0031).
"""

from __future__ import annotations

import hashlib
import ipaddress

import msgspec

from domain.words import mark
from hub.errors import ApiCode, CodeRefused
from hub.hub import Registry
from hub.people.names import is_name
from hub.store.sql import audit, people, sign_ins
from system.database import Connection

KNOWN_BY = 5_000
"""The newest rows of the audit about an account that tell from where it signed in."""
FORGOTTEN = 3_600_000
"""Milliseconds without a failure after which the failures before do not count."""


class Patience(msgspec.Struct, frozen=True):
    """So many failures are free; the wait after the next is a second and doubles up to the
    longest.
    """

    free: int
    longest: int
    """Seconds."""


OF_BOTH = Patience(3, 900)
"""For one account from one address."""
OF_ACCOUNT = Patience(10, 60)
OF_ADDRESS = Patience(20, 900)


def begin_try(hub: Registry, name: str, address: str) -> None:
    """Count a try to sign in, or with a code, as a failure for now.

    Raises `CodeRefused` (429) while the next try has to wait; that is not counted.
    """
    now = hub.now().millis
    with hub.database.writing(("sign-in",)) as rows:
        *own, of_address = (
            _wait(rows, key, patience, now) for key, patience in _patience_of(name, address).items()
        )
        wait = max(own)
        if of_address > wait and not _has_signed_in_from(rows, name, address):
            wait = of_address
        if wait > 0:
            raise CodeRefused(
                mark("too many tries; the next is possible in {seconds} seconds"),
                status=429,
                code=ApiCode.TOO_MANY_CODES,
                seconds=wait,
            )
        for key in _patience_of(name, address):
            sign_ins.add_failure(rows, key, now, now - FORGOTTEN)


def was_right(rows: Connection, name: str, address: str, now: int) -> None:
    """Forget the failures of an account whose person has just signed in.

    From the address only this try is taken back: whoever has an account of the own must not get
    new guesses at others with it.
    """
    both, account, from_there = _patience_of(name, address)
    sign_ins.forget_failures(rows, (both, account), now - FORGOTTEN)
    sign_ins.take_back(rows, from_there)


def _wait(rows: Connection, key: bytes, patience: Patience, now: int) -> int:
    """Seconds until the next try."""
    count, last = sign_ins.failures(rows, key, now - FORGOTTEN)
    over = count - patience.free
    if over < 0:
        return 0
    wait = min(patience.longest, 2 ** min(over, 20))
    return max(0, int(wait - (now - last) // 1000))


def _has_signed_in_from(rows: Connection, name: str, address: str) -> bool:
    """Whether the person has signed in from this line before."""
    account = people.named(rows, name) if is_name(name) else None
    if account is None:
        return False
    known = audit.addresses_of_sign_ins(rows, account.id, KNOWN_BY)
    return _line_of(address) in map(_line_of, known)


def _patience_of(name: str, address: str) -> dict[bytes, Patience]:
    address = _line_of(address)
    return {
        _key("account and address", name, address): OF_BOTH,
        _key("account", name): OF_ACCOUNT,
        _key("address", address): OF_ADDRESS,
    }


def _line_of(address: str) -> str:
    """What stands for the caller's line: of IPv6 the first 64 bits, because whoever has a line
    chooses the others freely (RFC 4291, section 2.5.1).
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.ipv4_mapped is not None:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _key(*parts: str) -> bytes:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).digest()

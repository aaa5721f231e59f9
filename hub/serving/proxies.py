"""Who is at the other end of a request that came through a proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.requests import HTTPConnection
from starlette.types import Scope

from hub.config import Network


def address_of(request: HTTPConnection) -> str:
    """The address of the caller: behind a trusted proxy the one that the proxy tells, else that of
    the connection. Empty when there is none.
    """
    return request.client.host if request.client else ""


def is_trusted(address: str, proxies: Sequence[Network]) -> bool:
    """Whether a proxy that is trusted has this address."""
    if not proxies:
        return False
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in network for network in proxies)


def seen_through_proxies(scope: Scope, proxies: Sequence[Network]) -> bool:
    """Put the caller's address and scheme, as a trusted proxy tells them, into `scope`; whether
    the connection comes from a trusted proxy. What anybody else tells is ignored.

    Each proxy adds the address that it saw at the end of `X-Forwarded-For`, so the caller is the
    last one there that is no trusted proxy.
    """
    client = scope.get("client")
    if client is None or not is_trusted(client[0], proxies):
        return False
    headers: Sequence[tuple[bytes, bytes]] = scope["headers"]
    forwarded = b",".join(value for name, value in headers if name == b"x-forwarded-for")
    address = client[0]
    for hop in reversed(forwarded.decode("latin-1").split(",")):
        known = _address(hop)
        if known is None:
            break
        address = known
        if not is_trusted(known, proxies):
            break
    scope["client"] = (address, 0)
    schemes = [value for name, value in headers if name == b"x-forwarded-proto"]
    if schemes and schemes[-1] in (b"http", b"https"):
        scope["scheme"] = schemes[-1].decode()
    return True


def _address(hop: str) -> str | None:
    """The address in one part of the header, without its port; None when it is none."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None

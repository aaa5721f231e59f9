"""The name under which a browser asked, and whether the asking page is the hub's own."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request


def host_of(request: Request) -> str:
    """The host name of the request in small letters; empty for one that cannot be read."""
    # read the header itself: the framework replaces an unreadable name by this machine's name
    return _parts(f"//{request.headers.get('host', '')}")[0]


def address_in(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that the name is; None for another name."""
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def is_loopback_name(name: str) -> bool:
    """Whether the name is one of this machine for itself."""
    address = address_in(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def is_own_page(request: Request) -> bool:
    """Whether a request that changes something was made by a page of this hub.

    Browsers say it (`Sec-Fetch-Site`, else `Origin`). A request that says nothing comes from a
    program; one with a cookie must say it.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return not request.cookies
    host, port = _parts(f"//{request.headers.get('host', '')}")
    return bool(host) and _parts(origin) == (host, port)


def _parts(url: str) -> tuple[str, int | None]:
    """Host name and port, without one that the scheme implies anyway."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", None
    return name, None if port in (80, 443) else port

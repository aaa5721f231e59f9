"""Finds out whether something answers at the hub's address, before a run is worth its start."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

PORTS = {"http": 80, "https": 443}


def is_answered(url: str, seconds: float) -> bool | None:
    """Whether a TCP connection to the host in `url` opens within `seconds`; nothing is sent.

    None when a proxy stands between: it answers also while the hub does not.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme in getproxies() and not proxy_bypass(host):
        return None
    try:
        address = (host, parts.port or PORTS.get(parts.scheme, 443))
        socket.create_connection(address, seconds).close()
    except (OSError, ValueError):
        return False
    return True

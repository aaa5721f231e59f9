"""The TCP connections to the hub: a dead one is noticed, a slow one is not called dead.

A read timeout cannot tell the two apart. TCP can: on a dead line nothing that was sent is
acknowledged, and nobody answers a probe. That holds only where TCP goes all the way to the hub:
behind a proxy, and on this machine, a slow reader may take nothing for longer than a dead line is
waited for. There the run finds out by a question (`sync/watch.py`).
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import weakref
from collections.abc import Mapping
from urllib.request import getproxies, proxy_bypass

import httpx2

from domain.words import mark
from sync.errors import HubRefused
from sync.wire.address import is_this_machine

DEAD_SECONDS = 20
"""Seconds without a sign from the other end after which a line counts as dead. Longer than the
silence of a satellite link on which packets are lost.
"""
PROBE_AFTER, PROBE_EVERY = 10, 5
"""Seconds of silence before the first keep-alive probe, and between two probes."""
PROBES = (DEAD_SECONDS - PROBE_AFTER) // PROBE_EVERY
UNSENT = 128 * 1024
"""Bytes that wait in the system's buffer at most, where it can limit them (Linux, macOS): so a
stopped upload, the limit of the bandwidth and the counted bytes are true to what really left.
"""
LINUX_KEEPIDLE, LINUX_KEEPINTVL, LINUX_KEEPCNT = 4, 5, 6
LINUX_USER_TIMEOUT, LINUX_NOTSENT_LOWAT = 18, 25
"""Numbers of options in Linux (linux/tcp.h)."""
MACOS_KEEPALIVE, MACOS_KEEPINTVL, MACOS_KEEPCNT = 0x10, 0x101, 0x102
MACOS_RXT_CONNDROPTIME, MACOS_NOTSENT_LOWAT = 0x80, 0x201
"""Numbers of options in macOS (netinet/tcp.h), some of which Python does not name."""
WINDOWS_KEEPIDLE, WINDOWS_MAXRT, WINDOWS_KEEPCNT, WINDOWS_KEEPINTVL = 3, 5, 16, 17
"""Numbers of options in Windows 10 and later (ws2ipdef.h)."""
CONNECTIONS = httpx2.Limits(max_connections=16, max_keepalive_connections=16, keepalive_expiry=60.0)
"""More than there are lanes, so that none waits for another; the hub keeps one for 75 seconds."""
OPENED = ("connect_tcp.complete", "start_tls.complete")
"""How the names of events end that bring a new socket."""
SocketOption = tuple[int, int, int]


def socket_options(*, direct: bool, system: str = sys.platform) -> list[SocketOption]:
    """The options of a connection. One that is `direct`, to the hub itself, is ended after
    `DEAD_SECONDS` in which nothing that was sent was acknowledged; a silent one in any case, when
    nobody answers the probes.
    """
    tcp = socket.IPPROTO_TCP
    options: list[SocketOption] = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    if system == "darwin":
        options += [
            (tcp, MACOS_KEEPALIVE, PROBE_AFTER),
            (tcp, MACOS_KEEPINTVL, PROBE_EVERY),
            (tcp, MACOS_KEEPCNT, PROBES),
            (tcp, MACOS_NOTSENT_LOWAT, UNSENT),
        ]
        limit = (tcp, MACOS_RXT_CONNDROPTIME, DEAD_SECONDS)
    elif system == "win32":
        options += [
            (tcp, WINDOWS_KEEPIDLE, PROBE_AFTER),
            (tcp, WINDOWS_KEEPINTVL, PROBE_EVERY),
            (tcp, WINDOWS_KEEPCNT, PROBES),
        ]
        limit = (tcp, WINDOWS_MAXRT, DEAD_SECONDS)
    else:
        options += [
            (tcp, LINUX_KEEPIDLE, PROBE_AFTER),
            (tcp, LINUX_KEEPINTVL, PROBE_EVERY),
            (tcp, LINUX_KEEPCNT, PROBES),
            (tcp, LINUX_NOTSENT_LOWAT, UNSENT),
        ]
        limit = (tcp, LINUX_USER_TIMEOUT, DEAD_SECONDS * 1000)
    return [*options, limit] if direct else options


class ClosingTransport(httpx2.HTTPTransport):
    """Connections that end at once when they are closed, also while a thread waits for an answer
    on one: to close a socket wakes nobody, and on a dead line the wait takes minutes.
    """

    def __init__(
        self, verify: ssl.SSLContext | bool, proxy: str | None, options: list[SocketOption]
    ) -> None:
        super().__init__(verify=verify, limits=CONNECTIONS, proxy=proxy, socket_options=options)
        self._used: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """As the transport; a connection that is opened for the request is noted."""
        request.extensions = {**request.extensions, "trace": self._note}
        return super().handle_request(request)

    def close(self) -> None:
        """End all connections, then close them."""
        for used in list(self._used):
            with contextlib.suppress(OSError):
                # not SSLSocket.shutdown, which takes the encryption away under a waiting thread
                socket.socket.shutdown(used, socket.SHUT_RDWR)
        super().close()

    def _note(self, event: str, facts: Mapping[str, object]) -> None:
        if event.endswith(OPENED):
            asked = getattr(facts.get("return_value"), "get_extra_info", lambda _: None)
            found = asked("socket")
            if isinstance(found, socket.socket):
                self._used.add(found)


def transport(address: httpx2.URL, verify: ssl.SSLContext | bool) -> ClosingTransport:
    """The transport to the hub, through the proxy that the system or the environment names.

    Raises `HubRefused` when that is none that can be used.
    """
    proxies = {} if proxy_bypass(address.host) else getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all") or ""
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    direct = not proxy and not is_this_machine(address.host)
    try:
        return ClosingTransport(verify, proxy or None, socket_options(direct=direct))
    except (ValueError, ImportError, httpx2.InvalidURL) as error:
        raise HubRefused(
            mark("the proxy that this computer names cannot be used"), about=proxy.split("@")[-1]
        ) from error

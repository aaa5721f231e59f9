"""Bad lines and bad hubs on loopback: raw sockets, so that anything can be answered."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def route(self) -> str:
        """The path without what stands behind the question mark."""
        return self.path.partition("?")[0]

    @property
    def nonce(self) -> str:
        """What the answer has to repeat under its signature."""
        return dict(parse_qsl(self.path.partition("?")[2])).get("nonce", "")


Answer = Callable[[Asked], bytes]
"""The whole bytes of an answer; none at all cuts the line."""


def an_answer(status: int, body: bytes = b"", kind: str = "application/json", **more: str) -> bytes:
    """The bytes of an HTTP answer; `more` are headers, `_` written for `-`."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@contextmanager
def a_server(answer: Answer) -> Iterator[str]:
    """The URL of a server that answers as it is told to."""
    with _listening(lambda line: _serve(line, answer)) as address:
        yield f"http://{address}"


def passed_on(url: str, asked: Asked) -> tuple[int, dict[str, str], bytes]:
    """What the real hub at `url` answers to the same request."""
    there = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        kept = {n: v for n, v in asked.headers.items() if n not in ("host", "connection")}
        kept |= {"connection": "close", "accept-encoding": "identity"}
        there.request(asked.method, asked.path, asked.body, kept)
        found = there.getresponse()
        return found.status, {n.lower(): v for n, v in found.getheaders()}, found.read()
    finally:
        there.close()


def again(status: int, headers: dict[str, str], body: bytes) -> bytes:
    """The same answer in bytes, changed or not."""
    dropped = ("content-length", "content-type", "connection", "transfer-encoding")
    more = {n.replace("-", "_"): v for n, v in headers.items() if n not in dropped}
    return an_answer(status, body, headers.get("content-type", "text/plain"), **more)


@dataclass
class Budget:
    """How many bytes may still pass, in both directions together; then every line is cut."""

    left: int
    passed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, count: int) -> int:
        """How many of `count` bytes may pass."""
        with self.lock:
            granted = min(count, self.left)
            self.left -= granted
            self.passed += granted
            return granted


@contextmanager
def a_line_that_is_cut(url: str, budget: Budget) -> Iterator[str]:
    """The URL of a line to the hub at `url` over which only so many bytes pass."""
    parts = urlsplit(url)
    target = (parts.hostname or "", parts.port or 80)

    def carry(line: socket.socket) -> None:
        with socket.create_connection(target) as far:
            back = threading.Thread(target=_pump, args=(far, line, budget))
            back.start()
            _pump(line, far, budget)
            back.join()

    with _listening(carry) as address:
        yield f"http://{address}"


def _pump(source: socket.socket, sink: socket.socket, budget: Budget) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            granted = budget.take(len(data))
            sink.sendall(data[:granted])
            if granted < len(data):
                break
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _serve(line: socket.socket, answer: Answer) -> None:
    with line.makefile("rb") as stream:
        first = stream.readline().decode("latin-1").split()
        if len(first) != 3:
            return
        headers = {}
        while (text := stream.readline().decode("latin-1").strip()) != "":
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        if "chunked" in headers.get("transfer-encoding", ""):
            body = b""
            while size := int(stream.readline(), 16):
                body += stream.read(size)
                stream.readline()
        else:
            body = stream.read(int(headers.get("content-length", "0")))
    line.sendall(answer(Asked(first[0], first[1], headers, body)))


@contextmanager
def _listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve each connection in a thread of its own; all have ended when this returns."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def one(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            serve(line)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                threads.append(threading.Thread(target=one, args=(line,)))
                threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        host, port = listener.getsockname()
        yield f"{host}:{port}"
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for thread in threads:
            thread.join()


@dataclass
class Relay:
    """A way to the hub at `url` that keeps what was asked; `before` may answer in its place."""

    url: str
    before: Callable[[Asked], bytes | None] = lambda _: None
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> bytes:
        self.asked.append(asked)
        own = self.before(asked)
        return again(*passed_on(self.url, asked)) if own is None else own

    def routes(self, *, photos: bool = True) -> list[str]:
        """Method and path of each request, with the device and the hashes left out."""
        found = []
        for asked in self.asked:
            parts = ["*" if len(part) > 16 else part for part in asked.route.split("/")]
            if photos or parts[2] != "photos":
                found.append(f"{asked.method} {'/'.join(parts)}")
        return found

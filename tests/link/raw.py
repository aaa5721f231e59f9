"""One raw TCP stream that resumes: the denominator of all figures about a link.

The receiver says how many bytes it has (8 bytes), the sender goes on from there; after a cut it
connects again at once. Nothing else is on the line.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time

from tests.link.emulator import Counts, Link
from tests.link.profiles import Profile

OFFSET = struct.Struct(">Q")
HELLO = b"?"
"""The sender speaks first, because a connection that says nothing is not passed on."""


def raw_stream(profile: Profile, size: int, *, seed: int = 1) -> tuple[float, Counts]:
    """Seconds from the connection until `size` bytes have arrived, and what the link counted."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        receiver = _Receiver(server, size)
        thread = threading.Thread(target=receiver.run, daemon=True)
        thread.start()
        with Link(profile, server.getsockname(), seed=seed) as link:
            begun = time.monotonic()
            while not receiver.whole.is_set():
                with contextlib.suppress(OSError):
                    _send(link.port, size)
            thread.join()
            return receiver.finished_at - begun, link.counted()


class _Receiver:
    def __init__(self, server: socket.socket, size: int) -> None:
        self._server, self._size = server, size
        self._got = 0
        self.whole = threading.Event()
        self.finished_at = 0.0

    def run(self) -> None:
        while self._got < self._size:
            line, _ = self._server.accept()
            with line, contextlib.suppress(OSError):
                self._take(line)
        self.finished_at = time.monotonic()
        self.whole.set()

    def _take(self, line: socket.socket) -> None:
        line.settimeout(60)
        line.recv(1)
        line.sendall(OFFSET.pack(self._got))
        while self._got < self._size:
            data = line.recv(65_536)
            if not data:
                return
            self._got += len(data)


def _send(port: int, size: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        line.sendall(HELLO)
        answer = b""
        while len(answer) < OFFSET.size:
            piece = line.recv(OFFSET.size - len(answer))
            if not piece:
                return
            answer += piece
        (offset,) = OFFSET.unpack(answer)
        piece = bytes(65_536)
        while offset < size:
            offset += line.send(piece[: size - offset])
        line.shutdown(socket.SHUT_WR)
        line.recv(1)

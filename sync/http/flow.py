"""What leaves over all lanes of a carrier: in small chunks, with a limit, in pieces that pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

CHUNK = 16 * 1024
"""Bytes given to the line at once; between two chunks an upload can be stopped."""
LARGEST_PIECE = 4 * 1024 * 1024
"""Bytes sent in one request. A cut link loses only bytes that the hub had not yet flushed to its
disk.
"""
SMALLEST_PIECE = 64 * 1024
"""A proxy that refuses requests of this size is named, and the photo waits."""
NAP = 0.1
"""Seconds after which a sender that waits for its turn looks whether it must stop."""


class Stopped(Exception):
    """The work must stop in the middle of a request."""


class Flow:
    """One for all lanes: the bandwidth they share, and the size of piece that proxies let through.

    `kilobits` (of 1,000 bits) a second; 0 means no limit. Safe to use from several threads.
    """

    def __init__(
        self,
        kilobits: int = 0,
        piece: int = LARGEST_PIECE,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.kilobits = kilobits
        self._rate = kilobits * 125.0
        self._now, self._sleep = now, sleep
        self._lock = threading.Lock()
        self._free_at = now()
        """When all that was granted has left at this rate."""
        self.piece = piece
        """Bytes of a piece that no proxy refused yet."""

    def chunks(
        self,
        data: bytes,
        *,
        sent: Callable[[], None] = lambda: None,
        stops: Callable[[], bool] = lambda: False,
    ) -> Iterator[bytes]:
        """The data in chunks, each when its turn has come. Raises `Stopped` when `stops()`."""
        size = CHUNK if not self._rate else max(512, min(CHUNK, int(self._rate / 4)))
        for start in range(0, len(data), size):
            chunk = data[start : start + size]
            self._wait(self._turn(len(chunk)), stops)
            yield chunk
            sent()

    def shrink(self, refused: int) -> bool:
        """Make the pieces half as large as the one of `refused` bytes; False when it was small."""
        with self._lock:
            if refused <= SMALLEST_PIECE:
                return False
            self.piece = min(self.piece, max(SMALLEST_PIECE, refused // 2))
            return True

    def _turn(self, count: int) -> float:
        """When so many bytes may leave, by the clock of this object."""
        if not self._rate:
            return 0.0
        with self._lock:
            turn = max(self._now(), self._free_at)
            self._free_at = turn + count / self._rate
            return turn

    def _wait(self, turn: float, stops: Callable[[], bool]) -> None:
        while True:
            if stops():
                raise Stopped
            left = turn - self._now() if turn else 0.0
            if left <= 0:
                return
            self._sleep(min(left, NAP))

"""Previews: small pictures of large photos, which are at the hub before any original goes."""

from __future__ import annotations

from collections import Counter, deque

from domain.errors import TidewaiterError
from domain.ids import PhotoHash
from storage.errors import NotFound
from sync.context import RunContext
from sync.errors import HubFailed, NoLink
from system.errors import CannotDecode, MachineError

LARGE = 400 * 1024
"""Bytes of an original from which on a preview, of about 60 KB, is worth its time."""

TRIES_OF_A_PREVIEW = 2
"""Times that one preview is begun while none arrives, before the originals go without."""


class Previews:
    """The previews of a run. A preview that cannot be made or sent is left out: it is a help for
    the reader, never evidence.
    """

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._next: deque[PhotoHash] = deque()
        self._going: set[PhotoHash] = set()
        self._cut: Counter[PhotoHash] = Counter()
        """How often each was cut since the last one that arrived."""
        self._wanted = True
        """Whether the hub takes previews, as far as is known."""

    @property
    def waits(self) -> bool:
        """Whether a preview is still to be sent."""
        return bool(self._next or self._going)

    @property
    def going(self) -> int:
        """Previews on their way."""
        return len(self._going)

    def add(self, photo: PhotoHash, size: int) -> None:
        """Take up a photo of which the hub has not a byte; a preview goes first if it is large."""
        if self._wanted and size > LARGE:
            self._next.append(photo)

    def begin(self, lanes: int) -> None:
        """Send the next previews, in at most so many lanes."""
        while self._next and len(self._going) < lanes:
            self._begin(self._next.popleft())

    def _begin(self, photo: PhotoHash) -> None:
        try:
            picture = self._run.ws.photos.small_preview(photo)
        except (NotFound, CannotDecode, MachineError):
            return  # the original says so when its turn comes
        if picture:
            self._going.add(photo)
            self._run.start(
                lambda _: self._run.carrier.send_preview(photo, picture),
                lambda taken: self._ended(photo, taken=taken),
                lambda error: self._failed(photo, error),
            )

    def _ended(self, photo: PhotoHash, *, taken: bool) -> None:
        self._going.discard(photo)
        if taken:
            self._cut.clear()
            self._run.progressed()
        else:
            self._wanted = False
            self._next.clear()

    def _failed(self, photo: PhotoHash, error: TidewaiterError) -> None:
        self._going.discard(photo)
        self._cut[photo] += 1
        if self._cut[photo] >= TRIES_OF_A_PREVIEW:
            # the line is too short for one in a piece; an original goes on after a cut
            self._next.clear()
        elif isinstance(error, NoLink):
            self._next.appendleft(photo)
        elif isinstance(error, HubFailed):
            self._next.append(photo)

"""A watched folder: pictures that appear in it while a record is open come into that record.

The files stay where they are. Folders inside it are not looked at.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gui.bridge import Bridge
from gui.photos.dialogs import SUFFIXES
from storage.settings import PHOTOS_FOLDER, write
from storage.workstation import Workstation

LOOK_MILLISECONDS = 1000
"""Between two looks: systems do not tell of changes in every folder, for instance on a server."""
STILL_SECONDS = 0.9
"""A file whose size and time have not changed for so long is complete."""


class FoundPicture(NamedTuple):
    """A file in the folder. One that was written again under its name is another one."""

    written: int
    """Time of the last change, in nanoseconds of the file system."""
    name: str
    size: int


class WatchedFolder(QObject):
    """`came` carries the paths of complete new files, a tuple, oldest first; `changed` is sent when
    something else to show is new.
    """

    came = Signal(object)
    changed = Signal()

    def __init__(
        self, ws: Workstation, bridge: Bridge, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._ws, self._bridge, self._now = ws, bridge, now
        stored = PHOTOS_FOLDER.read(ws.db)
        self.path = Path(stored) if stored else None
        self.readable = True
        """False while the folder is not there, for instance without its stick."""
        self._writing = False
        self._round = 0
        self._looking = False
        self._before: frozenset[FoundPicture] | None = None
        self._taken: set[FoundPicture] = set()
        self._first_seen: dict[FoundPicture, float] = {}
        self.ticks = QTimer(self, singleShot=True, interval=LOOK_MILLISECONDS)
        self.ticks.timeout.connect(self.look)
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(self.look)

    @property
    def before(self) -> tuple[Path, ...]:
        """Pictures that were there before the record was opened, and are in no other record."""
        return self._paths((self._before or frozenset()) - self._taken)

    def put(self, path: Path | None) -> None:
        """Watch another folder from now on, or none."""
        if path == self.path:
            return
        self.path, self.readable = path, True
        watched = self._system.directories()
        if watched:
            self._system.removePaths(watched)
        self._taken.clear()
        change = PHOTOS_FOLDER.to(str(path or ""))
        self._bridge.write(lambda: write(self._ws.db, [change]))
        self.begin(writing=self._writing)
        self.changed.emit()

    def begin(self, *, writing: bool) -> None:
        """Another record is open, or none: what is in the folder now was there before."""
        self._writing = writing
        self._round += 1
        self._before = None
        self._first_seen.clear()
        self.ticks.stop()
        self.look()

    def look(self) -> None:
        """Look into the folder, in the background, because it may be on a slow server."""
        path, this_round = self.path, self._round
        if path is None or not self._writing or self._looking:
            return
        self._looking = True

        def then(found: frozenset[FoundPicture] | None) -> None:
            self._looking = False
            if this_round == self._round:
                self._compare(path, found)
                self.ticks.start()
            else:
                self.look()

        self._bridge.read(lambda: _pictures_in(path), then)

    def take_before(self) -> tuple[Path, ...]:
        """The files of `before`, which are offered no more."""
        found = self.before
        self._taken |= self._before or frozenset()
        self.changed.emit()
        return found

    def _compare(self, path: Path, found: frozenset[FoundPicture] | None) -> None:
        shown = self.readable, self.before
        self.readable = found is not None
        if found is not None:
            if not self._system.directories():
                self._system.addPath(str(path))
            self._before = found if self._before is None else self._before & found
            new = found - self._before - self._taken
            now = self._now()
            self._first_seen = {each: self._first_seen.get(each, now) for each in new}
            complete = frozenset(e for e in new if now - self._first_seen[e] >= STILL_SECONDS)
            self._taken |= complete
            if complete:
                self.came.emit(self._paths(complete))
        if shown != (self.readable, self.before):
            self.changed.emit()

    def _paths(self, found: frozenset[FoundPicture]) -> tuple[Path, ...]:
        return tuple(self.path / each.name for each in sorted(found)) if self.path else ()


def _pictures_in(folder: Path) -> frozenset[FoundPicture] | None:
    """The pictures in the folder; None when it cannot be read."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if Path(entry.name).suffix.lower() not in SUFFIXES or entry.name.startswith("."):
                    continue
                try:
                    facts = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # it was deleted meanwhile
                if stat.S_ISREG(facts.st_mode) and facts.st_size:
                    found.append(FoundPicture(facts.st_mtime_ns, entry.name, facts.st_size))
    except OSError:
        return None
    return frozenset(found)

"""The desk's process as the driver holds it: started, typed into, looked at, killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.journeys.desk import ROOT

Strokes = Sequence[tuple[str, int]]
"""Keys, each with the milliseconds before it: `a`, `Enter`, `Ctrl+Shift+V`."""


ALSO = ("path", "text", "faults", "messages", "ways")
"""What is told of a screen that does not show what is waited for."""
SIZE = ("1366", "768")
"""Pixels of the window: the smallest screen that is usual at a post."""


class Stuck(AssertionError):
    """What was waited for did not come."""


class Seat:
    """One workstation's desk; `sight` is what its screen showed last."""

    def __init__(self, home: Path, passphrase: Path) -> None:
        self._words = [str(home), str(passphrase), *SIZE]
        self._process: subprocess.Popen[bytes] | None = None
        self.sight: dict[str, Any] = {}

    def sit_down(self) -> None:
        """Start the desk, and wait until its window is shown."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.night.child", *self._words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self.look()

    def look(self, **until: Any) -> dict[str, Any]:
        """What stands on the screen, as soon as it shows this."""
        return self._ask({"until": until})

    def type(self, strokes: Strokes, **until: Any) -> dict[str, Any]:
        """Send keys, then look."""
        return self._ask({"strokes": list(strokes), "until": until})

    def press_and_kill(self, strokes: Strokes, wait: float) -> None:
        """Send keys, and cut the power so many seconds later, whatever is going on."""
        process = self._running()
        self._write({"strokes": list(strokes), "silent": True})
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Cut the power."""
        process = self._running()
        process.kill()
        process.wait()

    def copy(self, files: Sequence[Path]) -> None:
        """Copy files, as another program does."""
        self._ask({"files": [str(file) for file in files]})

    def picture(self, file: Path) -> None:
        """Save a picture of the window."""
        self._ask({"picture": str(file)})

    def close(self) -> int:
        """Close the window, as the system's own key does; returns the exit status."""
        self._write({"close": True})
        return self._running().wait(60)

    def leave(self) -> None:
        """End the process if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def _write(self, asked: Mapping[str, Any]) -> None:
        to = self._running().stdin
        assert to is not None
        to.write(json.dumps(asked).encode() + b"\n")
        to.flush()

    def _ask(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        answers = self._running().stdout
        assert answers is not None
        self._write(asked)
        line = answers.readline()
        if not line:
            raise Stuck(f"the desk ended with {self._running().wait()}")
        self.sight = json.loads(line)
        if self.sight["late"]:
            shown = {name: self.sight.get(name) for name in (*asked.get("until", {}), *ALSO)}
            raise Stuck(f"waited for {asked.get('until')}, and the screen shows {shown}")
        return self.sight

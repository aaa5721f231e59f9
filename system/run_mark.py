"""Says at the next start that a program with a window ended without being asked to."""

from __future__ import annotations

import contextlib
import faulthandler
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from system.fault_log import FILE

MARK = "desk.open"


class RunMark:
    """A file in the folder's log that is there while the program runs.

    While it is entered, a crash that Python cannot report (a segmentation fault) writes the places
    in the code where each thread was into the fault log; these hold no values. A disk that takes no
    mark costs only the sentence at the next start.
    """

    def __init__(self, home: Path) -> None:
        self._log = home / "log"
        self._faults: TextIO | None = None
        self.ended_badly = False
        """Whether the last run did not end by itself."""

    def __enter__(self) -> Self:
        with contextlib.suppress(OSError):
            self._log.mkdir(exist_ok=True)
            self.ended_badly = (self._log / MARK).exists()
            (self._log / MARK).touch(mode=0o600)
            self._faults = (self._log / FILE).open("a", encoding="utf-8")
            faulthandler.enable(self._faults)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
        with contextlib.suppress(OSError):
            (self._log / MARK).unlink(missing_ok=True)

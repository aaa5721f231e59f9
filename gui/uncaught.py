"""What the program does with a mistake of its own that nothing else catches: it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QTimer

from domain.errors import TidewaiterError
from domain.words import mark
from gui.errors import Surprise
from system.fault_log import write_fault


def surprise(error: BaseException) -> Surprise:
    """The message for the officer."""
    return Surprise(
        mark("the program made a mistake ({cause})"),
        hint=mark("Saved data is safe. Try again; if it happens again, tell the help desk."),
        cause=type(error).__name__,
    )


class Uncaught:
    """While it is entered, a mistake in a slot or an event of Qt is written into the fault log of
    the folder, without values, and `tell` is called, once for each place in the code.

    Python would print it with its values on a terminal that nobody sees.
    """

    def __init__(self, home: Path, tell: Callable[[TidewaiterError], None]) -> None:
        self._home, self._tell = home, tell
        self._known: set[tuple[str, int]] = set()
        self._before = sys.excepthook

    def __enter__(self) -> Self:
        self._before, sys.excepthook = sys.excepthook, self._take
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._before

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            self._before(kind, error, trace)
            return
        last = trace
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        where = (last.tb_frame.f_code.co_filename, last.tb_lineno) if last else (kind.__name__, 0)
        if where in self._known:
            return
        self._known.add(where)
        write_fault(error, "the desk", self._home)
        # Later: this may be in the midst of an event, and the message changes the layout.
        QTimer.singleShot(0, lambda: self._tell(surprise(error)))

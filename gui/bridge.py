"""Background work: runs plain functions in threads and calls back in the window's thread.

One thread writes, so that deeds keep their order; a few more threads read.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from domain.changes import Changes
from domain.errors import TidewaiterError
from gui.stop import Stop
from gui.uncaught import surprise
from system.database.errors import as_our_error
from system.decoders import build_decoders
from system.fault_log import write_fault

T = TypeVar("T")
Progress = Callable[[int, int], None]
Failed = Callable[[TidewaiterError], None]
READERS = 3
"""One more than the photos that are read side by side, so that a search never waits for a photo."""

_Callbacks = tuple[Callable[[Any], None] | None, Failed | None, QObject | None]
"""What is called with the result, what with an error, and the object that must be there then."""


class _Job(QObject):
    """Passes the result of a thread to the window's thread, to which this object belongs."""

    reported = Signal(object, bool)
    advanced = Signal(int, int)

    def __init__(
        self, ended: Callable[[_Job, object, bool], None], progress: Progress | None
    ) -> None:
        super().__init__()
        self._ended, self._progress = ended, progress
        self.reported.connect(self._report, Qt.ConnectionType.QueuedConnection)
        self.advanced.connect(self._advance, Qt.ConnectionType.QueuedConnection)

    def _report(self, value: object, good: bool) -> None:
        self._ended(self, value, good)

    def _advance(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)


class Bridge(QObject):
    """The only file where threads become signals; `home` keeps the log of the program's faults.

    `changed` tells every model what a deed changed; `idle` is sent when no job is running.
    """

    changed = Signal(object)
    idle = Signal()

    def __init__(self, home: Path | None = None) -> None:
        super().__init__()
        build_decoders()  # its threads read documents at the same moment
        self._home = home
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._under_way: dict[_Job, _Callbacks] = {}
        self._long: list[Stop] = []
        self._closed = False
        self.left = False
        """Whether a thread that waits for the hub was abandoned."""

    @property
    def busy(self) -> int:
        """How many jobs have not finished yet."""
        return len(self._under_way)

    def read(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        *,
        shown_in: QObject | None = None,
    ) -> None:
        """Run `work` in the background, then call `then(result)` or `failed(error)` in the window's
        thread; neither once `shown_in`, where the result would be shown, was deleted.
        """
        self._start(self._readers, work, (then, failed, shown_in))

    def write(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        shown_in: QObject | None = None,
    ) -> None:
        """As `read`, but one job at a time in the order of the calls; `changed` carries its
        `Changes`.
        """
        self._start(self._writer, work, (then, failed, shown_in))

    def work_with_progress(
        self,
        work: Callable[[Progress, Stop], T],
        then: Callable[[T], None],
        failed: Failed,
        progress: Progress,
    ) -> Stop:
        """Run long `work(progress, stop)` in its own thread; setting `stop` ends it."""
        stop = Stop()
        if not self._closed:
            job = self._job((then, failed, None), progress)
            self._long = [*(held for held in self._long if not held.ended), stop]

            def run() -> None:
                try:
                    _perform(job, lambda job: work(job.advanced.emit, stop), self._home)
                finally:
                    stop.over()

            # A daemon thread: the program may end while it waits for the hub.
            Thread(target=run, name="long", daemon=True).start()
        return stop

    def close(self) -> None:
        """Wait until every job is done. From now on no callback is called.

        Long work is asked to stop, and abandoned when it waits for the network.
        """
        self._closed = True
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        for stop in self._long:
            stop.set()
        left = [stop for stop in self._long if stop.leave()]
        self.left = bool(left)

    def _start(
        self, pool: ThreadPoolExecutor, work: Callable[[], object], callbacks: _Callbacks
    ) -> None:
        if not self._closed:
            pool.submit(_perform, self._job(callbacks), lambda _job: work(), self._home)

    def _job(self, callbacks: _Callbacks, progress: Progress | None = None) -> _Job:
        job = _Job(self._finish, progress)
        self._under_way[job] = callbacks
        return job

    def _finish(self, job: _Job, value: object, good: bool) -> None:
        then, failed, shown_in = self._under_way.pop(job)
        job.deleteLater()
        if self._closed:
            return
        if shown_in is not None and not shiboken6.isValid(shown_in):
            then = failed = None
        if not good:
            assert isinstance(value, TidewaiterError)
            (failed or self.log_failure)(value)
        elif then is not None:
            then(value)
        if isinstance(value, Changes):
            self.changed.emit(value)
        if not self._under_way:
            self.idle.emit()

    def log_failure(self, error: TidewaiterError) -> None:
        """Log a failure that has no place on a screen."""
        write_fault(error, "a failure nobody waited for", self._home)


def _perform(job: _Job, work: Callable[[_Job], object], home: Path | None) -> None:
    try:
        result = work(job)
    except TidewaiterError as error:
        job.reported.emit(error, False)
    except Exception as error:  # the outermost frame of a thread: the fault is logged and shown
        ours = as_our_error(error)
        if ours is None:
            write_fault(error, "background work", home)
        job.reported.emit(ours or surprise(error), False)
    else:
        job.reported.emit(result, True)

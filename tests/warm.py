"""Commands in processes that begin with the program already imported.

A command of the program is a process of its own: it can be killed, its output is read from files,
its status is the kernel's. To import the program costs it more than most commands do, so one
process imports it once and forks itself for every command. Where a process cannot be forked, and
where the environment says how Python starts, a command starts Python anew.

`python -m tests.warm FD` is the process that forks; a request comes over the socket `FD`.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

ROOT = Path(__file__).resolve().parents[1]
FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"
OUTSIDE = ("desk", "demo", "screenshots")
"""Commands whose libraries must not be loaded before a fork: they have threads of their own."""


class Child:
    """A command that runs, or has run. A process that was killed has a negative status."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self.returncode: int | None = None
        self._out, self._err = _a_file(), _a_file()
        self._reports, reports = os.pipe()
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as asked:
            json.dump(request, asked)
            asked.flush()
            fds = [self._out.fileno(), self._err.fileno(), reports]
            socket.send_fds(_server(), [asked.name.encode()], fds)
            os.close(reports)
            self._lines = os.fdopen(self._reports, "rb")
            self.pid = int(self._lines.readline())

    def communicate(self, timeout: float) -> tuple[str, str]:
        """What it wrote, once it has ended. Raises `TimeoutExpired` after it killed it."""
        if self.returncode is None:
            if not select.select([self._lines], [], [], timeout)[0]:
                os.kill(self.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            self.returncode = int(self._lines.readline())
            self._lines.close()
        return _text(self._out), _text(self._err)


def _a_file() -> BinaryIO:
    return cast("BinaryIO", tempfile.TemporaryFile())


def _text(file: BinaryIO) -> str:
    if not file.closed:
        file.seek(0)
        text = file.read().decode("utf-8", "backslashreplace")
        file.close()
        return text
    return ""


def start(
    words: Sequence[str], environment: Mapping[str, str] | None = None, *, before: str = ""
) -> Child:
    """Start `main.py` with these words, in this process's folder and environment.

    `environment` is added to it; the lines of Python in `before` run first.
    """
    held = {**os.environ, **(environment or {})}
    return Child(
        {"words": list(words), "environment": held, "at": str(Path.cwd()), "before": before}
    )


def may_fork(words: Sequence[str], environment: Mapping[str, str] | None = None) -> bool:
    """Whether a fork does the same as a new Python."""
    python = any(name.startswith(("PYTHON", "LC_", "LANG", "LD_")) for name in environment or {})
    return FORKS and not python and bool(words) and words[0] not in OUTSIDE


@functools.cache
def _server() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(theirs.fileno())],
        cwd=ROOT,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    return ours


def _load() -> None:
    """Import all that a command could need, but for a window's libraries."""
    for folder in (ROOT / "cli", ROOT / "cli" / "hub"):
        room = ".".join(folder.relative_to(ROOT).parts)
        for file in folder.glob("*.py"):
            if file.stem not in OUTSIDE and file.stem != "__init__":
                importlib.import_module(f"{room}.{file.stem}")
    for room in ("acts", "storage", "papers", "sync", "hub"):
        for file in (ROOT / room).rglob("*.py"):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            if file.stem != "__init__":
                importlib.import_module(module)


def serve(control: socket.socket) -> None:
    """Fork for every request until the other end is gone. Ends in the child of each request."""
    _load()
    from tests.light_keys import light_passphrases  # not for the processes that only ask

    with light_passphrases():
        _serve(control)


def _serve(control: socket.socket) -> None:
    assert threading.active_count() == 1, "a thread would not live through a fork"
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        name, fds, _, _ = socket.recv_fds(control, 4096, 3)
        if not name:
            return
        request = json.loads(Path(name.decode()).read_text(encoding="utf-8"))
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run_and_report(request, *fds)
        for fd in fds:
            os.close(fd)


def _run_and_report(request: Mapping[str, Any], out: int, err: int, reports: int) -> None:
    child = os.fork()
    if child == 0:
        os.close(reports)
        _become(request, out, err)
    os.write(reports, b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(BrokenPipeError):
        os.write(reports, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(request: Mapping[str, Any], out: int, err: int) -> None:
    """Be the command: raises `SystemExit`, with which this process ends (see `_leave`)."""
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(request["at"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    import main  # the module of the program, loaded here so that a new Python can start without it

    sys.argv = [str(ROOT / "main.py"), *request["words"]]
    exec(request["before"], {})
    _ends_with.append(1)  # the status of a Python that ends with a traceback or with words
    try:
        status = main.main(request["words"])
    except SystemExit as end:
        _ends_with.extend([end.code or 0] if isinstance(end.code, int | None) else [])
        raise
    _ends_with.append(status)
    sys.exit(status)


_ends_with: list[int] = []
"""The status of the command that this process is, at its end; empty in the process that forks."""


def _leave() -> None:
    """End a command when all that Python does at its end is done, but for freeing its modules.

    That would write to all the memory that it shares with the process that forked it, and so copy
    it, which costs more than most commands.
    """
    if _ends_with:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ends_with[-1])


if __name__ == "__main__":
    atexit.register(_leave)  # what is registered first is called last
    serve(socket.socket(fileno=int(sys.argv[1])))

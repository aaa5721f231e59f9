"""Logs faults of the program, without personal data."""

from __future__ import annotations

import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

from system.folders import log_folder
from system.installed import FIND_LIBRARY, INSTALL_AGAIN

FILE = "faults.log"
BEFORE = "faults.before.log"
SIZE_LIMIT = 1024 * 1024
"""Bytes; a larger log is renamed to `BEFORE`, and a new one begins."""


def write_fault(error: BaseException, doing: str, home: Path | None = None) -> str:
    """Log where the error happened, and return the message for the user.

    The log is in the folder `home`, or else in the user's log folder. It contains lines of code and
    types of errors, but no values, since a value could be a name. `doing` is the command, such as
    `record`.
    """
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {doing}"]
    for cause in _causes(error):
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    sentence = f"a fault of the program ({type(error).__name__}); what was saved is safe."
    log = _folder(home) / FILE
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        _append(log, "\n".join(lines))
    except OSError:
        return f"{sentence} Where: {lines[-1].strip()}."
    return f"{sentence} Where it happened is written in {log}."


def what_is_lost(error: BaseException) -> str:
    """The message for a missing library or module; empty for any other error."""
    found = re.match(r"(\S+\.so\S*): cannot open shared object", str(error))
    if found and isinstance(error, ImportError):
        return f"this system has no {found.group(1)}; {FIND_LIBRARY}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"this installation has lost {error.name}; {INSTALL_AGAIN}"
    return ""


def _append(log: Path, text: str) -> None:
    """Raises `OSError`."""
    from logging.handlers import (
        RotatingFileHandler,  # loads sockets, which would slow down every start
    )

    class File(RotatingFileHandler):
        def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002
            raise  # noqa: PLE0704  # called while the error is handled; the caller says it instead

    file = File(log, maxBytes=SIZE_LIMIT, backupCount=1, encoding="utf-8", delay=True)
    file.namer = lambda _: str(log.with_name(BEFORE))
    try:
        file.emit(logging.makeLogRecord({"msg": text}))
    finally:
        file.close()


def _folder(home: Path | None) -> Path:
    if home is not None and home.is_dir():
        return home / "log"
    return log_folder()


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes

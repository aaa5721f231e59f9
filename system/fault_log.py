"""Where a fault of the program is written down, without personal data."""

from __future__ import annotations

import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

from system.folders import log_folder

FILE = "faults.log"
BEFORE = "faults.before.log"
SIZE_LIMIT = 1024 * 1024
"""Bytes of the log after which it becomes `BEFORE`, and a new one begins."""


def write_fault(error: BaseException, doing: str, home: Path | None = None) -> str:
    """The sentence for the person; where it happened goes to the log of the folder `home`.

    Without such a folder it goes to the user's log folder. The log has places in the code and
    names of errors, never a value, which could be a name; `doing` is a word such as `record`.
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
        if log.exists() and log.stat().st_size > SIZE_LIMIT:
            log.replace(log.with_name(BEFORE))
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return f"{sentence} Where: {lines[-1].strip()}."
    return f"{sentence} Where it happened is written in {log}."


def missing_library(error: BaseException) -> str:
    """The system library that could not be loaded (`libEGL.so.1`), or nothing."""
    found = re.match(r"(\S+\.so\S*): cannot open shared object", str(error))
    return found.group(1) if isinstance(error, ImportError) and found else ""


def lost_module(error: BaseException) -> str:
    """The Python module that is not there (`httpx2`), or nothing."""
    return (error.name or "") if isinstance(error, ModuleNotFoundError) else ""


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

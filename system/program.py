"""Starts other programs. Only this file does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from system.installed import FOLDER, FROZEN

Child = subprocess.Popen[bytes]
"""A program that was started."""
PIPE = subprocess.PIPE
"""A stream of a child that this process reads or writes."""
NEEDED = ("SYSTEMROOT",)
"""Without these variables Windows cannot find its own libraries for a child."""
LIBRARIES, LIBRARIES_BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"
"""The library path of Linux: a frozen program sets the first and keeps the old value in the
second.
"""
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For Windows, where a child of a program without a console would open a console window."""


def program(*arguments: str) -> list[str]:
    """The command that runs Tidewaiter itself with `arguments`, with its console."""
    if FROZEN:
        # Not `sys.executable`: it may be the program without a console.
        return [_beside("tidewaiter"), *arguments]
    return [sys.executable, str(FOLDER / "main.py"), *arguments]


def part(name: str, script: Path) -> list[str]:
    """The command that runs `script`, which imports nothing of this program.

    A frozen program contains it as a separate program, `tidewaiter-NAME`.
    """
    if FROZEN:
        return [_beside(f"tidewaiter-{name}")]
    return [sys.executable, "-I", str(script)]


def _beside(name: str) -> str:
    this = Path(sys.executable)
    return str(this.with_name(name + this.suffix))


def start_child(
    command: Sequence[str],
    *,
    stdin: int | None = None,
    stdout: int | None = None,
    stderr: int | IO[bytes] | None = None,
    bare: bool = False,
    settings: Mapping[str, str] | None = None,
) -> Child:
    """Start a program; the streams are as `subprocess.Popen` takes them.

    Its environment is ours, changed by `settings`. With `bare` it is only the minimum and
    `settings`, so that the child gets no password or path from our environment. Raises `OSError`.
    """
    ours = environment()
    kept = {name: ours[name] for name in NEEDED if name in ours} if bare else ours
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=kept | dict(settings or {}),
        creationflags=NO_WINDOW,
    )


def environment() -> dict[str, str]:
    """The environment without the changes that a frozen program makes at its start.

    It adds the path of its libraries; a program that is not ours, such as a browser, would load
    these in place of its own.
    """
    if not FROZEN:
        return dict(os.environ)
    before = {name: text for name, text in os.environ.items() if not name.startswith("_PYI_")}
    before.pop(LIBRARIES, None)
    if LIBRARIES_BEFORE in before:
        before[LIBRARIES] = before.pop(LIBRARIES_BEFORE)
    return before


def run_child(
    command: Sequence[str], *, seconds: float, settings: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """The exit status of a program, and what it wrote on standard error.

    Raises `TimeoutError` when it did not end in so many seconds; it is killed then. Raises
    `OSError` when it cannot be started.
    """
    with start_child(command, stdout=PIPE, stderr=PIPE, settings=settings) as child:
        try:
            _, errors = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise TimeoutError(f"{Path(command[0]).name} did not end in {seconds:g} s") from error
        except BaseException:  # on Ctrl+C the child must end too
            child.kill()
            raise
    return child.returncode, errors.decode("utf-8", "replace")


def end_child(child: Child, *, seconds: float) -> None:
    """Ask a program to end, and kill it when it did not in so many seconds."""
    child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()

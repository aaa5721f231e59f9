"""Where the program is, and how it starts another program. No other file of ours starts one.

The program is either a checkout, run by a Python, or a bundle that `tools/freeze.py` made: one
folder with several programs and everything that they read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

FROZEN: bool = getattr(sys, "frozen", False)
"""Whether this is a bundle. PyInstaller sets it."""
FOLDER = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
"""The folder of the checkout, or the one where a bundle keeps its files. PyInstaller names it."""
INSTALL_AGAIN = (
    "install the program again"
    if FROZEN
    else "delete the folder .venv and call start.py again, or install the program again"
)
"""What helps when a part of the program is lost."""
FIND_LIBRARY = "install the system's package of it" if FROZEN else "start.py names its package"
"""What helps when a library of the system is missing: a bundle leaves out those of the graphics."""

Child = subprocess.Popen[bytes]
"""A program that was started."""
PIPE = subprocess.PIPE
"""A stream of a child that we read or write."""
NEEDED = ("SYSTEMROOT",)
"""Without this variable Windows finds none of its own libraries for a child."""
LIBRARIES, LIBRARIES_BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"
"""Where Linux looks for libraries first: a bundle sets the one and keeps the old in the other."""
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows, a child of a program without a console would open one."""


def program(*arguments: str) -> list[str]:
    """The command that runs Tidewaiter itself with `arguments`, with its console."""
    if FROZEN:
        # Not `sys.executable`: that may be the program that has no console.
        return [_beside("tidewaiter"), *arguments]
    return [sys.executable, str(FOLDER / "main.py"), *arguments]


def part(name: str, script: Path) -> list[str]:
    """The command that runs `script`, which needs nothing of ours beside it.

    A bundle has it as a program of its own, called `tidewaiter-` and `name`.
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

    Its environment is ours with `settings` over it. With `bare` it is what a child needs at least,
    and `settings`: no password or path in a variable of ours reaches it. Raises `OSError`.
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
    """Our environment as it was before a bundle was started.

    A bundle adds where its own libraries are; a program that is not of the bundle, such as a
    browser, would load them instead of its own.
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
        except BaseException:  # Ctrl+C: it must not go on alone
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


def at_a_terminal(stream: IO[str] | None) -> bool:
    """Whether a person is at the other end of a standard stream of ours.

    A program without a console has no standard streams at all: they are None.
    """
    return stream is not None and stream.isatty()

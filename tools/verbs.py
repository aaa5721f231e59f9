"""The commands of start.py: the demonstration, the checks, and the program itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import environment
from tools.environment import VENV, python_of
from tools.starting import ROOT, CannotStart, clean_environment, say
from tools.system_packages import (
    LEAVE_OUT,
    apt_install,
    may_install,
    mend_libraries,
    missing_libraries,
)

CHECKS = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("lint-imports", ("importlinter.cli",)),
)
"""Checks that only read the code. They run beside the tests, which often wait."""
# Each worker is a process. There are two more than processors, because many tests wait for
# a server or another process. The caller's arguments come later and override this, like `-n 0`.
TESTS = ("pytest", "-n", str((os.cpu_count() or 1) + 2), "--dist", "worksteal")
POSTGRES = Path("/usr/lib/postgresql")
"""Where Debian puts the server's programs, which no PATH names."""
CENTRAL = ("s3://", "postgresql://", "postgres://")
"""Addresses of a hub's stores that need the packages of requirements/central.txt."""


def main(verb: str, rest: list[str]) -> int:
    """Exit status of the command; 3 when the environment cannot be prepared."""
    try:
        return start(verb, rest)
    except CannotStart as error:
        say(str(error))
        return 3
    except KeyboardInterrupt:
        return 130


def start(verb: str, rest: list[str]) -> int:
    """Exit status of `verb`. Raises `CannotStart`."""
    install = may_install() and LEAVE_OUT not in rest
    rest = [word for word in rest if word != LEAVE_OUT]
    headless = verb == "test" or "--headless" in rest or not has_screen()
    lock = {"test": "dev", "hub": "hub"}.get(verb, "run")
    if verb == "hub" and any(word.startswith(CENTRAL) for word in (*rest, *_configured(rest))):
        lock = "central"
    environment.ready(lock, install_system=install)
    if verb == "hub":  # a hub draws no window
        return call("main.py", "hub", *rest)
    prepare_system(screen=not headless, install=install)
    if verb == "test":
        if install:
            install_for_tests()
        return check(rest)
    if verb == "run":
        return call("main.py", *rest)
    return demo(rest, install=install)


def _configured(rest: list[str]) -> list[str]:
    """The addresses of stores in the configuration of the hub; the command tells its faults."""
    named = os.environ.get("TIDEWAITER_HUB", "")
    for word, value in zip(rest, [*rest[1:], ""], strict=True):
        if word == "--config":
            named = value
        elif word.startswith("--config="):
            named = word.partition("=")[2]
    if not named:
        return []
    try:
        found = tomllib.loads(Path(named).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return []
    return [str(found.get(name, "")) for name in ("database", "objects")]


def prepare_system(*, screen: bool, install: bool) -> None:
    """Check for the libraries of the desk's windows, and install or list missing ones."""
    if sys.platform.startswith("linux"):
        missing = missing_libraries(VENV, screen=screen)
        if missing:
            mend_libraries(missing, install=install)


def install_for_tests() -> None:
    """Install the programs without which some tests of the hub are left out."""
    packages = [] if shutil.which("chromium") else ["chromium"]
    if not any(POSTGRES.glob("*/bin/initdb")):
        packages.append("postgresql")
    if packages:
        apt_install(packages, "tests of the hub's pages and of its rows in PostgreSQL")


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(rest: list[str], *, install: bool) -> int:
    """Run the demonstration; without a screen the one that only writes files."""
    asked_for_help = "-h" in rest or "--help" in rest
    if "--headless" not in rest and not has_screen() and not asked_for_help:
        say("no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo without one")
        rest = ["--headless", *rest]
    if "--headless" in rest and not asked_for_help:
        if not any(word.partition("=")[0] == "--out" for word in rest):
            rest += ["--out", str(ROOT / "demo-out")]
        if install and not shutil.which("chromium"):
            apt_install(["chromium"], "the pictures of the hub's pages")
    return call("main.py", "demo", *rest)


@dataclass(frozen=True, slots=True)
class Result:
    """How a check ended."""

    name: str
    status: int
    seconds: float


def check(rest: list[str]) -> int:
    """Run every check and print its result; the exit status of the first one that failed."""
    with ThreadPoolExecutor(1) as beside:
        say(", ".join(name for name, _ in (*CHECKS, ("pytest", ()))) + " ...")
        reading = [beside.submit(read_code, name, arguments) for name, arguments in CHECKS]
        begun = time.monotonic()
        # The tests start many programs: none of them compiles again what another one compiled.
        more = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
        status = call("-m", *TESTS, *rest, more=more)
        tests = Result("pytest", status, time.monotonic() - begun)
        results = [*(each.result() for each in reading), tests]
    for result in results:
        ended = "passed" if result.status == 0 else f"failed with status {result.status}"
        say(f"{result.name:13} {ended} ({result.seconds:.0f} s)")
    return next((result.status for result in results if result.status), 0)


def read_code(name: str, arguments: Sequence[str]) -> Result:
    """Run one of the checks that only read the code; what it prints is shown when it failed."""
    command = ["-m", *arguments]
    if arguments[0] == "importlinter.cli":  # it has no `python -m` form
        command = ["-c", "import sys; from importlinter.cli import lint_imports_command as c;"
                         " sys.exit(c())"]  # fmt: skip
    begun = time.monotonic()
    done = subprocess.run(
        [str(python_of(VENV)), *command],
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(done.stdout, end="", flush=True)
    return Result(name, done.returncode, time.monotonic() - begun)


def call(*arguments: str, more: dict[str, str] | None = None) -> int:
    """Exit status of the environment's Python with these arguments, in the project's folder."""
    child = subprocess.Popen(
        [str(python_of(VENV)), *arguments], cwd=ROOT, env=clean_environment(**more or {})
    )
    while True:
        try:
            status = child.wait()
            return status if status >= 0 else 128 - status
        except KeyboardInterrupt:
            continue  # the child received the signal too and ends by itself

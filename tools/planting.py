"""Runs pytest in copies of the tree, with or without a planted bug."""

from __future__ import annotations

import compileall
import contextlib
import os
import py_compile
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tools.plants import Plant

FAILED = 1
"""Pytest's status for "tests ran, some failed"."""
HUNG = -1000
"""Our status for a pytest that did not end."""
SPARED = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio")
"""Plugins that no test needs: loading the second one takes as long as killing most plants.

Hypothesis itself works without it.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one plant: `verdict` is `killed`, `lived` or `broken`."""

    plant: Plant
    verdict: str
    seconds: float
    output: str = ""


class Runner:
    """Runs pytest in copies of the tree; `stop` ends all of them, also from another thread."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self.stopped = False

    def pytest(
        self, tree: Path, tests: list[str], *options: str, limit: float = 0
    ) -> tuple[int, str]:
        """Pytest's exit status, or `HUNG`, and what it wrote."""
        command = [
            sys.executable, "-m", "pytest", *SPARED, "-q", "-o", "timeout=0",
            "--basetemp", str(tree.with_name(tree.name + "-tmp")), *options, *tests,
        ]  # fmt: skip
        with self._lock:
            if self.stopped:
                return HUNG, "stopped"
            child = subprocess.Popen(
                command,
                cwd=tree,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
            self._running.add(child)
        try:
            output, _ = child.communicate(timeout=limit or self._timeout)
            return child.returncode, output
        except subprocess.TimeoutExpired:
            _end(child)
            return HUNG, f"no end after {limit or self._timeout:.0f} s\n" + child.communicate()[0]
        finally:
            _end(child)  # end a hub or desk that a failed test left running
            with self._lock:
                self._running.discard(child)

    def try_one(self, tree: Path, plant: Plant) -> Outcome:
        """Plant the bug in the copy `tree`, run its tests, remove the bug."""
        path = tree / plant.file
        sound = path.read_bytes()
        begin = time.monotonic()
        path.write_bytes(plant.planted(sound.decode()).encode())
        try:
            status, output = self.pytest(tree, list(plant.tests), "-x")
        finally:
            path.write_bytes(sound)
        return Outcome(plant, verdict(plant, status), time.monotonic() - begin, output)

    def stop(self) -> None:
        """End every pytest with its children."""
        with self._lock:
            self.stopped = True
            for child in self._running:
                _end(child)


def verdict(plant: Plant, status: int) -> str:
    """The verdict for pytest's exit status."""
    if status == 0:
        return "lived"
    if status == HUNG:
        return "killed" if plant.hangs else "broken"
    return "killed" if status == FAILED or plant.breaks else "broken"


def _environment() -> dict[str, str]:
    """No PYTHONPATH: the tests must find the copy. No new bytecode: it could hide a plant."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


def _end(child: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        child.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def files_of(root: Path) -> list[str]:
    """The existing files that git tracks or does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return sorted({name for name in names.split("\0") if name and (root / name).is_file()})


def copy_tree(root: Path, target: Path) -> None:
    """Copy the tree, with bytecode that Python checks against the content of its source."""
    for name in files_of(root):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)
    mode = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(target, quiet=2, invalidation_mode=mode)

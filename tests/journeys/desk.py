"""The command line as a person meets it: a child process, real files, exit status, words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.numbers.s10 import check_digit
from tests import warm
from tests.builders import OFFICER, a_document, a_photo

ROOT = Path(__file__).resolve().parents[2]
MAIN = str(ROOT / "main.py")
SEIZED = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
"""Yesterday: a child's clock is the machine's own."""
PATIENCE = 100.0
"""Seconds after which a child counts as hanging."""

FRESH = {"PYTHONUTF8": "1"}
"""Lets every command start Python anew, as a person's does (see tests/warm.py)."""

DIES_AT = """
import os, sys, threading
left = {step}
def count(frame, event, what):
    global left
    if event != "c_call":
        return
    owner = type(getattr(what, "__self__", None)).__name__
    if (owner == "Connection" and what.__name__ == "execute") or what.__name__ in (
        "fsync", "sendall"
    ) or (owner == "module" and what.__name__ in ("replace", "unlink")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
threading.setprofile(count)
sys.setprofile(count)
"""
"""Kills the command (-9) just before its n-th statement, flush, rename or send."""
KILLED = -9


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its results."""
        return self.out.splitlines()


@dataclass
class Desk:
    """A workstation's folder and the commands on it."""

    home: Path
    passphrase: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def words(self, *words: str | Path) -> list[str]:
        """The words of a command about this workstation."""
        opening = ["--home", str(self.home), "--passphrase-file", str(self.passphrase)]
        said = [str(word) for word in words]
        if said[0] in ("receipt", "pack") and "--officer" not in said:
            opening += ["--officer", OFFICER]
        return [said[0], *opening, *said[1:]]

    def run(self, *words: str | Path) -> Said:
        """Run a command to its end; whatever happens, there is no traceback."""
        return run(self.words(*words), self.environment)

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Start a command, to be read or killed while it runs."""
        return subprocess.Popen(
            [sys.executable, MAIN, *self.words(*words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.environment},
        )

    def killed_at(self, step: int, *words: str | Path) -> Said:
        """Run a command that is killed before its n-th step, if it has so many."""
        return run(self.words(*words), self.environment, before=DIES_AT.format(step=step))

    def numbers(self) -> list[str]:
        """The seizure numbers in the list, oldest first."""
        said = self.run("list", "--json")
        assert said.status == 0, said.err
        return sorted(json.loads(line)["number"] for line in said.lines)


def run(
    words: list[str], environment: Mapping[str, str] | None = None, *, before: str = ""
) -> Said:
    """Run `main.py` with these words, after the lines of Python in `before`."""
    said = _forked(words, environment, before)
    if said is None:
        first = f"{before}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        first += "import main\nsys.exit(main.main(sys.argv[1:]))"
        done = subprocess.run(
            [sys.executable, "-c", first, *words] if before else [sys.executable, MAIN, *words],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**os.environ, **(environment or {})},
            check=False,
        )
        said = Said(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in said.err, said.err
    return said


def _forked(words: list[str], environment: Mapping[str, str] | None, before: str) -> Said | None:
    if not warm.may_fork(words, environment):
        return None
    child = warm.start(words, environment, before=before)
    out, err = child.communicate(PATIENCE)
    assert child.returncode is not None
    return Said(child.returncode, out, err)


def a_record_file(folder: Path, name: str = "one", shade: int = 90, **changes: Any) -> Path:
    """A record file of a mail packet with its two photos beside it; `changes` go over it."""
    folder.mkdir(parents=True, exist_ok=True)
    photos = []
    for place, role in enumerate(("overview", "label")):
        file = folder / f"{name}-{role}.jpg"
        file.write_bytes(a_photo(shade + place, size=(64, 48)))
        photos.append({"file": file.name, "role": role})
    head = {"format": "tidewaiter-record/1", "pack": "SAMPLE-MED"}
    document = {**head, **a_document(photos=photos, **changes)}
    document["occasion"]["seized_at"] = SEIZED
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def record_files(folder: Path, count: int) -> list[Path]:
    """So many different record files."""
    return [
        a_record_file(
            folder,
            f"r{n}",
            shade=2 * n,
            case_ref=f"C{n}",
            consignment={"postal_item_id": an_item(n)},
        )
        for n in range(count)
    ]


def an_item(number: int) -> str:
    """The number of a registered letter, another one for each `number` (UPU S10)."""
    serial = f"{number:08d}"
    return f"RR{serial}{check_digit(serial)}GB"


@dataclass
class HubChild:
    """`main.py hub serve` in a child process."""

    url: str
    folder: Path

    @property
    def database(self) -> str:
        """The URL of its rows."""
        return f"sqlite://{self.folder}/hub.sqlite"

    @property
    def objects(self) -> str:
        """The URL of its photos."""
        return f"file://{self.folder}/objects"

    def code(self) -> str:
        """A one-time code."""
        return run(["hub", "code", "--database", self.database]).out.strip()


@contextmanager
def a_hub(folder: Path) -> Iterator[HubChild]:
    """A hub that serves until the caller is done with it."""
    hub = HubChild("", folder)
    words = ["hub", "serve", "--listen", "127.0.0.1:0", "--pages", "127.0.0.1:0"]
    words += ["--database", hub.database, "--objects", hub.objects]
    log = (folder.parent / f"{folder.name}.log").open("w", encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, MAIN, *words], stdout=subprocess.PIPE, stderr=log, text=True
    )
    assert child.stdout is not None
    try:
        hub.url = child.stdout.readline().split()[-1]
        yield hub
    finally:
        child.terminate()
        child.communicate(timeout=PATIENCE)
        log.close()

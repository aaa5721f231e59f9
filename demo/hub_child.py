"""A hub of the demonstration's own, on loopback, as a child process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from demo.errors import ChildFailed
from domain.words import mark

MAIN = Path(__file__).resolve().parent.parent / "main.py"
LISTENS = "hub listens on "
PAGES = "pages are at "
GOODBYE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class HubChild:
    """Where it listens, where its pages are, and the code for the first workstation."""

    url: str
    pages: str
    code: str


@contextmanager
def hub_child(folder: Path) -> Iterator[HubChild]:
    """A hub with its database, photos and log in `folder`, for as long as the block runs.

    Raises `ChildFailed` with the hub's last words when it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    code, log = folder / "code.txt", folder / "hub.log"
    words = [sys.executable, str(MAIN), "hub", "serve", "--listen", "127.0.0.1:0"]
    words += ["--pages", "127.0.0.1:0"]
    words += ["--database", f"sqlite:///{_in_url(folder / 'hub.db')}"]
    words += ["--objects", f"file:///{_in_url(folder / 'objects')}"]
    words += ["--code", str(code)]
    with log.open("w", encoding="utf-8") as written:
        child = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=written, text=True, encoding="utf-8"
        )
        try:
            url, pages = _line(child, log, LISTENS), _line(child, log, PAGES)
            yield HubChild(url, pages, code.read_text(encoding="utf-8").strip())
        finally:
            child.terminate()
            try:
                child.wait(GOODBYE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            if child.stdout is not None:
                child.stdout.close()


def _in_url(path: Path) -> str:
    return quote(path.absolute().as_posix().lstrip("/"), safe="/:")


def _line(child: subprocess.Popen[str], log: Path, start: str) -> str:
    said: IO[str] | None = child.stdout
    line = said.readline() if said is not None else ""
    if line.startswith(start):
        return line.removeprefix(start).strip()
    lines = log.read_text(encoding="utf-8").splitlines() or [line.strip() or "no word"]
    raise ChildFailed(
        mark("the hub did not start: {last}"), about=str(log), last=lines[-1], hint=""
    )

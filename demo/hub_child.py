"""The demonstration's own hub, on loopback, as a child process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from demo.errors import ChildFailed
from domain.words import mark
from system.program import PIPE, Child, end_child, program, start_child

LISTENS = "hub listens on "
PAGES = "pages are at "
GOODBYE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class HubChild:
    """The address of the hub, the address of its pages, and the code for the first workstation."""

    url: str
    pages: str
    code: str


@contextmanager
def hub_child(folder: Path) -> Iterator[HubChild]:
    """A hub with its database, photos and log in `folder`, which runs as long as the block.

    Raises `ChildFailed` with the hub's last line when it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    code, log = folder / "code.txt", folder / "hub.log"
    arguments = ["hub", "serve", "--listen", "127.0.0.1:0", "--pages", "127.0.0.1:0"]
    arguments += ["--database", f"sqlite:///{_in_url(folder / 'hub.db')}"]
    arguments += ["--objects", f"file:///{_in_url(folder / 'objects')}"]
    arguments += ["--code", str(code), "--pages-without-sign-in"]
    with log.open("wb") as written:
        child = start_child(program(*arguments), stdout=PIPE, stderr=written)
        try:
            url, pages = _line(child, log, LISTENS), _line(child, log, PAGES)
            yield HubChild(url, pages, code.read_text(encoding="utf-8").strip())
        finally:
            end_child(child, seconds=GOODBYE_SECONDS)
            if child.stdout is not None:
                child.stdout.close()


def _in_url(path: Path) -> str:
    return quote(path.absolute().as_posix().lstrip("/"), safe="/:")


def _line(child: Child, log: Path, start: str) -> str:
    line = child.stdout.readline().decode("utf-8", "replace") if child.stdout is not None else ""
    if line.startswith(start):
        return line.removeprefix(start).strip()
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    raise ChildFailed(
        mark("the hub did not start: {last}"),
        about=str(log),
        last=lines[-1] if lines else line.strip() or "no word",
        hint="",
    )

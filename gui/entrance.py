"""Opens the folder for the desk: directly, with the door, or with the first-run page.

What is on the screen first needs little of the program. The rest is imported while it is read.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLocale, QTimer

from acts.errors import PassphraseNeeded
from domain.errors import TidewaiterError
from gui.application import Collector, application
from gui.door import Door, Opened, Refused, Typed
from gui.first_frame import first_frame
from gui.look.theme import Theme, ThemeChoice
from gui.parts.chosen_file import choose_folder
from gui.parts.first_paint import FirstPaint
from gui.window import Window
from gui.words import Words
from storage.appearance import read_appearance
from storage.first_look import holds_workstation
from system.resources import RESOURCES, languages, translation

if TYPE_CHECKING:
    from gui.first_run.window import FirstRun
    from storage.keys import Unlock
    from storage.workstation import Workstation

REST = (
    "storage.keys",
    "storage.workstation",
    "gui.bridge",
    "gui.form.view",
    "gui.capture.view",
    "gui.opening",
)
"""What is imported while the door is read, in steps, so that typing is never held up for long."""


def run_desk(home: Path, unlock: Callable[[], Unlock], *, asks: bool, terminal: bool) -> int:
    """Open the folder and show the desk; returns the exit status: 2 when it was not opened.

    `unlock` returns the way to open it that was chosen at the start; `asks` is True when the
    officer must type a secret. At a `terminal` the secret is typed there, and errors are raised.
    A folder without a workstation is opened with the first-run page.
    """
    app = application()
    collector = Collector()
    holds = holds_workstation(home)
    window = first_frame(home) if holds and not asks else None
    if terminal and holds:
        opening = _rest()  # loaded before the folder is opened, because an open folder is locked
        ws: Workstation | None = opening.open_folder(home, unlock())
    else:
        ws = enter(home, unlock, asks=asks, window=window)
    return 2 if ws is None else int(_rest().run_open(ws, app, collector, window))


def enter(
    home: Path, unlock: Callable[[], Unlock], *, asks: bool, window: Window | None = None
) -> Workstation | None:
    """The open workstation; None when the officer closed the window.

    `window` is closed when there is something to ask or to tell.
    """
    found: Workstation | Path | None = home
    if window is not None and not window.isVisible():
        return None
    if holds_workstation(home) and not asks:
        found = _open_or_ask(home, unlock, window)
    while isinstance(found, Path):
        holds = holds_workstation(found)
        found = _wait_for(make_door(found, unlock, None) if holds else make_first_run(found))
    return found


def _open_or_ask(
    home: Path, unlock: Callable[[], Unlock], window: Window | None
) -> Workstation | Path | None:
    try:
        ws: Workstation = _rest().open_folder(home, unlock())
    except TidewaiterError as error:
        if window is not None:
            window.close()
        if sys.stderr is not None:
            print(f"tidewaiter: {error}", file=sys.stderr)
        return _wait_for(make_door(home, unlock, error))
    return ws


def make_door(home: Path, unlock: Callable[[], Unlock], why: TidewaiterError | None) -> Door:
    """The door with its question, or with the error `why` from opening the folder."""

    def open_it(typed: Typed | None, opened: Opened, refused: Refused) -> None:
        rest = _rest()
        bridge = rest.Bridge(home)
        door.finished.connect(bridge.close)
        bridge.write(
            lambda: rest.open_folder(home, rest.way_in(*typed) if typed else unlock()),
            opened,
            refused,
        )

    words, theme = _look(home)
    door = Door(words, theme, str(home), open_it)
    FirstPaint(door).painted.connect(import_rest)
    if why is None or isinstance(why, PassphraseNeeded):
        door.ask()
    else:
        door.tell(why)
    return door


def make_first_run(home: Path) -> FirstRun:
    """The page of a folder without a workstation."""
    from gui.first_run.window import FirstRun  # only for a folder without a workstation

    return FirstRun(home, *_look(home))


def _look(home: Path) -> tuple[Words, Theme]:
    """As the desk looked when it was closed last, else in the system's language and theme."""
    look = read_appearance(home)
    theme = Theme(application(), RESOURCES / "fonts")
    theme.use(look.theme if look else ThemeChoice.SYSTEM)
    language = look.language if look else system_language()
    return Words(language, translation(language)), theme


def system_language() -> str:
    """The system's language if it is translated, else English: the settings cannot be read yet."""
    wanted = QLocale.system().name().replace("_", "-")
    spoken = languages()
    return next((tag for tag in (wanted, wanted.partition("-")[0]) if tag in spoken), "en")


def import_rest() -> None:
    """Import the next step of the rest, and continue when the events that came are handled."""
    missing = [name for name in REST if name not in sys.modules]
    if missing:
        importlib.import_module(missing[0])
        QTimer.singleShot(0, import_rest)


def _rest() -> ModuleType:
    from gui import opening  # 600 ms: what is read first is on the screen before

    return opening


def _wait_for(asking: Door | FirstRun) -> Workstation | Path | None:
    """What the window ends with: the open workstation, another folder, or None."""
    waiting = QEventLoop()
    chosen: list[Path] = []

    def choose() -> None:
        folder = choose_folder(asking, "")
        if folder is not None:
            chosen.append(folder)
            asking.close()

    asking.finished.connect(waiting.quit)
    asking.elsewhere.connect(choose)
    asking.show()
    waiting.exec()
    if isinstance(asking, Door):
        return chosen[0] if chosen else asking.opened
    return chosen[0] if chosen else asking.leads or asking.opened

"""Opens the folder for a desk without a terminal: directly, or with the door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale

from acts.errors import PassphraseNeeded
from domain.errors import TidewaiterError
from gui.application import application
from gui.door import Door
from gui.look.theme import Theme, ThemeChoice
from gui.words import Words
from storage.keys import Unlock
from storage.workstation import Workstation, open_workstation
from system.database.errors import errors_as_ours
from system.resources import RESOURCES, languages, translation


def enter(home: Path, unlock: Callable[[], Unlock], *, asks: bool) -> Workstation | None:
    """The open workstation; None when the officer closed the door.

    `unlock` returns the way to open it that was chosen at the start; `asks` is True when the
    officer must type a secret.
    """
    if asks:
        return _wait_for(make_door(home, unlock, None))
    try:
        with errors_as_ours(home):
            return open_workstation(home, unlock())
    except TidewaiterError as error:
        if sys.stderr is not None:
            print(f"tidewaiter: {error}", file=sys.stderr)
        return _wait_for(make_door(home, unlock, error))


def make_door(home: Path, unlock: Callable[[], Unlock], why: TidewaiterError | None) -> Door:
    """The door with its question, or with the error `why` from opening the folder."""

    def open_it(typed: Unlock | None) -> Workstation:
        with errors_as_ours(home):
            return open_workstation(home, typed or unlock())

    theme = Theme(application(), RESOURCES / "fonts")
    theme.use(ThemeChoice.SYSTEM)
    language = system_language()
    door = Door(Words(language, translation(language)), theme, str(home), open_it)
    if why is None or isinstance(why, PassphraseNeeded):
        door.ask()
    else:
        door.tell(why)
    return door


def system_language() -> str:
    """The system's language if it is translated, else English: the settings cannot be read yet."""
    wanted = QLocale.system().name().replace("_", "-")
    spoken = languages()
    return next((tag for tag in (wanted, wanted.partition("-")[0]) if tag in spoken), "en")


def _wait_for(door: Door) -> Workstation | None:
    waiting = QEventLoop()
    door.finished.connect(waiting.quit)
    door.show()
    waiting.exec()
    return door.opened

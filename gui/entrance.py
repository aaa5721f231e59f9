"""Opens the folder for a desk that has no terminal to ask at: by itself, or through the door."""

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

    `unlock` gives the way that was chosen when the desk was started; `asks` whether somebody has
    to type one.
    """
    if asks:
        return _through(make_door(home, unlock, None))
    try:
        with errors_as_ours(home):
            return open_workstation(home, unlock())
    except TidewaiterError as error:
        if sys.stderr is not None:
            print(f"tidewaiter: {error}", file=sys.stderr)
        return _through(make_door(home, unlock, error))


def make_door(home: Path, unlock: Callable[[], Unlock], why: TidewaiterError | None) -> Door:
    """The door with its question, or with what keeps the folder shut."""

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
    """The system's language where the program speaks it, else English: settings are still shut."""
    wanted = QLocale.system().name().replace("_", "-")
    spoken = languages()
    return next((tag for tag in (wanted, wanted.partition("-")[0]) if tag in spoken), "en")


def _through(door: Door) -> Workstation | None:
    waiting = QEventLoop()
    door.through.connect(waiting.quit)
    door.show()
    waiting.exec()
    return door.opened

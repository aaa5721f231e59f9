"""Opens the folder for a desk that has no terminal to ask at: by itself, or through the door."""

from __future__ import annotations

import argparse
import sys

from PySide6.QtCore import QEventLoop, QLocale
from PySide6.QtWidgets import QApplication

from acts.errors import NobodyToAsk
from acts.place_options import open_here, unlock
from domain.errors import TidewaiterError
from gui.door import Door
from gui.look.theme import Theme
from gui.words import Words
from storage.keys import Unlock, key_file
from storage.workstation import Workstation, open_workstation
from system.database.errors import errors_as_ours
from system.resources import RESOURCES, languages, translation


def enter(arguments: argparse.Namespace, app: QApplication) -> Workstation | None:
    """The open workstation; None when the officer closed the door."""
    if not needs_passphrase(arguments):
        try:
            with errors_as_ours(arguments.home):
                return open_here(arguments)
        except TidewaiterError as error:
            if sys.stderr is not None:
                print(f"tidewaiter: {error}", file=sys.stderr)
            return _through(make_door(arguments, app, error))
    return _through(make_door(arguments, app, None))


def needs_passphrase(arguments: argparse.Namespace) -> bool:
    """Whether somebody must type one: no file holds a key and neither does the key store."""
    if arguments.passphrase_file is not None or arguments.recovery_key_file is not None:
        return False
    try:
        return all(slot.kind != "keystore" for slot in key_file(arguments.home).slots)
    except TidewaiterError:
        return False


def make_door(
    arguments: argparse.Namespace, app: QApplication, why: TidewaiterError | None
) -> Door:
    """The door with its question, or with what keeps the folder shut."""

    def open_it(typed: Unlock | None) -> Workstation:
        with errors_as_ours(arguments.home):
            return open_workstation(arguments.home, typed or unlock(arguments))

    theme = Theme(app, RESOURCES / "fonts")
    theme.use("system")
    language = system_language()
    door = Door(Words(language, translation(language)), theme, str(arguments.home), open_it)
    if why is None or isinstance(why, NobodyToAsk):
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

"""Who sits at this desk. Models ask it at the moment of a deed; nobody is told by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from acts.session import Session
from domain.badge import names_nobody
from gui.bridge import Bridge
from storage.settings import OFFICER, write
from storage.workstation import Workstation


class DeskSession(QObject):
    """The officer at the desk, by badge number; remembered at the workstation.

    `changed` carries the new badge number.
    """

    changed = Signal(str)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.badge = OFFICER.read(ws.db)

    @property
    def is_named(self) -> bool:
        """Whether an officer has signed in; nobody else can sign a record."""
        return not names_nobody(self.badge)

    @property
    def acting(self) -> Session:
        """The session that a deed is given now."""
        return Session(self.badge)

    def sign_in(self, badge: str) -> None:
        """This officer sits here from now on. What is no badge number changes nothing."""
        badge = badge.strip()
        if names_nobody(badge) or badge == self.badge:
            return
        self.badge = badge
        change = OFFICER.to(badge)
        self._bridge.write(lambda: write(self._ws.db, [change]))
        self.changed.emit(badge)

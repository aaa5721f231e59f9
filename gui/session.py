"""The officer who is signed in at this desk. Models read it at the moment of a deed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from acts.session import Session
from domain.badge import names_nobody
from gui.bridge import Bridge
from storage.settings import OFFICER, write
from storage.workstation import Workstation


class DeskSession(QObject):
    """The signed-in officer, by badge number; stored at the workstation.

    `changed` carries the new badge number.
    """

    changed = Signal(str)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.badge = OFFICER.read(ws.db)

    @property
    def is_named(self) -> bool:
        """Whether an officer is signed in; this is needed to sign a record."""
        return not names_nobody(self.badge)

    @property
    def acting(self) -> Session:
        """The session that is passed to a deed."""
        return Session(self.badge)

    def sign_in(self, badge: str) -> None:
        """Sign this officer in. Text that is not a badge number is ignored."""
        badge = badge.strip()
        if names_nobody(badge) or badge == self.badge:
            return
        self.badge = badge
        change = OFFICER.to(badge)
        self._bridge.write(lambda: write(self._ws.db, [change]))
        self.changed.emit(badge)

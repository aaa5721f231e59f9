"""The adopted packs, and the chosen one for new interceptions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from domain.changes import Changes
from domain.pack.checklist import Checklist
from domain.words import in_language
from gui.bridge import Bridge
from storage.settings import PACK, write
from storage.workstation import Workstation


def title_of(checklist: Checklist | None, language: str) -> str:
    """The title of the checklist's pack in a language; empty for None."""
    return in_language(checklist.pack.title, language) if checklist else ""


class PackChoice(QObject):
    """`chosen` is None while no pack is adopted. The choice is remembered at the workstation."""

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.adopted = ws.checklists()
        self.chosen = self._of(PACK.read(ws.db)) or self._first()
        bridge.changed.connect(self._hear)

    @property
    def pack_id(self) -> str:
        """The id of the chosen pack; empty while none is adopted."""
        return self.chosen.pack.id if self.chosen else ""

    @property
    def others(self) -> list[Checklist]:
        """The adopted packs besides the chosen one."""
        return [each for each in self.adopted if each is not self.chosen]

    def choose(self, pack_id: str) -> None:
        """Use this pack for new interceptions from now on."""
        self.chosen = self._of(pack_id) or self.chosen
        change = PACK.to(pack_id)
        self._bridge.write(lambda: write(self._ws.db, [change]))

    def _of(self, pack_id: str) -> Checklist | None:
        return next((c for c in self.adopted if c.pack.id == pack_id), None)

    def _first(self) -> Checklist | None:
        return self.adopted[0] if self.adopted else None

    def _hear(self, changes: Changes) -> None:
        if changes.packs:
            self.adopted = self._ws.checklists()
            # the newest version of the chosen pack; another pack when it was withdrawn
            self.chosen = self._of(self.pack_id) or self._first()

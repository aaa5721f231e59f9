"""The settings of the officer: language, theme, and the hub. They are stored at the workstation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from acts.errors import InputRefused
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.given_settings import GivenSetting, Value
from domain.words import mark
from gui.bridge import Bridge
from gui.look.theme import ThemeChoice
from gui.stop import Stop
from storage import hub_memory
from storage.feed_items import StoredFeedItem
from storage.hub_memory import HubFact
from storage.in_force import InForce, in_force, not_read
from storage.settings import LANGUAGE, THEME, Setting, SettingChange, write
from storage.workstation import Workstation
from sync.wire.enrolment_file import PACKED
from system.resources import languages

T = TypeVar("T")
V = TypeVar("V", bound=Value)
SETTINGS = {setting.name: setting for setting in (LANGUAGE, THEME)}
"""Names of the settings on this screen."""

EnrolAt = Callable[[Workstation, str, str | Path, Stop], Changes]
"""A function that enrols this workstation at the hub at an address, with what headquarters gave: a
code, the text of a QR code, or an enrolment file.
"""


class SettingsModel(QObject):
    """`changed` carries the name of the setting; `enrolled` carries the address of the hub;
    `hub_read` is sent when `hub` has been read; `given` when headquarters gave settings;
    `packs_wanted` when the packs are to be shown.
    """

    changed = Signal(str)
    hub_read = Signal()
    given = Signal()
    enrolled = Signal(str)
    refused = Signal(object)
    packs_wanted = Signal()

    def __init__(self, ws: Workstation, bridge: Bridge, enrol_at: EnrolAt) -> None:
        super().__init__()
        self.ws, self.bridge = ws, bridge
        self._enrol_at = enrol_at
        self.enrolling = False
        self._held = {name: setting.read(ws.db) for name, setting in SETTINGS.items()}
        self.hub = _hub_address(ws)
        """The address of the hub; empty while none is set up."""
        bridge.changed.connect(self._hear)

    def value(self, name: str) -> str:
        """The present value of a setting."""
        return self._held[name]

    def put(self, name: str, value: str) -> None:
        """Change a setting and store it in the background. An empty value is ignored."""
        value = value.strip()
        if value and value != self._held[name]:
            self._held[name] = value
            change = SETTINGS[name].to(value)
            self.bridge.write(lambda: write(self.ws.db, [change]))
            self.changed.emit(name)

    def stored(self, setting: Setting[T]) -> T:
        """The stored value of any setting of the workstation."""
        return setting.read(self.ws.db)

    def in_force(self, setting: GivenSetting[V]) -> InForce[V]:
        """The value that counts of a setting that headquarters may give too."""
        return in_force(self.ws, setting)

    def not_read(self) -> tuple[StoredFeedItem, ...]:
        """Settings of headquarters that only a newer program knows."""
        return not_read(self.ws)

    def store(self, change: SettingChange) -> None:
        """Store a setting in the background; who uses it reads it then."""
        self.bridge.write(lambda: write(self.ws.db, [change]))

    def enrol(self, url: str, code: str) -> None:
        """Enrol at the hub at `url` with the one-time code; then `enrolled` or `refused` is
        sent. `code` may be the text of a QR code, which has the address in it.
        """
        url, code = url.strip(), code.strip()
        if self.enrolling:
            return
        if not code or not (url or code[: len(PACKED)].upper() == PACKED or code[0] == "{"):
            self.refused.emit(
                InputRefused(
                    mark("the address of the hub and the one-time code are both needed"),
                    hint=mark("Headquarters gives you both, or an enrolment file with both in it."),
                )
            )
            return
        self._enrol(url, code)

    def enrol_with(self, file: Path) -> None:
        """The same with an enrolment file."""
        if not self.enrolling:
            self._enrol("", file)

    def _enrol(self, url: str, given: str | Path) -> None:
        self.enrolling = True

        def then(_: Changes) -> None:
            self.enrolling = False
            self.bridge.read(lambda: _hub_address(self.ws), self.enrolled.emit)

        def failed(error: TidewaiterError) -> None:
            self.enrolling = False
            self.refused.emit(error)

        # Not in the writing thread, because a slow hub must not delay the saving of a draft.
        self.bridge.work_with_progress(
            lambda _progress, stop: self._enrol_at(self.ws, url, given, stop),
            then,
            failed,
            lambda _done, _all: None,
        )

    def _hear(self, changes: Changes) -> None:
        def then(address: str) -> None:
            self.hub = address
            self.hub_read.emit()

        if changes.settings:
            self.given.emit()
        if changes.hub:
            self.bridge.read(lambda: _hub_address(self.ws), then)

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The possible languages and themes."""
        return {"language": languages(), "theme": tuple(ThemeChoice)}


def _hub_address(ws: Workstation) -> str:
    return (hub_memory.remembered(ws.db, HubFact.URL) or b"").decode()

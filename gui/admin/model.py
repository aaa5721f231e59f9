"""What the officer may set: badge, language, theme, pack. Remembered at the workstation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from acts.errors import InputRefused
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.words import mark
from gui.bridge import Bridge
from gui.look.theme import THEMES
from gui.stop import Stop
from storage.settings import LANGUAGE, OFFICER, THEME, write
from storage.workstation import Workstation
from system.resources import languages

SETTINGS = {setting.name: setting for setting in (LANGUAGE, THEME, OFFICER)}
"""What the officer may set here, by name."""

EnrolAt = Callable[[Workstation, str, str, Stop], Changes]
"""Makes the hub at an address know this workstation, by a one-time code."""


class SettingsModel(QObject):
    """`changed` carries the name of the setting; `enrolled` the address of the hub."""

    changed = Signal(str)
    enrolled = Signal(str)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, enrol_at: EnrolAt) -> None:
        super().__init__()
        self._ws, self._bridge, self._enrol_at = ws, bridge, enrol_at
        self.enrolling = False
        self._held = {name: setting.read(ws.db) for name, setting in SETTINGS.items()}

    def value(self, name: str) -> str:
        """The setting as it is."""
        return self._held[name]

    def put(self, name: str, value: str) -> None:
        """Change a setting; it is remembered beside the window. An empty one is not taken."""
        value = value.strip()
        if value and value != self._held[name]:
            self._held[name] = value
            change = SETTINGS[name].to(value)
            self._bridge.write(lambda: write(self._ws.db, [change]))
            self.changed.emit(name)

    def enrol(self, url: str, code: str) -> None:
        """Show the hub at `url` the one-time code; then `enrolled`, or `refused` with an error."""
        url, code = url.strip(), code.strip()
        if self.enrolling:
            return
        if not url or not code:
            self.refused.emit(
                InputRefused(
                    mark("the address of the hub and the one-time code are both needed"),
                    hint=mark("Headquarters gives you both."),
                )
            )
            return
        self.enrolling = True

        def then(_: Changes) -> None:
            self.enrolling = False
            self.enrolled.emit(url)

        def failed(error: TidewaiterError) -> None:
            self.enrolling = False
            self.refused.emit(error)

        # Beside the writer: a slow hub must not keep a draft from being saved.
        self._bridge.work_with_progress(
            lambda _progress, stop: self._enrol_at(self._ws, url, code, stop),
            then,
            failed,
            lambda _done, _all: None,
        )

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """What language and theme can be."""
        return {"language": languages(), "theme": THEMES}

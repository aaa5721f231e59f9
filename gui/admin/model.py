"""What the officer may set: badge, language, theme, pack. Remembered at the workstation."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.look.theme import THEMES
from storage.resources import languages
from storage.workstation import Workstation

DEFAULT_OFFICER = "0000"
SETTINGS = {"language": "en", "theme": "system", "officer": DEFAULT_OFFICER}


class SettingsModel(QObject):
    """`changed` carries the name of the setting."""

    changed = Signal(str)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._held = {name: ws.setting(name) or default for name, default in SETTINGS.items()}

    def value(self, name: str) -> str:
        """The setting as it is."""
        return self._held[name]

    def put(self, name: str, value: str) -> None:
        """Change a setting; it is remembered beside the window. An empty one is not taken."""
        value = value.strip()
        if value and value != self._held[name]:
            self._held[name] = value
            self._bridge.write(lambda: self._ws.set_setting(name, value))
            self.changed.emit(name)

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """What language and theme can be."""
        return {"language": languages(), "theme": THEMES}

"""The settings of a workstation: one table of names, types, defaults and meanings.

A stored value that cannot be read as the setting's type, for instance because another version wrote
it, counts as the default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import msgspec

from domain.badge import NOBODY
from domain.document import Document
from system.database import Connection, transaction
from system.database.tables import tables

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. Texts are stored as they are, everything else as JSON."""

    name: str
    """The stored name; a setting for several things has one name for each (`of`)."""
    kind: type[T]
    default: T
    meaning: str

    def of(self, *keys: str) -> Setting[T]:
        """The same setting for one list, pack or officer: `recent.reasons`."""
        return replace(self, name=".".join((self.name, *keys)))

    def to(self, value: T) -> SettingChange:
        """This setting with a new value, for `write`."""
        stored = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        return SettingChange(self.name, stored)

    def read(self, db: Connection) -> T:
        """The stored value, or the default when it was never set."""
        row = db.execute("SELECT value FROM setting WHERE name = ?", (self.name,)).fetchone()
        stored = "" if row is None else str(row[0])
        try:
            found = stored if self.kind is str else msgspec.json.decode(stored, type=self.kind)
        except msgspec.DecodeError:
            return self.default
        return found or self.default  # type: ignore[return-value]


@dataclass(frozen=True)
class SettingChange:
    """A setting's new text."""

    name: str
    stored: str


LANGUAGE = Setting("language", str, "en", "Language of the desk: a code of `languages()`.")
THEME = Setting("theme", str, "system", "Light or dark: a value of `gui.look.theme.ThemeChoice`.")
OFFICER = Setting("officer", str, NOBODY, "Badge number of the officer who last sat at the desk.")
PACK = Setting("pack", str, "", "Id of the pack of new interceptions; empty for the first.")
RECENT = Setting(
    "recent",
    tuple[str, ...],
    (),
    "Codes of one list that were used last, newest first. By list: `recent.reasons`.",
)
CARRIED: Setting[Document] = Setting(
    "carried",
    dict,
    {},
    "Fields that the next interception takes over. By pack and officer: `carried.PACK.BADGE`.",
)
SYNC_KILOBITS = Setting(
    "sync.kilobits",
    int,
    0,
    "Kilobits (1,000 bits) a second that synchronisation sends; 0: no limit.",
)
PHOTOS_FROM = Setting(
    "photos.from", str, "", "Photos are sent from this time of day on (HH:MM); empty: at any time."
)
PHOTOS_UNTIL = Setting("photos.until", str, "", "Photos are sent until this time of day (HH:MM).")
PHOTOS_METERED = Setting(
    "photos.metered", bool, False, "Photos are sent over a line that costs by the byte, too."
)
PHOTOS_CHECKED = Setting(
    "photos.checked",
    int,
    300,
    "Photos that the hub signed for and that it is asked about again, each day.",
)
WINDOW = Setting(
    "window",
    tuple[int, ...],
    (),
    "Place and size of the window on one screen: x, y, width, height, 1 when maximised. By screen:"
    " `window.SCREEN`.",
)
WINDOW_SCREEN = Setting("window_screen", str, "", "The screen on which the window was closed last.")
PHOTOS_FOLDER = Setting(
    "photos.folder",
    str,
    "",
    "Folder that is watched: pictures that appear in it come into the open record; empty: none.",
)
PHOTOS_LAST_FOLDER = Setting(
    "photos.last_folder", str, "", "Folder from which photos were last chosen; empty: none."
)
ALL = (
    LANGUAGE,
    THEME,
    OFFICER,
    PACK,
    RECENT,
    CARRIED,
    SYNC_KILOBITS,
    PHOTOS_FROM,
    PHOTOS_UNTIL,
    PHOTOS_METERED,
    PHOTOS_CHECKED,
    WINDOW,
    WINDOW_SCREEN,
    PHOTOS_FOLDER,
    PHOTOS_LAST_FOLDER,
)


def write(db: Connection, changes: Iterable[SettingChange]) -> None:
    """Store all of them or none. Raises `CannotWrite`."""
    rows = [{"name": change.name, "value": change.stored} for change in changes]
    with transaction(db):
        tables(db).table("setting").upsert_all(rows, pk="name")

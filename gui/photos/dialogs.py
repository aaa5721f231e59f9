"""The system's dialogs for photos and for the folder of photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".hif", ".png", ".webp", ".tif", ".tiff", ".bmp",
     ".gif")
)  # fmt: skip
"""How the names of pictures end that can be shown, in small letters."""


class PhotoDialogs:
    """What the officer chooses; a test puts its own answers in this place."""

    def files(
        self, parent: QWidget, title: str, folder: Path, pictures: str, all_files: str
    ) -> tuple[Path, ...]:
        """The chosen files, none without a choice; it opens at `folder` and lists pictures, or all
        files when the officer says so.
        """
        both = sorted(f"*{ending}" for suffix in SUFFIXES for ending in (suffix, suffix.upper()))
        kinds = f"{pictures} ({' '.join(both)});;{all_files} (*)"
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
        return tuple(Path(name) for name in names)

    def folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        """The chosen folder; it opens at `start`."""
        name = QFileDialog.getExistingDirectory(parent, title, str(start))
        return Path(name) if name else None


def pictures_folder() -> Path:
    """The folder of the system where pictures are."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()

"""Opens the desk on every screen of this process and prints what is in sight, as JSON.

The screens and their scale come from the environment: QT_QPA_PLATFORM and QT_SCALE_FACTOR.
usage: python -m tests.gui.on_screens FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from gui.build import Desk
from gui.parts.footer import Footer
from gui.photos.card import PhotosCard
from gui.screenshots import wait_for_jobs
from gui.shape import screen_key
from storage import settings
from tests.builders import OFFICER, Place, a_draft

PHOTO_WIDTH, PHOTO_HEIGHT = 160, 90
"""Pixels of the photos' card that are in sight at least: its title and the half of a tile."""


def in_sight(widget: QWidget) -> QRect:
    """The part of the widget that the window shows, in the window."""
    seen = widget.visibleRegion().boundingRect()
    return seen.translated(widget.mapTo(widget.window(), QPoint(0, 0)))


def main(folder: str) -> int:
    """Print one line for each screen."""
    app = QApplication([])
    with Place(Path(folder) / "workstation").open() as ws:
        settings.write(ws.db, [settings.OFFICER.to(OFFICER)])
        a_draft(ws)
        for screen in app.screens():
            settings.write(ws.db, [settings.WINDOW_SCREEN.to(screen_key(screen))])
            desk = Desk(ws, app)
            desk.start(by_itself=False)
            wait_for_jobs(desk, app)
            window = desk.window
            wanted = {
                "finalise": next(
                    one
                    for one in window.findChildren(QPushButton)
                    if one.accessibleName() == "Finalise"
                ),
                "footer": window.findChildren(Footer)[0],
                "before": desk.capture_view._side.before,
            }
            photos = window.findChildren(PhotosCard)[0]
            print(
                json.dumps(
                    {
                        "screen": screen_key(screen),
                        # A pixel more: places are rounded to whole pixels of the scale.
                        "fits": screen.availableGeometry()
                        .adjusted(0, 0, 1, 1)
                        .contains(window.frameGeometry()),
                        "fills": window.isMaximized(),
                        "hidden": [
                            name
                            for name, widget in wanted.items()
                            if in_sight(widget).size() != widget.size()
                        ],
                        "photos": in_sight(photos).height() >= PHOTO_HEIGHT
                        and in_sight(photos).width() >= PHOTO_WIDTH,
                    }
                )
            )
            # The next screen is opened as at a new start.
            settings.write(ws.db, [settings.WINDOW_SCREEN.to("")])
            window.close()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

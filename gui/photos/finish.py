"""Adds the remaining photos before the window closes, because a pasted photo exists nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop

from gui.photos.model import PhotosModel


def finish_taking_in(photos: PhotosModel, say: Callable[[int], None]) -> None:
    """Wait until every added photo is in its draft; `say` is called with the number of photos
    left.
    """
    if not photos.under_way:
        return
    waiting = QEventLoop()

    def heard(left: int) -> None:
        if left:
            say(left)
        else:
            waiting.quit()

    photos.busy.connect(heard)
    say(photos.under_way)
    waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    photos.busy.disconnect(heard)

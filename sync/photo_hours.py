"""The time of day at which photos may go."""

from __future__ import annotations

from storage.settings import PHOTOS_FROM, PHOTOS_UNTIL
from storage.workstation import Workstation
from sync.plan import is_within


def is_time_for_photos(ws: Workstation) -> bool:
    """Whether photos may go now, by the settings and the workstation's local time."""
    now = ws.now().local
    start, end = PHOTOS_FROM.read(ws.db), PHOTOS_UNTIL.read(ws.db)
    return is_within(now.hour * 60 + now.minute, start, end)

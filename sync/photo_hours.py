"""The time of day at which photos may go."""

from __future__ import annotations

from domain.given_settings import HOURS, hours_of
from storage.in_force import in_force
from storage.workstation import Workstation
from sync.plan import is_within


def is_time_for_photos(ws: Workstation) -> bool:
    """Whether photos may go now, by the settings and the workstation's local time."""
    now = ws.now().local
    start, end = hours_of(in_force(ws, HOURS).value)
    return is_within(now.hour * 60 + now.minute, start, end)

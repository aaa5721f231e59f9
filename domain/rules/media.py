"""Block L: the time of capture of a photo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from domain.fault import Fault, FaultKind, Shape
from domain.rules.situation import Situation
from domain.words import mark

_CAPTURED = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII
)
"""ISO 8601; the offset may be missing, since most cameras write none (EXIF 2.32, 36867)."""


CAPTURE_TIME_WRONG = FaultKind(
    "capture_time_wrong",
    mark("is not a date and time"),
    mark("Write it like 2026-11-23T03:12:08, or leave it out."),
    shape=Shape.PREDICATE,
)
CAPTURE_TIME_IMPOSSIBLE = FaultKind(
    "capture_time_impossible", mark("no such date or time"), warns=True
)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault for a time of capture in another format; a remark for a date that does not exist."""
    for index, photo in enumerate(situation.interception.photos):
        text = photo.captured_at
        if text is None:
            continue
        path = f"photos.{index}.captured_at"
        if not _CAPTURED.fullmatch(text):
            yield Fault(path, CAPTURE_TIME_WRONG)
            continue
        try:
            datetime.fromisoformat(text)
        except ValueError:
            yield Fault(path, CAPTURE_TIME_IMPOSSIBLE)

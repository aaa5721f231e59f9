"""The two clocks of the machine: the wall clock, and the time since the computer was started.

Anybody can set the first, and nobody the second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.instant import Instant

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Uptime:
    """How long the computer has been running, sleep included."""

    boot: str
    """Names this start of the computer; empty where the system has no such name. There a new
    start is noticed by its time: wall clock and uptime are no longer as far apart as they were."""
    millis: int


Clock = Callable[[], Instant]
Steady = Callable[[], Uptime]


def system_clock() -> Instant:
    """The operating system's time, with the offset of its time zone."""
    return Instant.of(datetime.now(UTC).astimezone())


def system_clock_utc() -> Instant:
    """The operating system's time, in UTC."""
    return Instant.of(datetime.now(UTC))


def system_uptime() -> Uptime:
    """The time since the operating system was started."""
    try:
        boot = BOOT_ID.read_text("ascii").strip()
    except OSError:
        boot = ""
    # Linux counts sleep in the first, macOS in the second; Windows has neither and counts it
    which = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    nanos = time.monotonic_ns() if which is None else time.clock_gettime_ns(which)
    return Uptime(boot, nanos // 1_000_000)

"""The two clocks of the machine: the wall clock, and the time since the computer was started.

A user can set the wall clock, but not the uptime.
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
    """The system's id of this start of the computer; empty where the system has none. Then a new
    start is detected because the difference between wall clock and uptime has changed."""
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
    # The first includes sleep on Linux, the second on macOS; Windows has neither and includes it
    which = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    nanos = time.monotonic_ns() if which is None else time.clock_gettime_ns(which)
    return Uptime(boot, nanos // 1_000_000)

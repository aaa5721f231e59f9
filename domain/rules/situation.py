"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.instant import Instant
from domain.interception.record import Interception
from domain.pack.checklist import Checklist


@dataclass(frozen=True, slots=True)
class Situation:
    """The interception, the checklist that shaped it, the time, and bags used before.

    `taken_bags` maps bag numbers that other interceptions used to their seizure numbers.
    """

    interception: Interception
    checklist: Checklist
    now: Instant
    taken_bags: Mapping[str, str]

"""The input of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.fields import Walked
from domain.instant import Instant
from domain.interception.record import Interception
from domain.pack.checklist import Checklist, ListedCodes


@dataclass(frozen=True, slots=True)
class Situation:
    """The interception, the checklist that shaped it, the time, and numbers used before.

    `used_bags` and `used_items` map the canonical numbers of bags and postal items that other
    interceptions used to the seizure numbers of those.
    """

    interception: Interception
    checklist: Checklist
    now: Instant
    used_bags: Mapping[str, str]
    used_items: Mapping[str, str]
    filled: tuple[Walked, ...]
    """The fields of the interception that are not empty, which most rules look through."""

    def listed(self, list_name: str, *codes: str) -> ListedCodes:
        """These codes of a list of the checklist, for the values of a fault."""
        return self.checklist.listed(list_name, *codes)

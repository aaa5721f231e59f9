"""Fields for officers must have a badge number, never a name, since they go to headquarters."""

from __future__ import annotations

from collections.abc import Iterator

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fault import Fault, FaultKind, Shape
from domain.rules.codes import value_at
from domain.rules.names import BADGES
from domain.rules.situation import Situation

BADGE_WRONG = FaultKind("badge_wrong", NO_BADGE, NEVER_A_NAME, shape=Shape.PREDICATE)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault for each officer's field whose text is not a badge number."""
    for path in BADGES:
        badge = value_at(situation.interception, path)
        if badge is not None and not is_badge(str(badge)):
            yield Fault(path, BADGE_WRONG)

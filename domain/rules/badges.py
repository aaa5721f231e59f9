"""Officers are named by their badge alone, since these fields go to headquarters."""

from __future__ import annotations

from collections.abc import Iterator

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fault import Fault, FaultKind, Shape
from domain.rules.codes import value_at
from domain.rules.names import BADGES
from domain.rules.situation import Situation

BADGE_WRONG = FaultKind("badge_wrong", NO_BADGE, NEVER_A_NAME, shape=Shape.PREDICATE)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault where a name, or anything else that is no badge, stands for an officer."""
    for path in BADGES:
        badge = value_at(situation.interception, path)
        if badge is not None and not is_badge(str(badge)):
            yield Fault(path, BADGE_WRONG)

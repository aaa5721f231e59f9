"""Who acts: every deed is given a session, and signs its entry in the name of that officer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """The officer who sits here, as one deed sees it.

    `badge` is the number of the badge, never a name; a deed refuses what is no badge number
    (`domain.badge`).
    """

    badge: str

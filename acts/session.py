"""The session: every deed gets one, and its entry names the session's officer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """The officer who acts.

    `badge` is a badge number, never a name; a deed refuses other text (`domain.badge`).
    """

    badge: str

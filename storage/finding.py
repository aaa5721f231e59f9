"""What the checker finds."""

from __future__ import annotations

from dataclasses import dataclass

from domain.words import filled


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `warns` when it is worth knowing but no damage (a branch).

    `forked` when two copies of the folder were worked on: no damage, and yet somebody must act.
    """

    about: str
    what: str
    warns: bool = False
    values: tuple[tuple[str, object], ...] = ()
    forked: bool = False

    def __str__(self) -> str:
        return f"{self.about}: {filled(self.what, dict(self.values))}"

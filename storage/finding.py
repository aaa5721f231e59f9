"""A finding of the checker."""

from __future__ import annotations

from dataclasses import dataclass

from domain.remark import Remark
from domain.words import filled


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    `warns`: it is not damage, but the user should know it. `forked`: two copies of the folder were
    used; this is not damage, but somebody must act.
    """

    about: Remark
    what: str
    warns: bool = False
    values: tuple[tuple[str, object], ...] = ()
    forked: bool = False

    def __str__(self) -> str:
        return f"{self.about}: {filled(self.what, dict(self.values))}"

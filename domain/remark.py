"""A text marked for translation, together with its values."""

from __future__ import annotations

from dataclasses import dataclass

from domain.words import filled


@dataclass(frozen=True, slots=True)
class Remark:
    """A template marked for translation, and its values."""

    what: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return filled(self.what, dict(self.values))


def remark(what: str, **values: object) -> Remark:
    """The remark with `what` filled from `values`."""
    return Remark(what, tuple(values.items()))

"""A fault: what is wrong with which field, in words that say what to do."""

from __future__ import annotations

from domain.words import filled


def joined(what: str, hint: str) -> str:
    """What is wrong and what to do about it, as sentences."""
    if not hint:
        return what
    return f"{what} {hint}" if what.endswith((".", "!", "?")) else f"{what}. {hint}"


class Fault:
    """One fault of a draft.

    `path` names the field (`goods.0.quantity`); `what` and `hint` are templates marked for
    translation, filled from `values`. A fault that only `warns` does not keep a record from
    becoming final.
    """

    __slots__ = ("hint", "path", "values", "warns", "what")

    def __init__(
        self, path: str, what: str, hint: str = "", *, warns: bool = False, **values: object
    ) -> None:
        self.path = path
        self.what = what
        self.hint = hint
        self.warns = warns
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        return joined(filled(self.what, self.values), filled(self.hint, self.values))

    def __repr__(self) -> str:
        return f"Fault({self.path!r}, {str(self)!r}{', warns' if self.warns else ''})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

"""A fault: what is wrong with which field, as a code and values; the words stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.words import filled, joined, mark

IS_MISSING = mark("is missing")


class Shape(Enum):
    """How a fault's text (`what`) becomes a sentence about its field."""

    MISSING = mark("{field} is missing")
    PREDICATE = mark("{field} {what}")
    ABOUT = mark("{field}: {what}")
    SENTENCE = "{what}"
    """The text already names its subject: a bag, a photo, the officer."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One thing that can be wrong, declared beside the rule that finds it.

    `code` is stable and unique in the product; docs/faults.md lists all of them. `what` and `hint`
    (what to do about it) are templates marked for translation, filled from the values of the fault.
    A kind that only `warns` does not keep a record from becoming final.
    """

    code: str
    what: str
    hint: str = ""
    shape: Shape = Shape.ABOUT
    warns: bool = False


@dataclass(frozen=True, slots=True)
class FieldAt:
    """A field as a value of a fault; a message shows the name of the field."""

    path: str

    def __str__(self) -> str:
        return self.path


class Fault:
    """One fault of a draft: its kind, and the `path` of the field (`goods.0.quantity`)."""

    __slots__ = ("kind", "path", "values")

    def __init__(self, path: str, kind: FaultKind, /, **values: object) -> None:
        self.path = path
        self.kind = kind
        self.values: Mapping[str, object] = values

    @property
    def warns(self) -> bool:
        """Whether it is a remark, which does not stop a record from becoming final."""
        return self.kind.warns

    def __str__(self) -> str:
        """The text of the fault in English, without the field."""
        return joined(filled(self.kind.what, self.values), filled(self.kind.hint, self.values))

    def __repr__(self) -> str:
        return f"Fault({self.path!r}, {self.kind.code}, {dict(self.values)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.path, self.kind, self.values) == (
            other.path,
            other.kind,
            other.values,
        )

    def __hash__(self) -> int:
        return hash((self.path, self.kind.code))

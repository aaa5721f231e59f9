"""The result of checking an identifier by its rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class CheckResult(Enum):
    """`RIGHT`: shape and check digit are right.

    `CHECK_DIGIT`: only the check digit is wrong. `SHAPE`: the text does not have the shape of such
    an identifier.
    """

    RIGHT = "right"
    CHECK_DIGIT = "check digit"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """The result, the compact form of the identifier, and the facts that its characters encode.

    `says` are templates marked for translation ("registered letter", "issued in {country}"),
    filled from `values`; a value named `country` is an ISO 3166-1 alpha-2 code.
    `expected` is the check digit that would have been right.
    """

    result: CheckResult
    compact: str
    says: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    expected: str = ""

    @property
    def right(self) -> bool:
        """Whether shape and check digit are right."""
        return self.result is CheckResult.RIGHT

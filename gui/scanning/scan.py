"""A scanned text, and the values that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.document import DocumentPart, JsonValue, value_at
from domain.fields import FIELDS, label_of
from domain.words import mark

KIND_WORDS = {
    "gs1": mark("Code on a pack"),
    "bag": label_of("goods.bag_no"),
    **{field.number: field.label for field in FIELDS.values() if field.number},
}
"""What a scan of each kind is called: like the field that it belongs to."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was scanned, and what it puts where."""

    text: str
    kind: str
    values: tuple[tuple[str, str], ...]
    """Paths of the document, each with its value; the first is the one that the scan is for."""
    may_begin: bool = False
    """It identifies a whole record, so that a new one may begin with it."""
    also_fits: frozenset[str] = frozenset()
    """Paths of `values` where another value is replaced without asking."""
    doubtful: bool = False
    """The scanner seems to have dropped a separator: the lot may hold more than it should."""

    @property
    def main(self) -> str:
        """The path that the scan is for."""
        return self.values[0][0]

    def overwrites(self, document: DocumentPart) -> bool:
        """Whether another value stands there already."""
        return any(
            bare(value_at(document, path)) not in ("", bare(value))
            for path, value in self.values
            if path not in self.also_fits
        )


ReadScan = Callable[[str, DocumentPart | None, str], Scan | None]
"""What a scanned text means for a document, with the focus at a path; None when it means nothing.

The document is None while no record is open: then it is what a new record can begin with.
"""


def bare(value: JsonValue) -> str:
    """The letters and digits that two spellings of one number share."""
    return re.sub(r"[\s-]", "", str(value or "")).upper()

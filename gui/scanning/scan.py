"""A scanned text, and the values in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from domain.document import DocumentPart, JsonValue, value_at
from domain.fields import FIELDS, label_of
from domain.fields import bare as without_numbers
from domain.interception.base import FieldKind
from domain.interception.read import agree
from domain.words import mark

KIND_WORDS = {
    "gs1": mark("Code on a pack"),
    "bag": label_of("goods.bag_no"),
    **{field.number: field.label for field in FIELDS.values() if field.number},
}
"""The name of each kind of scan: the label of its field."""
CHECKED = ("s10", "iso6346")
"""Kinds whose letters and check digit no other text has by chance."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text, and the values that it sets at paths."""

    text: str
    kind: str
    values: tuple[tuple[str, str], ...]
    """Paths of the document, each with its value; the first is the main one."""
    may_begin: bool = False
    """Whether it identifies a whole record, so that a new record may begin with it."""
    also_fits: frozenset[str] = frozenset()
    """Paths of `values` where another value is replaced without asking."""
    doubtful: bool = False
    """Whether the scanner seems to have dropped a separator, so that the lot may contain too
    much.
    """

    @property
    def main(self) -> str:
        """The main path of the scan."""
        return self.values[0][0]

    def stands_in(self, document: DocumentPart) -> bool:
        """Whether its main value is in the document."""
        return _is_free_for(self.values[0][1], value_at(document, self.main) or "–", self.main)

    def overwrites(self, document: DocumentPart) -> bool:
        """Whether it would replace a different value."""
        return any(
            not _is_free_for(value, value_at(document, path), path)
            for path, value in self.values
            if path not in self.also_fits
        )


class ReadScan(Protocol):
    """Reads a scanned text."""

    def __call__(
        self, text: str, document: DocumentPart | None, here: str, *, left: bool = False
    ) -> Scan | None:
        """The meaning of `text` for a document, with the focus at `here`; None without a meaning.

        Without an open record the document is None: then the scan is one with which a new record
        can begin. `left`: the text was typed into the field at `here`, and is only a scan when it
        surely belongs to another field.
        """


def _is_free_for(value: str, now: JsonValue, path: str) -> bool:
    """Whether the value `now` at `path` is empty, or `value` in another form."""
    if bare(now) in ("", bare(value)):
        return True
    field = FIELDS.get(without_numbers(path))
    if field is not None and field.kind is FieldKind.DAY_OR_MONTH:
        return agree(str(now), value)
    return False


def bare(value: JsonValue) -> str:
    """The letters and digits of a number, for comparing different spellings."""
    return re.sub(r"[\s-]", "", str(value or "")).upper()

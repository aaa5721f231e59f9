"""The open document, with undo. Values are as typed; they are not checked here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.document import Document, DocumentPart, JsonValue

STEPS = 200
"""Steps that can be undone."""


def with_value(document: DocumentPart, path: str, value: JsonValue) -> Document:
    """A copy of `document` with `value` at `path`; what did not change is shared, not copied.

    An empty value is removed, so that a document has only typed values.
    """
    name, _, rest = path.partition(".")
    copy = dict(document)
    if rest:
        value = _below(copy.get(name), rest, value)
    if value in (None, "", [], {}):
        copy.pop(name, None)
    else:
        copy[name] = value
    return copy


def _below(held: JsonValue, path: str, value: JsonValue) -> JsonValue:
    """A copy of `held`, a list or an object or nothing yet, with `value` at `path`."""
    name, _, rest = path.partition(".")
    if isinstance(held, list) or (not held and name.isdigit()):
        items = held if isinstance(held, list) else []
        index = int(name)
        item = items[index] if index < len(items) else {}
        changed = _below(item, rest, value) if rest else value
        return [*items[:index], changed, *items[index + 1 :]]
    return with_value(held if isinstance(held, Mapping) else {}, path, value)


def filled_paths(document: JsonValue, prefix: str = "") -> Iterator[str]:
    """The paths that have a value; a list of codes is one value."""
    if isinstance(document, Mapping):
        for name, value in document.items():
            yield from filled_paths(value, f"{prefix}.{name}" if prefix else str(name))
    elif isinstance(document, list) and document and isinstance(document[0], Mapping):
        for index, value in enumerate(document):
            yield from filled_paths(value, f"{prefix}.{index}")
    elif document not in (None, "", []):
        yield prefix


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document, and how many steps can be undone from it."""

    document: Document
    depth: int


class History:
    """The documents for undo and redo. Typing in one field is one step."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._before: list[Document] = []
        self._after: list[Document] = []
        self._field = ""

    def put(self, document: Document, field: str) -> None:
        """Set `document`, which changed in `field`; an empty `field` always makes a new step."""
        if document == self.document:
            return
        if not field or field != self._field:
            self._before = [*self._before[-STEPS:], self.document]
        self._field = field
        self._after = []
        self.document = document

    def end_step(self) -> None:
        """End the step: the next typed character begins a new one."""
        self._field = ""

    def snapshot(self) -> Snapshot:
        """The present state, for `return_to`."""
        return Snapshot(self.document, len(self._before))

    def return_to(self, snapshot: Snapshot) -> None:
        """Forget every step since `snapshot`."""
        self.document = snapshot.document
        self._before = self._before[: snapshot.depth]
        self._after = []
        self._field = ""

    def before_typing(self, field: str) -> Document | None:
        """The document before the typing in `field` that still goes on; None when nothing was
        typed there since the last step ended.
        """
        return self._before[-1] if field and field == self._field and self._before else None

    def join_since(self, snapshot: Snapshot) -> None:
        """Make one step of all steps since `snapshot`."""
        if self.document != snapshot.document:
            self._before = [*self._before[: snapshot.depth], snapshot.document]
        self._field = ""

    @property
    def can_undo(self) -> bool:
        """Whether undo is possible."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether redo is possible."""
        return bool(self._after)

    def undo(self) -> None:
        """Go back one step."""
        if self._before:
            self._after.append(self.document)
            self.document = self._before.pop()
            self._field = ""

    def redo(self) -> None:
        """Go forward one step."""
        if self._after:
            self._before.append(self.document)
            self.document = self._after.pop()
            self._field = ""

"""The document on the screen: its values, the values that follow from them, and undo.

It does not know the store.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from domain.document import Document, DocumentPart, JsonValue, texts_at, value_at
from domain.ids import RecordId
from domain.pack.checklist import Checklist
from gui.form.document import History, Snapshot, with_value
from gui.form.layout import FormDescription

Describe = Callable[[Checklist | None], FormDescription]
"""The form of a checklist; without one, the form that every checklist has."""


class FormSheet(QObject):
    """`changed` carries the path of a changed value; `reshaped` means that any value may have
    changed.
    """

    changed = Signal(str)
    reshaped = Signal()

    def __init__(self, describe: Describe, checklist: Checklist | None) -> None:
        super().__init__()
        self._describe = describe
        self.form = describe(checklist)
        self.checklist = checklist
        self.record: RecordId | None = None
        self.history = History({})
        """The documents for undo; change the present one only with `put`."""
        self._proposed: Document = {}
        self._declined: set[str] = set()

    def lay(self, record: RecordId | None, document: Document, checklist: Checklist | None) -> None:
        """Show another draft; None clears the sheet. No signal is sent."""
        self.record, self.checklist = record, checklist
        self.form = self._describe(checklist)
        self.history = History(document)
        self._proposed, self._declined = {}, set()

    @property
    def document(self) -> Document:
        """The present document. Change it only with `put`."""
        return self.history.document

    def value(self, path: str) -> JsonValue:
        """The value at `path`."""
        return value_at(self.document, path)

    @property
    def can_undo(self) -> bool:
        """Whether undo is possible."""
        return self.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo is possible."""
        return self.history.can_redo

    def put(self, path: str, value: JsonValue) -> None:
        """Set the typed value at `path`; for some paths also set the values that follow from it."""
        if value_at(self.document, path) == value:
            return
        if path in self._proposed:
            # The officer changed it: do not propose it again.
            del self._proposed[path]
            self._declined.add(path)
        self._change(path, value, path)
        if path.rpartition(".")[2] in self.form.follows_at_once:
            self._follow(path)

    def leave(self, path: str) -> None:
        """The focus left the field: set the values that follow from it; the next key begins a new
        step.
        """
        self.history.end_step()
        self._follow(path)

    def is_proposed(self, path: str) -> bool:
        """Whether the value at `path` was proposed and has not been changed since."""
        return path in self._proposed and self.value(path) == self._proposed[path]

    def keep_as_seen(self, path: str) -> None:
        """Keep an identifier with a wrong check digit, as it is on the label."""
        kept = self._kept(self.document)
        if path not in kept:
            where = self.form.kept_as_seen
            self.history.put(with_value(self.document, where, [*kept, path]), "")
            self.changed.emit(path)

    def is_kept(self, path: str) -> bool:
        """Whether the identifier at `path` is kept as seen on the label."""
        return path in self._kept(self.document)

    def _kept(self, document: Document) -> list[str]:
        where = self.form.kept_as_seen
        return texts_at(document, where) if where else []

    def add_item(self, path: str, item: DocumentPart) -> None:
        """Add an item (a goods line, a party, a photo) at the end of the list at `path`."""
        self._change_list(path, [*self._items(path), item])

    def remove_item(self, path: str, index: int) -> None:
        """Remove an item from the list at `path`."""
        items = self._items(path)
        if index < len(items):
            self._change_list(path, items[:index] + items[index + 1 :])

    def copy_item(self, path: str, index: int) -> None:
        """Insert a copy of the item after it, without the fields that are never copied."""
        items = self._items(path)
        item = items[index] if index < len(items) else None
        if isinstance(item, dict):
            unique = self.form.not_copied
            copy = {name: value for name, value in item.items() if name not in unique}
            self._change_list(path, [*items[: index + 1], copy, *items[index + 1 :]])

    def undo(self) -> None:
        """Undo the last step."""
        self.history.undo()
        for path in [path for path in self._proposed if not self.is_proposed(path)]:
            del self._proposed[path]
            self._declined.add(path)
        self.reshaped.emit()

    def redo(self) -> None:
        """Redo the step that was undone last."""
        self.history.redo()
        self.reshaped.emit()

    def snapshot(self) -> Snapshot:
        """The present state, for `return_to`."""
        return self.history.snapshot()

    def return_to(self, snapshot: Snapshot) -> None:
        """Discard all changes since `snapshot`."""
        if snapshot.document is not self.document:
            self.history.return_to(snapshot)
            self.reshaped.emit()

    def move_item(self, path: str, index: int, to: int) -> None:
        """Move the item of the list at `path` from one index to another."""
        items = self._items(path)
        if index < len(items) and 0 <= to < len(items):
            items.insert(to, items.pop(index))
            self._change_list(path, items)

    def is_beside(self, path: str) -> bool:
        """Whether the value at `path` is on no card of the form."""
        return path.partition(".")[0] in self.form.beside

    def _items(self, path: str) -> list[JsonValue]:
        items = self.value(path)
        return list(items) if isinstance(items, list) else []

    def _change_list(self, path: str, items: list[JsonValue]) -> None:
        self.history.put(with_value(self.document, path, items), "")
        if self.is_beside(path):
            self.changed.emit(path)
        else:
            self.reshaped.emit()

    def _change(self, path: str, value: JsonValue, field: str) -> None:
        document = with_value(self.document, path, value)
        if self.is_kept(path):
            kept = [other for other in self._kept(document) if other != path]
            document = with_value(document, self.form.kept_as_seen, kept)
        self.history.put(document, field)
        self.changed.emit(path)

    def _follow(self, path: str) -> None:
        if self.checklist is None:
            return
        for proposal in self.form.follows(self.document, path, self.checklist):
            if proposal.path in self._declined and not proposal.firm:
                continue
            replaces = proposal.over or proposal.firm or self.is_proposed(proposal.path)
            if replaces or self.value(proposal.path) in (None, "", []):
                self._proposed[proposal.path] = proposal.value
                self._change(proposal.path, proposal.value, "")

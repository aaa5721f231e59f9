"""The sheet that is written on: values, what follows from them, undo. It knows no store."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from domain.ids import RecordId
from domain.pack.checklist import Checklist
from gui.capture.proposals import proposals
from gui.form.document import Document, History, value_at, with_value

KEPT = "consignment.as_seen_on_label"


class Sheet(QObject):
    """`changed` names a path whose value is different; `reshaped` says that any may be."""

    changed = Signal(str)
    reshaped = Signal()

    def __init__(self, checklist: Checklist | None) -> None:
        super().__init__()
        self.checklist = checklist
        self.record: RecordId | None = None
        self._history = History({})
        self._proposed: dict[str, Any] = {}
        self._declined: set[str] = set()

    def lay(self, record: RecordId | None, document: Document, checklist: Checklist | None) -> None:
        """Begin anew with another draft; None clears the sheet. Nothing is told."""
        self.record, self.checklist = record, checklist
        self._history = History(document)
        self._proposed, self._declined = {}, set()

    @property
    def document(self) -> Document:
        """What was typed so far. Not to be changed: see `put`."""
        return self._history.document

    def value(self, path: str) -> Any:
        """What stands at `path`."""
        return value_at(self.document, path)

    @property
    def can_undo(self) -> bool:
        """Whether undo does something."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo does something."""
        return self._history.can_redo

    def put(self, path: str, value: Any) -> None:
        """Put what was typed at `path`; a choice brings what follows from it at once."""
        if value_at(self.document, path) == value:
            return
        if path in self._proposed:
            # Changed by hand: it is not proposed a second time.
            del self._proposed[path]
            self._declined.add(path)
        self._change(path, value, path)
        if path.endswith(".category"):
            self._follow(path)

    def settle(self, path: str) -> None:
        """The officer left the field: what follows from it is put; the next key is a new step."""
        self._history.settle()
        self._follow(path)

    def is_proposed(self, path: str) -> bool:
        """Whether what stands at `path` was worked out, and nobody has changed it since."""
        return path in self._proposed and self.value(path) == self._proposed[path]

    def keep_as_seen(self, path: str) -> None:
        """Keep an identifier whose check digit is wrong, as it stands on the label."""
        kept = list(self.value(KEPT) or ())
        if path not in kept:
            self._history.put(with_value(self.document, KEPT, [*kept, path]), "")
            self.changed.emit(path)

    def is_kept(self, path: str) -> bool:
        """Whether it is kept as seen on the label."""
        return path in (self.value(KEPT) or ())

    def add_item(self, path: str, item: dict[str, Any]) -> None:
        """One more item (a goods line, a party, a photo) at the end of the list at `path`."""
        self._change_list(path, [*self._items(path), item])

    def remove_item(self, path: str, place: int) -> None:
        """Take an item out of the list at `path`."""
        held = self._items(path)
        if place < len(held):
            self._change_list(path, held[:place] + held[place + 1 :])

    def copy_item(self, path: str, place: int) -> None:
        """The same item once more, below it; a bag number is never copied."""
        held = self._items(path)
        if place < len(held):
            copy = {name: value for name, value in held[place].items() if name != "bag_no"}
            self._change_list(path, [*held[: place + 1], copy, *held[place + 1 :]])

    def undo(self) -> None:
        """Take back the last step."""
        self._history.undo()
        for path in [path for path in self._proposed if not self.is_proposed(path)]:
            del self._proposed[path]
            self._declined.add(path)
        self.reshaped.emit()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._history.redo()
        self.reshaped.emit()

    def place(self) -> tuple[Document, int]:
        """Where one is, to `return_to`."""
        return self._history.place()

    def return_to(self, place: tuple[Document, int]) -> None:
        """As if nothing had been typed since `place`."""
        if place[0] is not self.document:
            self._history.return_to(place)
            self.reshaped.emit()

    def move_item(self, path: str, place: int, to: int) -> None:
        """Put the item of the list at `path` before or after its neighbours."""
        held = self._items(path)
        if place < len(held) and 0 <= to < len(held):
            held.insert(to, held.pop(place))
            self._change_list(path, held)

    def _items(self, path: str) -> list[Any]:
        return list(self.value(path) or ())

    def _change_list(self, path: str, items: list[Any]) -> None:
        self._history.put(with_value(self.document, path, items), "")
        if path == "photos":
            self.changed.emit(path)
        else:
            self.reshaped.emit()

    def _change(self, path: str, value: Any, field: str) -> None:
        document = with_value(self.document, path, value)
        kept = [item for item in value_at(document, KEPT) or () if item != path]
        self._history.put(with_value(document, KEPT, kept), field)
        self.changed.emit(path)

    def _follow(self, path: str) -> None:
        if self.checklist is None:
            return
        for proposal in proposals(self.document, path, self.checklist):
            if proposal.path in self._declined and not proposal.firm:
                continue
            replaces = proposal.over or proposal.firm or self.is_proposed(proposal.path)
            if replaces or self.value(proposal.path) in (None, "", []):
                self._change(proposal.path, proposal.value, "")
                self._proposed[proposal.path] = proposal.value

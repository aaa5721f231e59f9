"""Decides when a note is shown below a field: faults are shown only after the field was left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.document import DocumentPart
from domain.fault import Fault
from gui.form.sheet import FormSheet
from gui.form.view import FormView
from gui.parts.mood import Mood


@dataclass(frozen=True, slots=True)
class Note:
    """A line below a field; `offer` is the label of a button that solves it."""

    text: str = ""
    mood: Mood = Mood.NONE
    offer: str = ""


class CheckedForm(Protocol):
    """The model of a screen with a form: its document and its faults."""

    sheet: FormSheet
    faults: tuple[Fault, ...]
    asked_final: bool
    """Whether the officer tried to finalise: then every fault is shown."""


class NoteWriter(Protocol):
    """Writes the notes of one form in one language."""

    @property
    def keep_key(self) -> str:
        """The key that keeps an identifier as seen."""

    def below(
        self,
        path: str,
        document: DocumentPart,
        fault: Fault | None,
        *,
        kept: bool = False,
        proposed: bool = False,
    ) -> Note:
        """The note for the field at `path`; `fault` is the fault to show there.

        `kept`: kept as seen on the label. `proposed`: set by the form, not typed.
        """

    def depends_on(self, path: str) -> tuple[str, ...]:
        """Paths of other fields whose notes depend on the value at `path`."""


class FaultNotes:
    """The notes of one form. A field shows its faults after it was left once with a value."""

    def __init__(self, model: CheckedForm, form: FormView, notes: NoteWriter) -> None:
        self._model, self._form, self._notes = model, form, notes
        self._left_once: set[str] = set()
        self._here = ""

    def changed(self, path: str) -> None:
        """Update the notes after typing at `path`."""
        self._here = path
        if path not in self._left_once:
            self._show(path)
        for other in self._notes.depends_on(path):
            self._show(other)

    def left(self, path: str) -> None:
        """Remember that the focus left `path`."""
        if self._model.sheet.value(path) not in (None, "", []):
            self._left_once.add(path)
        self._here = ""

    def show_all(self) -> None:
        """Show the present notes below all fields."""
        for path in self._form.boxes():
            self._show(path)

    def typing(self) -> str:
        """The path of the field that is typed in for the first time: it shows no fault yet; else
        empty.
        """
        hidden = self._here not in self._left_once and not self._model.asked_final
        return self._here if hidden else ""

    def _show(self, path: str) -> None:
        box = self._form.box(path)
        if box is None:
            return
        sheet, fault = self._model.sheet, None
        if path in self._left_once or self._model.asked_final:
            fault = next((fault for fault in self._model.faults if fault.path == path), None)
        note = self._notes.below(
            path,
            sheet.document,
            fault,
            kept=sheet.is_kept(path),
            proposed=sheet.is_proposed(path),
        )
        if path == self.typing() and note.mood is Mood.BAD:
            box.say()
        else:
            key = self._notes.keep_key if note.offer else ""
            box.say(note.text, note.mood, note.offer, key)

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
        """Paths of other fields whose notes depend on the value at `path`; `EVERYTHING` for all."""


EVERYTHING = ("",)
"""Instead of the paths of all fields."""


class FaultNotes:
    """The notes of one form. A field shows its faults after it was left once with a value.

    Only the notes that can have changed are written again, because a long record has a thousand
    fields, and it is examined at every key.
    """

    def __init__(self, model: CheckedForm, form: FormView, notes: NoteWriter) -> None:
        self._model, self._form, self._notes = model, form, notes
        self._left_once: set[str] = set()
        self._here = ""
        self._shown: dict[str, Fault] = {}
        """The faults that the notes show, by path."""
        self._stale: set[str] = set()
        """Paths whose notes are written at the next `follow`."""
        self._all_stale = True

    def begin(self) -> None:
        """Another record is on the form: none of its fields was left yet. `show_all` follows."""
        self._left_once.clear()
        self._here = ""

    def changed(self, path: str) -> None:
        """Update the notes after typing at `path`, or after a change beside the form (a photo)."""
        if self._form.box(path) is not None:
            self._here = path
        if path in self._left_once:
            self._stale.add(path)
        else:
            self._show(path)
        others = self._notes.depends_on(path)
        self._all_stale |= others == EVERYTHING
        for other in others:
            self._show(other)

    def left(self, path: str) -> None:
        """Remember that the focus left `path`."""
        if self._model.sheet.value(path) not in (None, "", []):
            self._left_once.add(path)
        self._stale.add(path)
        self._here = ""

    def show_all(self) -> None:
        """Write the notes below all fields, which may be other ones than before."""
        self._all_stale = True
        self.follow()

    def follow(self) -> None:
        """Write the notes that can have changed since the last call."""
        faults = self._faults()
        if self._all_stale:
            stale = set(self._form.boxes())
        else:
            either = faults.keys() | self._shown.keys()
            differ = {path for path in either if faults.get(path) != self._shown.get(path)}
            stale = self._stale | differ
        self._shown, self._stale, self._all_stale = faults, set(), False
        for path in stale:
            self._show(path)

    def typing(self) -> str:
        """The path of the field that is typed in for the first time: it shows no fault yet; else
        empty.
        """
        hidden = self._here not in self._left_once and not self._model.asked_final
        return self._here if hidden else ""

    def _faults(self) -> dict[str, Fault]:
        """The first fault of each field that shows its faults."""
        found: dict[str, Fault] = {}
        for fault in self._model.faults:
            if self._model.asked_final or fault.path in self._left_once:
                found.setdefault(fault.path, fault)
        return found

    def _show(self, path: str) -> None:
        box = self._form.box(path)
        if box is None:
            return
        sheet = self._model.sheet
        note = self._notes.below(
            path,
            sheet.document,
            self._shown.get(path),
            kept=sheet.is_kept(path),
            proposed=sheet.is_proposed(path),
        )
        if path == self.typing() and note.mood is Mood.BAD:
            box.say()
        else:
            key = self._notes.keep_key if note.offer else ""
            box.say(note.text, note.mood, note.offer, key)

"""When what is said below a field: nothing against it while it is typed, all of it afterwards."""

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
    """A line below a field; `offer` is a way out that can be taken there."""

    text: str = ""
    mood: Mood = Mood.NONE
    offer: str = ""


class JudgedForm(Protocol):
    """The model of a screen with a form: what stands on it, and what is wrong with it."""

    sheet: FormSheet
    faults: tuple[Fault, ...]
    asked_final: bool
    """Whether the officer asked for it to be final: then every fault is shown."""


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
        """The note for the field at `path`; `fault` when one is to be shown there.

        `kept`: as seen on the label. `proposed`: worked out by the form, not typed.
        """

    def depends_on(self, path: str) -> tuple[str, ...]:
        """Paths of other fields whose notes change with what is typed at `path`."""


class Judging:
    """The notes of one form. `seen` fields were left once, so that their faults may be shown."""

    def __init__(self, model: JudgedForm, form: FormView, notes: NoteWriter) -> None:
        self._model, self._form, self._notes = model, form, notes
        self._seen: set[str] = set()
        self._here = ""

    def changed(self, path: str) -> None:
        """Something is typed at `path`."""
        self._here = path
        if path not in self._seen:
            self._show(path)
        for other in self._notes.depends_on(path):
            self._show(other)

    def left(self, path: str) -> None:
        """The focus went on from `path`."""
        if self._model.sheet.value(path) not in (None, "", []):
            self._seen.add(path)
        self._here = ""

    def show_all(self) -> None:
        """Say below every field what is to be said now."""
        for path in self._form.boxes():
            self._show(path)

    def typing(self) -> str:
        """The field that is typed in for the first time; nothing is said against it yet."""
        hidden = self._here not in self._seen and not self._model.asked_final
        return self._here if hidden else ""

    def _show(self, path: str) -> None:
        box = self._form.box(path)
        if box is None:
            return
        sheet, fault = self._model.sheet, None
        if path in self._seen or self._model.asked_final:
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

"""When what is said below a field: nothing against it while it is typed, all of it afterwards."""

from __future__ import annotations

from gui.capture.model import CaptureModel
from gui.capture.notes import Notes
from gui.form.view import FormColumn


class Judging:
    """The notes of one form. `seen` fields were left once, so that their faults may be shown."""

    def __init__(self, model: CaptureModel, form: FormColumn, notes: Notes) -> None:
        self._model, self._form, self._notes = model, form, notes
        self._seen: set[str] = set()
        self._here = ""

    def changed(self, path: str) -> None:
        """Something is typed at `path`."""
        self._here = path
        if path not in self._seen:
            self._show(path)
        if path.endswith((".packs", ".units_per_pack", ".unit")):
            self._show(path.rpartition(".")[0] + ".quantity")

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
        if path == self.typing() and note.mood == "bad":
            box.say()
        else:
            key = self._notes.keep_key if note.offer else ""
            box.say(note.text, note.mood, note.offer, key)

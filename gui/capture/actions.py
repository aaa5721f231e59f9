"""The actions of the capture screen."""

from __future__ import annotations

from typing import Protocol

from domain.ids import RecordId
from domain.words import mark
from gui.action import Action
from gui.capture.before import BACK_KEY, NEXT_KEY
from gui.capture.empty import OTHERS_KEY
from gui.capture.model import CaptureModel
from gui.capture.notes import KEEP_KEY
from gui.capture.sections import LINE_KEY
from gui.drafts import DELETE_KEY
from gui.photos.card import ADD_KEY, CAMERA_KEY, PASTE_KEY
from gui.photos.folder_row import BEFORE_KEY, FOLDER_KEY
from gui.same_find import ANOTHER, ANOTHER_KEY


class CaptureScreen(Protocol):
    """What the actions need from the screen."""

    def choose_photos(self) -> None:
        """Open the system's file dialog."""

    def paste(self) -> None:
        """Add the photos in the clipboard."""

    def add_line(self) -> None:
        """One more line of goods."""

    def keep_here(self) -> None:
        """Keep the identifier as it is on the label, in spite of its check digit."""

    def step_fault(self, by: int) -> None:
        """Go to the next fault (1) or to the one before (-1)."""

    def receipt(self) -> None:
        """Open the receipt of the record that was just finalised."""

    def another_checklist(self) -> None:
        """Put the draft away and show the other checklists."""


def capture_actions(model: CaptureModel, screen: CaptureScreen) -> tuple[Action, ...]:
    """The actions of the screen."""

    def writing() -> bool:
        return model.sheet.record is not None

    def done() -> bool:
        return model.sheet.record is None and model.last_record is not None

    def find() -> RecordId | None:
        """The record of whose find another can begin: the open one, else the last final one."""
        if writing():
            return None if model.is_untouched else model.sheet.record
        return model.last_record

    return (
        Action(mark("Keep as draft"), "Escape", model.leave, writing),
        Action(mark("New interception"), "Ctrl+N", model.begin, lambda: model.can_begin,
               shown=False),
        Action(ANOTHER, ANOTHER_KEY, lambda: model.find.another_wanted.emit(find()),
               lambda: model.can_begin and find() is not None, shown=False),
        Action(mark("Another checklist"), OTHERS_KEY, screen.another_checklist,
               lambda: bool(model.packs.others), shown=False),
        Action(mark("Finalise"), "Ctrl+Return", model.finalise, writing, main=True),
        Action(mark("Receipt"), "Ctrl+R", screen.receipt, done, shown=False),
        Action(mark("Next fault"), NEXT_KEY, lambda: screen.step_fault(1), writing, shown=False),
        Action(mark("Fault before"), BACK_KEY, lambda: screen.step_fault(-1), writing,
               shown=False),
        Action(mark("Undo"), "Ctrl+Z", model.sheet.undo, lambda: model.sheet.can_undo, shown=False),
        Action(mark("Redo"), "Ctrl+Shift+Z", model.sheet.redo, lambda: model.sheet.can_redo,
               shown=False),
        Action(mark("Another line of goods"), LINE_KEY, screen.add_line, writing, shown=False),
        Action(mark("Name an interception of the same find"), "", model.find.asked.emit, writing,
               shown=False),
        Action(mark("Add photos"), ADD_KEY, screen.choose_photos, writing, shown=False),
        Action(mark("Paste photos"), PASTE_KEY, screen.paste, writing, shown=False),
        Action(mark("Take photos by a camera"), CAMERA_KEY, model.photos.camera_wanted.emit,
               writing, shown=False),
        Action(mark("Watch a folder for photos"), FOLDER_KEY,
               model.photos.folder_wanted.emit, writing, shown=False),
        Action(mark("Add the photos from before"), BEFORE_KEY, model.photos.before_wanted.emit,
               lambda: writing() and bool(model.photos.folder.before), shown=False),
        Action(mark("Keep as seen on the label"), KEEP_KEY, screen.keep_here, writing, shown=False),
        Action(mark("Take the draft over"), "Ctrl+T", model.take_over,
               lambda: bool(model.recorded_by), shown=False),
        Action(mark("Delete this draft"), DELETE_KEY, model.discard, writing,
               shown=False),
    )  # fmt: skip

"""Says that a newer version of the open draft's pack is there, or that its own was withdrawn, and
moves the draft when the officer wants it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from acts.interception.move_draft import is_withdrawn, move_draft, planned_move
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.pack.move import PackMove
from domain.remark import Remark
from gui.bridge import Bridge
from gui.capture.messages import CaptureMessages
from gui.capture.model import CaptureModel
from gui.parts.message import Way
from gui.parts.mood import Mood
from gui.words import Words
from storage import drafts
from storage.workstation import Workstation

NEWER = "newer pack"
"""Subject of the message."""
SHOWN = 6
"""Changes that the message names at most; the command names all."""


class NewerPack(QObject):
    """Looks when a draft is opened and when packs come; exists as long as the screen."""

    def __init__(
        self,
        ws: Workstation,
        bridge: Bridge,
        model: CaptureModel,
        words: Words,
        dialogue: CaptureMessages,
    ) -> None:
        super().__init__(dialogue)
        self._ws, self._bridge, self._model = ws, bridge, model
        self._words, self._messages = words, dialogue.area
        model.opened.connect(self._look)
        bridge.changed.connect(self._hear)
        self._look()

    def _hear(self, changes: Changes) -> None:
        if changes.packs:
            self._look()

    def _look(self) -> None:
        record, checklist = self._model.sheet.record, self._model.sheet.checklist
        adopted = {known.ref for known in self._model.packs.adopted}
        if record is None or self._model.amends or checklist is None or checklist.ref in adopted:
            return
        draft = drafts.draft(self._ws.db, record)
        plan = planned_move(self._ws, draft, self._words.language)
        if plan is not None:
            self._offer(record, plan)
        elif is_withdrawn(self._ws, draft):
            text = self._words.say(
                "Headquarters has withdrawn this pack and gives no other version. The draft can"
                " still become final."
            )
            self._messages.inform(text, Mood.WARN, NEWER)

    def _offer(self, record: RecordId, plan: PackMove) -> None:
        say, version = self._words.say, plan.after.pack.version
        parts = [
            say("Version {version} of this pack is here; the draft goes by {own}.", version=version,
                own=plan.before.pack.version),
            *(self._in_words(line) for line in plan.lines[:SHOWN]),
        ]  # fmt: skip
        left = len(plan.lines) - SHOWN
        if left > 0:
            parts.append(self._words.count("and {count} more", "and {count} more", left))
        ways: list[Way] = [
            (say("Use version {version}", version=version), lambda: self._move(record, version)),
            (say("Keep version {version}", version=plan.before.pack.version), lambda: None),
        ]
        self._messages.tell("\n".join(parts), Mood.NONE, ways, NEWER, instead=True)

    def _in_words(self, line: Remark) -> str:
        return "· " + self._words.say(line.what, **dict(line.values))

    def _move(self, record: RecordId, version: str) -> None:
        """The draft is saved and leaves the screen, and comes back in the form of that version."""
        model = self._model
        model.forget(record)

        def failed(error: TidewaiterError) -> None:
            model.open(record)
            model.refused.emit(error)

        self._bridge.write(
            lambda: move_draft(self._ws, record, version), lambda _: model.open(record), failed
        )

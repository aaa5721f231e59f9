"""The card of the way by stick: write what waits, read what came, eject it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from domain.words import mark
from gui.action import Action, key_words
from gui.look.tokens import GAP_3
from gui.outbox.model import OutboxModel
from gui.outbox.stick_model import EJECT, READ, WRITE, StickModel
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.text import label, name_it
from gui.words import Words

STICKS = {b"vfat", b"exfat", b"msdos", b"FAT", b"FAT32", b"exFAT", b"fuseblk", b"ntfs3"}
"""File systems that sticks usually have."""

UNDER_WAY = {
    WRITE: mark("{done} of {total} MB written; do not pull the stick out. Esc stops."),
    READ: mark("{done} of {total} MB read; do not pull the stick out. Esc stops."),
    EJECT: mark("The stick is being ejected; do not pull it out yet."),
}


def first_stick() -> str:
    """The folder of a stick that is plugged in and can be written; empty when none is found."""
    for volume in QStorageInfo.mountedVolumes():
        kind = bytes(volume.fileSystemType().data())
        system = volume.isRoot() or volume.rootPath().startswith("/boot")
        if volume.isReady() and not volume.isReadOnly() and not system and kind in STICKS:
            return volume.rootPath()
    return ""


def _chosen(holder: QWidget, title: str) -> Path | None:
    folder = QFileDialog.getExistingDirectory(holder, title, first_stick())
    return Path(folder) if folder else None


def write_one(model: StickModel, number: str, holder: QWidget, words: Words) -> None:
    """Ask for the stick, and write one interception to it alone."""
    folder = _chosen(holder, words.say("The stick to write to"))
    if folder is not None:
        model.write(folder, number)


def stick_actions(
    model: StickModel, outbox: OutboxModel, holder: QWidget, words: Words
) -> tuple[Action, ...]:
    """Write and read, which ask for the folder, and eject."""

    def write() -> None:
        folder = _chosen(holder, words.say("The stick to write to"))
        if folder is not None:
            model.write(folder)

    def read() -> None:
        folder = _chosen(holder, words.say("The stick to read"))
        if folder is not None:
            model.read(folder)

    def may() -> bool:
        return outbox.enrolled and not model.under_way

    def may_eject() -> bool:
        return model.ejectable is not None and not model.under_way

    return (
        Action(mark("Write to a stick"), "Ctrl+Shift+W", write, may, shown=False),
        Action(mark("Read a stick"), "Ctrl+Shift+I", read, may, shown=False),
        Action(mark("Eject the stick"), "Ctrl+Shift+J", model.eject, may_eject, shown=False),
    )


class StickCard(Card):
    """Buttons to write and to read, one to eject once that is possible, and a bar meanwhile."""

    def __init__(self, model: StickModel, actions: tuple[Action, ...], words: Words) -> None:
        super().__init__(words.say("By stick"))
        self._model, self._words, self._actions = model, words, actions
        self.body.addWidget(
            label(
                words.say(
                    "What waits can travel on a stick: encrypted for the hub, so that any post may"
                    " carry it. The hub's answer comes back the same way."
                ),
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        self._buttons = []
        for action in actions:
            button = push_button(words.say(action.words), "", key_words(action.key, words))
            button.clicked.connect(lambda _checked=False, action=action: action.do())
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name_it(self._bar, words.say("Progress"))
        self._text = label("", "label", wrap=True)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._text)
        model.moved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the present state."""
        model, say = self._model, self._words.say
        for action, button in zip(self._actions, self._buttons, strict=True):
            button.setEnabled(action.enabled_when())
        self._buttons[-1].setVisible(model.ejectable is not None)
        self._bar.setVisible(model.under_way)
        self._text.setVisible(model.under_way)
        if not model.under_way:
            return
        # per mille, because a bar counts at most two thousand million
        self._bar.setRange(0, 1000 if model.total else 0)
        self._bar.setValue(model.done * 1000 // max(model.total, 1))
        done, total = (self._words.number(n >> 20) for n in (model.done, model.total))
        self._text.setText(say(UNDER_WAY[model.work], done=done, total=total))

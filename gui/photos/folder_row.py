"""The watched folder as the officer sees it: which one, what came before, and how to change it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.action import key_words
from gui.look.tokens import GAP_2
from gui.parts.button import push_button
from gui.parts.flow import FlowArea
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import label
from gui.photos.model import PhotosModel
from gui.words import Words

FOLDER_KEY, BEFORE_KEY = "Ctrl+Shift+F", "Ctrl+Shift+O"
AT_ONCE = 12
"""So many pictures from before are added by one press; more are chosen in a dialog."""


class FolderRow(QWidget):
    """`offers`: it also offers the pictures that were in the folder before."""

    def __init__(self, model: PhotosModel, words: Words, *, offers: bool) -> None:
        super().__init__()
        self._model, self._words, self._offers = model, words, offers
        say = words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        self._text = label("", "hint", wrap=True)
        column.addWidget(self._text)
        buttons = FlowArea(GAP_2)
        key = key_words(BEFORE_KEY, words) if offers else ""
        self._before = push_button(say("Add those from before"), "", key)
        self._before.clicked.connect(self.add_before)
        self._choose = push_button(say("Watch a folder …"), "link")
        self._choose.clicked.connect(self.choose)
        self._stop = push_button(say("Watch no folder"), "link")
        self._stop.clicked.connect(lambda: model.folder.put(None))
        buttons.add(self._before, self._choose, self._stop)
        self._buttons = buttons
        column.addWidget(buttons)
        model.folder.changed.connect(self._show)
        if offers:
            model.folder_wanted.connect(self.choose)
            model.before_wanted.connect(self.add_before)
        self._show()

    def choose(self) -> None:
        """Ask for the folder."""
        chosen = self._model.dialogs.folder(
            self,
            self._words.say("The folder where new pictures appear"),
            self._model.folder.path or self._model.start_folder(),
        )
        if chosen is not None:
            self._model.folder.put(chosen)

    def add_before(self) -> None:
        """Add the pictures that were there before, or choose among them when they are many."""
        folder = self._model.folder
        if len(folder.before) > AT_ONCE:
            self._model.choose_files(self, self._words, folder.path)
        elif folder.before:
            self._model.add_files(folder.take_before(), None)

    def _show(self) -> None:
        folder, say = self._model.folder, self._words.say
        before = len(folder.before) if self._offers else 0
        lines = []
        if folder.path is None:
            if not self._offers:
                lines.append(say("No folder is watched."))
        elif folder.readable:
            lines.append(say("New pictures in “{folder}” are added by themselves.",
                             folder=folder.path.name or str(folder.path)))  # fmt: skip
        else:
            lines.append(say("The folder “{folder}” cannot be read at present.",
                             folder=str(folder.path)))  # fmt: skip
        if before:
            lines.append(
                self._words.count(
                    "1 picture was there before.", "{count} pictures were there before.", before
                )
            )
        self._text.setText("\n".join(lines))
        self._text.setToolTip(str(folder.path or ""))
        set_text_mood(self._text, Mood.MUTE if folder.readable else Mood.WARN)
        self._text.setVisible(bool(lines))
        self._before.setVisible(bool(before))
        self._choose.setVisible(folder.path is None or not self._offers)
        self._stop.setVisible(folder.path is not None)
        self._buttons.arrange()

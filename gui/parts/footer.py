"""The footer: a sentence about the hub, and buttons for the commands and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.action import key_words
from gui.look.tokens import GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import label
from gui.words import Words


class Footer(QFrame):
    """`palette_wanted` and `keys_wanted` are sent when their buttons are pressed."""

    palette_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3 + 4, 0, GAP_3, 0)
        row.setSpacing(GAP_2)
        self._dot = label("●")
        self._sentence = label("", wrap=True)
        row.addWidget(self._dot)
        row.addWidget(self._sentence, 1)
        for text, signal, key in ((words.say("commands"), self.palette_wanted, "Ctrl+K"),
                                  (words.say("keys"), self.keys_wanted, "F1")):  # fmt: skip
            button = push_button(text, "quiet", key_words(key, words))
            button.clicked.connect(signal)
            row.addWidget(button)

    def say(self, sentence: str, mood: Mood) -> None:
        """`OK`: the hub has all; `WARN`: something waits; `BAD`: the officer has to act."""
        self._sentence.setText(sentence)
        set_text_mood(self._dot, mood)

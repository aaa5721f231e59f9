"""An action: its words, its key, when it can be done, and what it does. Buttons, shortcuts, the
palette and the list of keys are made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from domain.words import mark
from gui.words import Words

KEY_NAMES = {
    "Alt": mark("Alt"),
    "Backspace": mark("Backspace"),
    "Ctrl": mark("Ctrl"),
    "Del": mark("Del"),
    "Down": mark("Down"),
    "Enter": mark("Enter"),
    "Esc": mark("Esc"),
    "Left": mark("Left"),
    "PgDown": mark("PgDown"),
    "PgUp": mark("PgUp"),
    "Right": mark("Right"),
    "Shift": mark("Shift"),
    "Space": mark("Space"),
    "Tab": mark("Tab"),
    "Up": mark("Up"),
}
"""Keys that have another name in some language; the others are called what is printed on them."""
_PLUS = re.compile(r"(?<=.)\+(?=.)")


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """`words` is a template marked for translation, `key` as `QKeySequence` writes it (English)."""

    words: str
    key: str
    deed: Callable[[], None]
    enabled_when: Callable[[], bool] = _always
    main: bool = False
    """The one main action of its screen."""
    shown: bool = True
    """False: only a key and a line of the palette, no button."""

    def do(self) -> None:
        """Do it, if it can be done now."""
        if self.enabled_when():
            self.deed()


def key_words(key: str, words: Words) -> str:
    """The key as keyboards of that language name it; Return is called Enter everywhere."""
    plain = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    parts = _PLUS.split(plain.replace("Return", "Enter"))
    return "+".join(words.say(KEY_NAMES.get(part, "")) or part for part in parts)


def bind_keys(actions: Sequence[Action], holder: QWidget) -> None:
    """Make the keys of `actions` work in the window while `holder` is visible."""
    for action in actions:
        if not action.key:
            continue
        for key in _with_both_enters(action.key):
            shortcut = QShortcut(QKeySequence(key), holder)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            # A function of its own: PySide keeps only a weak reference to the object of a method.
            shortcut.activated.connect(_doer(action))


def _doer(action: Action) -> Callable[[], None]:
    def do() -> None:
        action.do()

    return do


def _with_both_enters(key: str) -> tuple[str, ...]:
    # Qt has a key for the Enter of the main block and one for that of the number block.
    return (key, key.replace("Return", "Enter")) if "Return" in key else (key,)

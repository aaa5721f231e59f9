"""An action: its label, its key, when it is possible, and what it does.

Buttons, shortcuts, the command palette and the list of keys are made from actions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

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
"""Keys whose names are translated; the other keys keep the name that is printed on them."""
PALETTE_KEY = "Ctrl+K"
"""Opens the command palette."""
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
    """Whether it is the main action of its screen."""
    shown: bool = True
    """False: it has a key and a line in the palette, but no button."""

    def do(self) -> None:
        """Run the action, if it is possible now."""
        if self.enabled_when():
            self.deed()


def led_to(action: Action, go: Callable[[], None], title: str, words: Words) -> Action:
    """The same action for another screen: it first goes there. `title` is that of the screen."""

    def deed() -> None:
        go()
        action.do()

    named = f"{title}: {words.say(action.words)}"
    return Action(named, action.key, deed, action.enabled_when)


def key_words(key: str, words: Words) -> str:
    """The name of the key in the language; Return is always called Enter."""
    plain = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    parts = _PLUS.split(plain.replace("Return", "Enter"))
    return words.isolated("+".join(words.say(KEY_NAMES.get(part, "")) or part for part in parts))


def bind_keys(actions: Sequence[Action], holder: QWidget) -> None:
    """Make the keys of `actions` work in the window while `holder` is visible."""
    for action in actions:
        if not action.key:
            continue
        for key in _with_both_enters(action.key):
            shortcut = QShortcut(QKeySequence(key), holder)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            # A separate function, because PySide keeps only a weak reference to the object of a
            # method.
            shortcut.activated.connect(_doer(action, key))


def _doer(action: Action, key: str) -> Callable[[], None]:
    def do() -> None:
        if key == "Escape" and not action.enabled_when():
            # Esc has no use here now, so the window goes back.
            kind, plain = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
            window = QApplication.activeWindow()
            if window is not None:
                window.event(QKeyEvent(kind, Qt.Key.Key_Escape, plain))
        else:
            action.do()

    return do


def _with_both_enters(key: str) -> tuple[str, ...]:
    # Qt has two keys: Return in the main block, Enter in the number block.
    return (key, key.replace("Return", "Enter")) if "Return" in key else (key,)

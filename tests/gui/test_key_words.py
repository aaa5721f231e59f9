"""Keys are called what keyboards of the officer's language call them, and Qt speaks it too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from gui.action import key_words
from gui.words import Words
from system.resources import translation
from tests.gui.conftest import Officer

ENGLISH, FRENCH = Words("en", translation("en")), Words("fr", translation("fr"))


@pytest.mark.parametrize(
    ("key", "english", "french"),
    [
        ("Ctrl+Return", "Ctrl+Enter", "Ctrl+Entrée"),
        ("Escape", "Esc", "Échap"),
        ("PgUp", "PgUp", "Pg préc"),
        ("Del", "Del", "Suppr"),
        ("Ctrl+Shift+P", "Ctrl+Shift+P", "Ctrl+Maj+P"),
        ("Alt+Right", "Alt+Right", "Alt+Droite"),
        ("Ctrl++", "Ctrl++", "Ctrl++"),
        ("F5", "F5", "F5"),
        ("", "", ""),
    ],
)
def test_a_key_has_the_name_of_the_language(key: str, english: str, french: str) -> None:
    assert key_words(key, ENGLISH) == english
    assert key_words(key, FRENCH) == french


def test_the_list_of_keys_is_french_where_the_desk_is(officer: Officer) -> None:
    officer.desk.settings.put("language", "fr")
    officer.wait()
    officer.press(Qt.Key.Key_F1)
    assert officer.reads("Gauche, Droite")
    assert officer.reads("Ctrl+Entrée")
    assert not officer.reads("Enter")
    assert not officer.reads("Esc")


def test_the_words_of_qt_follow_the_language_at_once_and_come_back(officer: Officer) -> None:
    def copy() -> str:
        return QCoreApplication.translate("QWidgetTextControl", "&Copy")

    officer.desk.settings.put("language", "fr")
    assert copy().replace("&", "") == "Copier"
    officer.desk.settings.put("language", "en")
    assert copy() == "&Copy"


def test_a_key_means_one_thing_on_all_screens(officer: Officer) -> None:
    """But for the main action of each screen, and Esc, which stops or leaves what is in front."""
    window = officer.desk.window
    actions = [action for name in window._screens for action in window.built(name).actions]
    meanings: dict[str, set[str]] = {}
    for action in (*window._own_actions(), *actions):
        if action.key and not action.main and action.key != "Escape":
            meanings.setdefault(action.key, set()).add(action.words)
    main = {action.key for action in actions if action.main}
    two = {key for key, words in meanings.items() if len(words) > 1}
    assert not two
    assert main & meanings.keys() == {"Ctrl+R"}, "a receipt, on both screens"

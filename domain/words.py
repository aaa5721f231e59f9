"""Marks words for translation where they are written; they are translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

SENTENCE_ENDS = (".", "!", "?", "…")


class Plural(str):
    """Words that depend on a number: the text itself for one, `many` for others (in English).

    `by` names the value that is the number. How many forms there are, and for which numbers, every
    language says itself, in the head of its catalogue.
    """

    many: str
    by: str

    def __new__(cls, one: str, many: str, by: str) -> Plural:
        """The words for one and for others, and the name of the value that decides."""
        made = super().__new__(cls, one)
        made.many, made.by = many, by
        return made


class Say(Protocol):
    """Turns marked words into a language; `number` decides between the forms of a `Plural`."""

    def __call__(self, text: str, number: int | None = None, /) -> str:
        """The words, their placeholders not yet filled."""


def mark(text: str, many: str = "", by: str = "count") -> str:
    """`text` unchanged. The catalogue in resources/languages holds its translations.

    With `many` they are words for one and for other numbers of the value that `by` names.
    """
    return Plural(text, many, by) if many else text


def in_english(text: str, number: int | None = None, /) -> str:
    """The words as they are written in the code."""
    if isinstance(text, Plural) and number is not None and number != 1:
        return text.many
    return str(text)


def says_something(text: str) -> bool:
    """Whether `text` holds a letter or a digit, of whatever script; dots and dashes say nothing."""
    return any(char.isalnum() for char in text)


def joined(what: str, hint: str) -> str:
    """What is wrong, and what to do about it, one after the other."""
    if not (what and hint):
        return what or hint
    return f"{what} {hint}" if what.endswith(SENTENCE_ENDS) else f"{what}. {hint}"


def sentence(text: str) -> str:
    """`text` with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith(SENTENCE_ENDS) else text + "."


def one_line(text: str) -> str:
    """`text` for one line of a terminal: whatever would break or hide in it is spelled out.

    Names of files may hold line breaks, and would be read as lines of the program.
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "replace").decode()
        for char in text
    )


def filled(template: str, values: Mapping[str, object], say: Say = in_english) -> str:
    """The template in the language of `say`, in the form for its number, filled with `values`."""
    if not isinstance(template, Plural):
        return say(template).format(**values)
    number = values.get(template.by)
    return say(template, number if isinstance(number, int) else None).format(**values)

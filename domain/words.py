"""Marks texts for translation; they are translated when they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Labels = dict[str, str]
"""Words by language (BCP 47), `en` among them."""
SENTENCE_ENDS = (".", "!", "?", "…")


class Plural(str):
    """A text that depends on a number: the text itself for one, `many` for others (in English).

    `by` names the value that is the number. The header of each language's catalogue defines its
    forms and the numbers that they are for.
    """

    many: str
    by: str

    def __new__(cls, one: str, many: str, by: str) -> Plural:
        """The text for one, the text for others, and the name of the value that is the number."""
        made = super().__new__(cls, one)
        made.many, made.by = many, by
        return made


class Say(Protocol):
    """Translates marked texts; `number` selects the form of a `Plural`."""

    def __call__(self, text: str, number: int | None = None, /) -> str:
        """The translated text, its placeholders not yet filled."""


def mark(text: str, many: str = "", by: str = "count") -> str:
    """`text` unchanged. The catalogue in resources/languages holds its translations.

    With `many`, `text` is for one and `many` for other numbers of the value that `by` names.
    """
    return Plural(text, many, by) if many else text


def in_english(text: str, number: int | None = None, /) -> str:
    """The text as it is in the code."""
    if isinstance(text, Plural) and number is not None and number != 1:
        return text.many
    return str(text)


def in_language(labels: Labels, language: str) -> str:
    """The words for `language`, else for its first part (`fr` for `fr-CA`), else English."""
    for tag in (language, language.partition("-")[0], "en"):
        if labels.get(tag):
            return labels[tag]
    return next(iter(labels.values()), "")


def says_something(text: str) -> bool:
    """Whether `text` has a letter or a digit of any script; dots and dashes alone say nothing."""
    return any(char.isalnum() for char in text)


def joined(what: str, hint: str) -> str:
    """The two texts joined: what is wrong, then what to do about it."""
    if not (what and hint):
        return what or hint
    return f"{what} {hint}" if what.endswith(SENTENCE_ENDS) else f"{what}. {hint}"


def sentence(text: str, template: str = "") -> str:
    """`text` with a capital letter and a full stop.

    No capital where `template`, from which the text was filled, begins with a value: that is quoted
    as it was typed.
    """
    text = text.strip()
    if not text:
        return ""
    if not template.startswith("{"):
        text = text[0].upper() + text[1:]
    return text if text.endswith(SENTENCE_ENDS) else text + "."


def one_line(text: str) -> str:
    """`text` for one line of a terminal: line breaks and hidden characters are escaped.

    A file name may have a line break, and would look like a second line of the program.
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

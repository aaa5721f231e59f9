"""The names of languages: for readers of another language, and each in its own words."""

from __future__ import annotations

from domain.words import mark

_NAMES = {
    "ar": (mark("Arabic"), "العربية"),
    "en": (mark("English"), "English"),
    "es": (mark("Spanish"), "Español"),
    "fr": (mark("French"), "Français"),
    "pt": (mark("Portuguese"), "Português"),
    "ru": (mark("Russian"), "Русский"),
    "zh": (mark("Chinese"), "中文"),
}
"""By BCP 47 code: the English name, marked for translation, and the language's own."""


def name_of(code: str) -> str:
    """The name of the language `code` (`fr`, `pt-BR`), a template; else the code."""
    return _NAMES.get(code.partition("-")[0], (code, code))[0]


def own_name(code: str) -> str:
    """The language's name in its own words: whoever is lost in a foreign one finds home."""
    return _NAMES.get(code.partition("-")[0], (code, code))[1]

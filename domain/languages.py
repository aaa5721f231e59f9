"""The names of languages: in English (translated when shown), and each in its own language."""

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
    """The name of the language in that language, so that its speakers find it in any list."""
    return _NAMES.get(code.partition("-")[0], (code, code))[1]

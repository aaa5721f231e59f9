"""The language of a page: the first that the browser asks for and the program speaks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.requests import Request

from domain.errors import TidewaiterError
from domain.words import Say, filled, joined, sentence
from system.resources import spoken, translation

TAGS_LIMIT = 10


def language_of(request: Request) -> str:
    """The language (BCP 47)."""
    asked = request.headers.get("accept-language", "")
    weighed = [part.strip().partition(";") for part in asked.split(",")[:TAGS_LIMIT]]
    tags = sorted(weighed, key=lambda each: -_weight(each[2]))
    return next(filter(None, (spoken(tag) for tag, _, _ in tags if _is_tag(tag))), "en")


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q="))
    except ValueError:
        return 1.0


def _is_tag(text: str) -> bool:
    return len(text) < 20 and text.replace("-", "").isalnum() and text.isascii()


@cache
def say_in(language: str) -> Say:
    """The words in a language of the program."""
    return translation(language)


def in_language_of(words: Mapping[str, str], say: Say) -> dict[str, str]:
    """The words of a page, by name."""
    return {name: say(text) for name, text in words.items()}


def trouble_of(error: TidewaiterError, say: Say) -> str:
    """The error as a sentence of a page."""
    what = filled(error.what, error.values, say)
    hint = filled(error.hint, error.values, say) if error.hint else ""
    return joined(sentence(what, error.what), hint)

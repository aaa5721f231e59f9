"""The reason or comment that an officer writes about a deed."""

from __future__ import annotations

from acts.errors import InputRefused
from domain.errors import Malformed
from domain.interception.read import LONG_TEXT_LIMIT, read_text
from domain.words import mark, says_something


def read_comment(text: str, what: str) -> str:
    """`text` without space around it; it may be empty.

    `what` names it in messages. Raises `InputRefused` when it has hidden characters, is too long,
    or has no letter and no digit.
    """
    try:
        read = read_text(text.strip(), LONG_TEXT_LIMIT) or ""
    except Malformed as error:
        raise InputRefused(error.what, about=what, hint=error.hint, **error.values) from error
    if read and not says_something(read):
        raise InputRefused(mark("says nothing"), about=what, hint=mark("Write it in words."))
    return read

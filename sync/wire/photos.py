"""A question about photos as bytes: 32 for each hash. The answer is a letter for each."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from domain.ids import PhotoHash
from domain.statement import HELD, HELD_SAFE, NOT_HELD, Acknowledgement, HeldPhoto, Level
from domain.words import mark
from sync.wire.errors import AcknowledgementRefused

HASHES = "application/vnd.tidewaiter.hashes"
"""The media type of the question."""
LEVELS = {HELD: Level.RECEIVED, HELD_SAFE: Level.SAFE}


def with_photos(statement: Acknowledgement, asked: Sequence[PhotoHash]) -> Acknowledgement:
    """The statement with its letters as `photos`, for a question about `asked` in this order.

    Raises `AcknowledgementRefused` when it has not one known letter for each of them.
    """
    letters = statement.levels
    if len(letters) != len(asked) or set(letters) - {NOT_HELD, *LEVELS}:
        raise AcknowledgementRefused(
            mark("the hub's answer about photos does not fit the question"),
            hint=mark("Nothing was changed; tell the hub's administrator."),
        )
    pairs = zip(asked, letters, strict=True)
    held = (HeldPhoto(name, LEVELS[letter]) for name, letter in pairs if letter != NOT_HELD)
    return msgspec.structs.replace(statement, photos=tuple(held), levels="")

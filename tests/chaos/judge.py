"""Judges every signed answer as it leaves the hub: nothing is acknowledged that is not held."""

from __future__ import annotations

import json
from typing import Any

from tests.chaos.net import Answered, Asked
from tests.chaos.parts import HubSite

HASH = 32


class Judge:
    """Looks for each tip and photo of a statement in the hub's rows and files.

    A photo that the disk damaged after the hub had hashed it is not the hub's lie.
    """

    def __init__(self, site: HubSite, damaged: set[bytes]) -> None:
        self._site, self._damaged = site, damaged

    def __call__(self, asked: Asked, answered: Answered) -> None:
        statement = _statement(answered)
        if statement is None:
            return
        with self._site.hub.database.reading() as rows:
            for tip in statement["tips"]:
                name = bytes.fromhex(tip["hash"])
                found = rows.execute("SELECT 1 FROM entry WHERE hash = ?", (name,)).fetchone()
                assert found, "the hub acknowledged an entry that it does not hold"
        for name in _photos(asked, statement):
            assert self._site.photo_file(name).is_file(), (
                "the hub acknowledged a photo without a file"
            )


def _photos(asked: Asked, statement: dict[str, Any]) -> list[bytes]:
    levels = statement.get("levels", "")
    questions = [asked.body[n * HASH : (n + 1) * HASH] for n in range(len(levels))]
    listed = [bytes.fromhex(photo["hash"]) for photo in statement["photos"]]
    return listed + [name for name, level in zip(questions, levels, strict=True) if level != "-"]


def _statement(answered: Answered) -> dict[str, Any] | None:
    if answered.status != 200:
        return None
    try:
        envelope = json.loads(answered.body)
        statement = json.loads(envelope["statement"])
    except (ValueError, TypeError, KeyError):
        return None
    return statement if "tips" in statement else None

"""Badge numbers. All that is signed and sent names officers by badge number, never by name."""

from __future__ import annotations

import re

from domain.scripts import has_unspaced
from domain.words import mark

NO_BADGE = mark("is not a badge number")
NEVER_A_NAME = mark("Write the number of the badge, never a name.")
NOBODY = "0000"
"""The value of a badge field while no officer has signed in; nothing is signed with it."""
LONGEST = 40
"""Characters."""
_TWO_WORDS = re.compile(r"[^\W\d_][.,;'’]*\s+['’]?[^\W\d_]")


def is_badge(text: str) -> bool:
    """Whether `text` can be a badge number: one short line that does not look like a name.

    A badge number has no fixed shape (`4417`, `XA-4471`, `44 17`, `admin`); two words are a name.
    """
    if len(text) > LONGEST or not text.isprintable() or _TWO_WORDS.search(text):
        return False
    return not has_unspaced(text) or any(char.isdigit() for char in text)


def names_nobody(badge: object) -> bool:
    """Whether `badge` names no officer: it is empty, `NOBODY`, or not a badge number."""
    return not isinstance(badge, str) or badge in ("", NOBODY) or not is_badge(badge)

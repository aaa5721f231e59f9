"""Where Enter goes on to: the next field that is still to be filled, never past the last one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gui.capture.asked import ask_at
from gui.form.document import Document, value_at


def next_stop(
    paths: Sequence[str], here: str, document: Document, faults: Collection[str]
) -> str | None:
    """The path that Enter at `here` leads to; None when nothing is left to fill.

    `paths` are the fields that are shown, in reading order; `faults` the paths that keep the
    record from becoming final. What is filled, worked out or may stay empty is passed by.
    """

    def stops(path: str) -> bool:
        ask = ask_at(path)
        wanted = path in faults or (ask is not None and ask.stop)
        return wanted and value_at(document, path) in (None, "", [])

    place = paths.index(here) if here in paths else -1
    ahead = next((path for path in paths[place + 1 :] if stops(path)), None)
    # What was passed by on purpose is not come back to, only what must be there.
    return ahead or next((p for p in paths[: place + 1] if p != here and p in faults and stops(p)),
                         None)  # fmt: skip

"""The pages in the rail, each with the least role that opens it."""

from __future__ import annotations

import msgspec

from domain.words import mark
from hub.people.roles import Role
from hub.people.viewer import Viewer


class RailEntry(msgspec.Struct, frozen=True):
    """One page: its address, its words, and the pages (`here`) that belong to it."""

    address: str
    words: str
    pages: tuple[str, ...]
    role: Role = Role.READER
    persons: bool = False


RAIL = (
    RailEntry("/", mark("Arrivals"), ("arrivals", "one")),
    RailEntry("/devices", mark("Workstations"), ("devices",)),
    RailEntry("/apart", mark("Held apart"), ("apart",)),
    RailEntry("/clashes", mark("Repeated numbers"), ("clashes",)),
    RailEntry("/sticks", mark("By stick"), ("sticks",), Role.COORDINATOR),
    RailEntry("/unread", mark("Not readable"), ("unread",)),
    RailEntry("/people", mark("People"), ("people",), Role.ADMINISTRATOR, persons=True),
    RailEntry("/audit", mark("Audit"), ("audit",), Role.ADMINISTRATOR, persons=True),
)
SIGN_OUT = mark("Sign out")
OWN = mark("Your account")


def rail_of(viewer: Viewer | None) -> tuple[RailEntry, ...]:
    """The pages that the viewer may open; none without a viewer."""
    if viewer is None:
        return ()
    return tuple(
        entry
        for entry in RAIL
        if viewer.may(entry.role) and (viewer.is_person or not entry.persons)
    )

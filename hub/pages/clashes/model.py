"""What the page of repeated numbers shows."""

from __future__ import annotations

import msgspec

from hub.hub import Hub
from hub.pages.record import CLASHES
from hub.store.sql import devices, numbers
from hub.store.sql.numbers import NumberUser
from hub.store.sql.scope import Scope

LIMIT = 200
"""Numbers that are shown at most."""


class ShownNumber(msgspec.Struct, frozen=True, kw_only=True):
    """One number with the records that have it; each with the name of its workstation."""

    tone: str
    words: str
    label: str
    number: str
    users: tuple[tuple[NumberUser, str], ...]
    one_workstation: bool
    """Whether all of the records are of the same workstation, like those of a clone."""


class NumbersPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    numbers: tuple[ShownNumber, ...]
    count: int
    """How many of them must not be used twice."""
    more: bool
    """Whether there are numbers that are not shown."""
    here: str = "clashes"


def numbers_page(hub: Hub, scope: Scope) -> NumbersPage:
    """Seizure numbers and bags that stand in several records, then postal items; newest first."""
    with hub.database.reading() as rows:
        found = numbers.shared(rows, LIMIT + 1, scope)
        count = numbers.count_shared(rows, scope)
        names = {str(device.id): device.name for device in devices.devices(rows, scope)}
    return NumbersPage(
        numbers=tuple(
            ShownNumber(
                tone=CLASHES[kind][0],
                words=CLASHES[kind][1],
                label=CLASHES[kind][2],
                number=number,
                users=tuple((user, names.get(user.device, "")) for user in users),
                one_workstation=len({user.device for user in users}) == 1,
            )
            for kind, number, users in found[:LIMIT]
        ),
        count=count,
        more=len(found) > LIMIT,
    )

"""What the page of repeated numbers shows."""

from __future__ import annotations

import msgspec

from hub.hub import Hub
from hub.pages.paging import ROWS
from hub.pages.record import CLASHES
from hub.store.sql import devices, numbers
from hub.store.sql.filtered import CappedCount
from hub.store.sql.numbers import NumberPosition, NumberUser
from hub.store.sql.scope import Scope


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
    count: CappedCount
    """How many of them must not be used twice."""
    first_page: bool
    next: str
    """The number after which the next page begins, as its address says it; empty on the last."""
    here: str = "clashes"


def numbers_page(hub: Hub, after: NumberPosition, scope: Scope) -> NumbersPage:
    """Seizure numbers, bags, then postal items that stand in several records, each in the order of
    its text; those that follow `after`.
    """
    with hub.database.reading() as rows:
        found = numbers.shared(rows, ROWS, scope, after)
        count = numbers.count_shared(rows, scope)
        senders = {user.device for _, _, users in found.numbers for user in users}
        names = devices.names(rows, senders)
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
            for kind, number, users in found.numbers
        ),
        count=count,
        first_page=after == numbers.BEGINNING,
        next=":".join(found.next) if found.next else "",
    )

"""What an acknowledgement costs and changes at the workstation, without a hub."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from acts.deed import EntryDraft, perform
from acts.errors import OldAnswer
from acts.hub.acknowledge import acknowledge
from acts.hub.acknowledge_earlier import acknowledge_earlier
from domain.ids import EntryHash, PhotoHash
from domain.kinds import Body
from domain.statement import Level
from storage import hub_memory, hub_photos, journal
from storage.hub_entries import down_to_held, waiting_entries
from storage.workstation import Workstation
from sync.plan import is_within
from system.database import transaction
from tests.builders import NIGHT, SESSION, a_statement


class Remark(Body, frozen=True, kw_only=True):
    """The body of a kind that nobody knows yet."""

    text: str


def with_entries(ws: Workstation, count: int) -> None:
    """So many short entries more."""
    kind: Any = "remark.made"  # of a later version
    for number in range(count):
        draft = EntryDraft(kind, str(ws.device), Remark(text=str(number)))
        perform(ws, SESSION, lambda _, draft=draft: draft)  # type: ignore[misc]


def steps(ws: Workstation) -> int:
    """What an acknowledgement of everything and the next step cost, in hundreds of instructions
    of the database.
    """
    made: list[None] = []
    connection: Any = ws.db
    statement = a_statement(ws, level=Level.RECEIVED, nonce="n")
    connection.set_progress_handler(lambda: made.append(None), 100)
    acknowledge(ws, statement)
    waiting_entries(ws.db, ws.device, 500)
    connection.set_progress_handler(None, 0)
    return len(made)


def test_what_a_statement_costs_does_not_grow_with_the_journal(ws: Workstation) -> None:
    with_entries(ws, 20)
    steps(ws)
    few = steps(ws)
    with_entries(ws, 400)
    steps(ws)
    assert steps(ws) < 3 * few + 20


def test_only_entries_that_were_not_held_are_walked(ws: Workstation) -> None:
    with_entries(ws, 5)
    acknowledge(ws, a_statement(ws, level=Level.RECEIVED, nonce="n"))
    held = journal.tips(ws.db, ws.device)[0][0]
    with_entries(ws, 3)
    tip = journal.tips(ws.db, ws.device)[0][0]
    names, end = down_to_held(ws.db, tip, Level.RECEIVED)
    assert (len(names), names[0], end) == (3, tip, held)
    assert waiting_entries(ws.db, ws.device, 10) == tuple(reversed(names))
    names, end = down_to_held(ws.db, tip, Level.SAFE)
    assert end is None
    assert len(names) == journal.last_number(ws.db, ws.device)


def test_an_answer_that_was_overtaken_changes_no_entry(ws: Workstation) -> None:
    with_entries(ws, 2)
    older = a_statement(ws, level=Level.RECEIVED, nonce="n")
    with_entries(ws, 2)
    acknowledge(ws, a_statement(ws, level=Level.RECEIVED, nonce="n"))
    acknowledge(ws, older, overtaken=True)
    assert waiting_entries(ws.db, ws.device, 10) == ()
    with pytest.raises(OldAnswer, match="no longer holds entries"):
        acknowledge(ws, older)  # in one epoch a hub loses no entry
    assert waiting_entries(ws.db, ws.device, 10) == ()


@pytest.mark.parametrize("newest_first", [False, True])
def test_an_answer_may_name_an_end_and_an_entry_before_it_in_any_order(
    ws: Workstation, newest_first: bool
) -> None:
    acknowledge(ws, a_statement(ws, level=Level.RECEIVED, nonce="n"))
    with_entries(ws, 2)
    entries = [entry.hash for _, entry in journal.everything(ws.db)]
    brought = tuple(reversed(entries[-2:])) if newest_first else tuple(entries[-2:])
    by_stick = msgspec.structs.replace(a_statement(ws), brought=brought)
    acknowledge_earlier(ws, by_stick)
    assert hub_memory.noted_tips(ws.db) == (entries[-1],)
    with_entries(ws, 1)
    acknowledge(ws, a_statement(ws, level=Level.RECEIVED, nonce="n"))
    assert waiting_entries(ws.db, ws.device, 10) == ()


def test_the_spot_check_goes_round(ws: Workstation) -> None:
    photos = [PhotoHash.of(str(number).encode()) for number in range(90)]
    now = NIGHT

    def hold(names: list[PhotoHash], level: Level = Level.SAFE) -> None:
        with transaction(ws.db):
            hub_memory.hold(ws.db, names, level=level, epoch="1-a", at=now)

    hold(photos)
    asked: set[PhotoHash] = set()
    for _ in range(3):
        now = now.plus(minutes=24 * 60)
        group = list(hub_photos.photos_to_check(ws.db, 30))
        assert asked.isdisjoint(group)
        asked |= set(group)
        hold(group)
    assert asked == set(photos)


def test_photos_that_are_not_yet_safe_are_checked_first(ws: Workstation) -> None:
    photos = [PhotoHash.of(str(number).encode()) for number in range(40)]
    with transaction(ws.db):
        hub_memory.hold(ws.db, photos[:30], level=Level.SAFE, epoch="1-a", at=NIGHT)
        hub_memory.hold(
            ws.db, photos[30:], level=Level.RECEIVED, epoch="1-a", at=NIGHT.plus(minutes=60)
        )
    group = hub_photos.photos_to_check(ws.db, 30)
    assert set(photos[30:]) <= set(group)
    assert len(group) == 30


@pytest.mark.parametrize(
    ("minute", "start", "end", "within"),
    [
        (0, "", "", True),
        (600, "22:00", "06:00", False),
        (1_330, "22:00", "06:00", True),
        (60, "22:00", "06:00", True),
        (360, "22:00", "06:00", False),
        (600, "08:00", "18:00", True),
        (1_080, "08:00", "18:00", False),
        (600, "25:00", "06:00", True),
        (600, "08:00", "", True),
        (600, "soon", "later", True),
    ],
)
def test_the_time_for_photos_may_go_over_midnight(
    minute: int, start: str, end: str, within: bool
) -> None:
    assert is_within(minute, start, end) is within


def test_names_of_nothing_are_nowhere(ws: Workstation) -> None:
    assert down_to_held(ws.db, EntryHash.of(b"never made"), Level.RECEIVED) == ([], None)

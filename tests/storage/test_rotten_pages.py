"""A page of the database that rots is named, whichever it is, and the rest is judged."""

from __future__ import annotations

import pytest

from acts.station.check_folder import check_home
from storage.check import Health
from storage.first_look import DATABASE
from system.errors import CannotOpen, Damaged
from tests.builders import BEGUN, Place, a_final

PAGE = 4096


@pytest.fixture
def sound(place: Place) -> bytes:
    """The database of a folder with an interception, at rest."""
    with place.open() as ws:
        a_final(ws)
    return (place.home / DATABASE).read_bytes()


def rotten(place: Place, sound: bytes, page: int) -> Health:
    """The folder's judgement when one bit of that page is another."""
    data = bytearray(sound)
    data[(page - 1) * PAGE + 1000] ^= 4
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (place.home / name).unlink(missing_ok=True)
    (place.home / DATABASE).write_bytes(data)
    return check_home(place.home, place.way)


def wrong(health: Health) -> str:
    return "\n".join(str(finding) for finding in health.findings if not finding.warns)


def test_every_page_that_rots_is_a_finding(place: Place, sound: bytes) -> None:
    unnamed = []
    for page in range(2, len(sound) // PAGE + 1):
        said = wrong(rotten(place, sound, page))
        assert "database: " in said, page
        assert "cut off" not in said, page  # what cannot be read was not taken out
        if f"database: HMAC verification failed for page {page}\n" not in said:
            unnamed.append(page)
    assert len(unnamed) <= 3  # those that say which tables there are: nothing opens without them


def test_the_first_page_is_named_by_what_refuses_to_open(place: Place, sound: bytes) -> None:
    with pytest.raises(CannotOpen, match="first page of the database is damaged"):
        rotten(place, sound, 1)


def test_a_page_beside_the_journal_leaves_the_journal_judged(place: Place, sound: bytes) -> None:
    last = len(sound) // PAGE
    health = rotten(place, sound, last)
    assert not health.sound
    assert (health.entries, health.photos) == (BEGUN + 1, 2)
    assert health.end.startswith(f"the journal ends at entry {BEGUN + 1}")


def test_a_pack_whose_bytes_are_others_is_not_used(place: Place) -> None:
    with place.open() as ws:
        ws.db.execute("UPDATE pack SET bytes = CAST(bytes || ' ' AS BLOB)")
        with pytest.raises(Damaged, match="not the one that was adopted"):
            ws.checklists()

"""What is sent next, from values alone."""

from __future__ import annotations

from collections.abc import Iterator

from domain.entry import Entry
from sync.plan import (
    BYTES_AT_ONCE,
    ENTRIES_AT_ONCE,
    FetchEntries,
    NothingToSend,
    SendEntries,
    cut_batch,
    lanes_for,
    next_step,
)
from tests.hub.station import Station


def a_chain(count: int) -> list[Entry]:
    """The entries of a workstation that has recorded something."""
    station = Station("http://127.0.0.1:9")
    for _ in range(count - 1):
        station.finalise()
    return station.chain


def test_a_hub_that_names_an_entry_we_lack_is_asked_for_it_before_anything_is_sent() -> None:
    chain = a_chain(3)
    ours, lost = chain[1], chain[2]
    step = next_step([ours.hash], [lost.hash], [], [ours])
    assert step == FetchEntries((ours.hash,))


def test_a_hub_that_does_not_give_out_what_it_names_is_sent_the_rest() -> None:
    chain = a_chain(3)
    step = next_step([chain[1].hash], [chain[2].hash], [], chain[:2], fetches=False)
    assert step == SendEntries(tuple(chain[:2]))


def test_a_hub_that_names_all_our_ends_and_lacks_nothing_gets_nothing() -> None:
    end = a_chain(1)[0].hash
    assert next_step([end], [end], [end], []) == NothingToSend()


def test_a_hub_that_holds_a_part_gets_what_comes_after_it() -> None:
    chain = a_chain(3)
    step = next_step([chain[2].hash], [chain[0].hash], [chain[0].hash], chain[1:])
    assert step == SendEntries(tuple(chain[1:]))


def test_a_batch_ends_at_its_count_or_its_size_and_always_holds_one_entry() -> None:
    chain = a_chain(4)
    assert cut_batch(chain, count=3) == tuple(chain[:3])
    assert cut_batch(chain, size=1) == (chain[0],)
    assert cut_batch(chain, size=len(chain[0].bytes) + 1) == tuple(chain[:2])
    assert cut_batch([]) == ()
    assert cut_batch(chain, count=ENTRIES_AT_ONCE, size=BYTES_AT_ONCE) == tuple(chain)


def test_no_more_entries_are_read_than_a_batch_takes() -> None:
    chain, read = a_chain(4), []

    def entries() -> Iterator[Entry]:
        for entry in chain:
            read.append(entry)
            yield entry

    cut_batch(entries(), count=2)
    assert read == chain[:2]


def test_a_narrow_link_has_fewer_lanes_for_photos_and_a_wide_one_more() -> None:
    assert lanes_for(0, 10.0) == lanes_for(5_000, 0.0) == 4
    assert lanes_for(320_000, 10.0) == 3
    assert lanes_for(1_250_000, 10.0) == 6

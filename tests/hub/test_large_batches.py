"""Many rows are written another way than few: both ways store the same, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.filled import Recorder, batches, enrol
from domain.instant import Instant
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from hub.store.sql.many import COPIED, insert
from sync.wire.batch import pack_batch
from tests.hub.engines import Url, all_rows

pytestmark = pytest.mark.rows
NOW = Instant.parse("2026-11-27T04:00:00.000+00:00")
COUNT = COPIED + 3
OF_EACH = {"hub", "epoch", "age_identity", "code", "news"}
"""Tables whose rows each hub has for itself; news are one row for each batch."""


@pytest.fixture
def hubs(tmp_path: Path, engine: Url) -> Iterator[tuple[Hub, Hub]]:
    """Two hubs that know the same workstation."""
    with (
        closing(_hub(tmp_path / "one", engine)) as one,
        closing(_hub(tmp_path / "other", engine)) as other,
    ):
        yield one, other


def _hub(folder: Path, database: Url) -> Hub:
    folder.mkdir()
    hub = open_hub(database(folder), f"file://{folder}/objects", now=lambda: NOW)
    enrol(hub, [Recorder(1)])
    return hub


def test_a_large_batch_is_stored_like_many_small_ones(
    hubs: tuple[Hub, Hub], tmp_path: Path
) -> None:
    for hub, size in zip(hubs, (COUNT, 1), strict=True):
        for sender, entries in batches([Recorder(1)], COUNT, size):
            took = take(hub, sender.device, pack_batch([each.read() for each in entries]))
            assert took.new == len(entries)
    large, small = (all_rows(hub, tmp_path / "copy") for hub in hubs)
    assert len(large["interception"]) == COUNT
    for table in large.keys() - OF_EACH:
        assert large[table] == small[table], table


@pytest.mark.parametrize("numbers", [(1, 2, 1, 3), (*range(COUNT), 1), (*range(COUNT), 1000)])
def test_a_transaction_in_which_one_row_of_some_or_many_fails_stores_none(
    hubs: tuple[Hub, Hub], numbers: tuple[int, ...]
) -> None:
    """The error may come later than its statement, and before the transaction counts as done."""
    hub, _ = hubs
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        _write(hub, numbers)
    with hub.database.reading() as rows:
        assert rows.execute("SELECT count(*) FROM loss").fetchone() == (0,)
        assert rows.execute("SELECT name FROM device").fetchone() != ("changed",)


def _write(hub: Hub, numbers: tuple[int, ...]) -> None:
    """A row by itself, these losses, and the loss 1000."""
    with hub.database.writing() as rows:
        rows.execute("UPDATE device SET name = 'changed'")
        insert(rows, "loss (number, hash, at)", [(number, b"h", 0) for number in numbers])
        rows.execute("INSERT INTO loss (number, hash, at) VALUES (1000, ?, 0)", (b"h",))

"""The benchmarks fill hubs by plain rows: those must be what the intake would have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.filled import Recorder, batches, enrol, fill
from domain.instant import Instant
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from sync.wire.batch import pack_batch
from tests.hub.engines import Url, all_rows

NOW = Instant.parse("2026-11-27T04:00:00.000+00:00")
ITS_OWN = {"hub", "epoch", "age_identity", "code"}
"""Tables whose rows each hub has for itself."""


@pytest.mark.rows
def test_a_filled_hub_has_in_every_table_what_a_hub_has_that_took_the_batches(
    tmp_path: Path, engine: Url
) -> None:
    taken, filled = (_hub(tmp_path / name, engine) for name in ("taken", "filled"))
    for hub in (taken, filled):
        enrol(hub, _senders())
    for sender, entries in batches(_senders(), 104, 13):
        took = take(taken, sender.device, pack_batch([each.read() for each in entries]))
        assert took.new == len(entries)
    fill(filled, batches(_senders(), 104, 13))
    one, other = all_rows(taken, tmp_path / "one"), all_rows(filled, tmp_path / "other")
    assert one.keys() == other.keys()
    assert len(one["interception_photo"]) == 4 * len(one["interception"]) == 416
    for table in one.keys() - ITS_OWN:
        assert one[table] == other[table], table
    # and both go on in the same way
    ((sender, entries),) = batches([Recorder(9)], 2, 2, 104)
    for hub in (taken, filled):
        enrol(hub, [sender])
        took = take(hub, sender.device, pack_batch([each.read() for each in entries]))
        assert took.new == 3
    assert (
        all_rows(taken, tmp_path / "one")["entry"] == all_rows(filled, tmp_path / "other")["entry"]
    )
    for hub in (taken, filled):
        hub.close()


def _senders() -> list[Recorder]:
    return [Recorder(number) for number in (1, 2, 3)]


def _hub(folder: Path, database: Url) -> Hub:
    folder.mkdir()
    return open_hub(database(folder), f"file://{folder}/objects", now=lambda: NOW)

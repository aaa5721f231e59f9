"""An export reads each row once, however many there are: so its time grows with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from benchmarks.filled import Recorder, batches, enrol, fill
from hub.build import open_hub
from hub.export.records import exported
from hub.store.postgres.rows import PostgresRows
from hub.store.sql.exported import ChosenInterceptions
from system.database import Connection
from tests.hub.engines import Url

FEW, MANY = 400, 2_400
READ = """
    SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables
    WHERE relname IN ('interception', 'entry')
"""


def work(rows: Connection, deed: Callable[[], object]) -> int:
    """The rows that PostgreSQL reads for the deed, or the hundreds of steps that SQLite takes."""
    if isinstance(rows, PostgresRows):
        before = rows.execute(READ).fetchone()[0]
        deed()
        return int(rows.execute(READ).fetchone()[0] - before)
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    rows.set_progress_handler(count, 100)  # type: ignore[attr-defined]
    deed()
    rows.set_progress_handler(None, 0)  # type: ignore[attr-defined]
    return steps[0]


def _expect(found: Iterable[object], count: int) -> None:
    assert sum(1 for _ in found) == count


@pytest.mark.rows
@pytest.mark.parametrize("chosen", [ChosenInterceptions(), ChosenInterceptions(post="MCN")])
def test_an_export_of_many_reads_no_more_for_each_than_one_of_few(
    tmp_path: Path, engine: Url, chosen: ChosenInterceptions
) -> None:
    each = []
    for count in (FEW, MANY):
        folder = tmp_path / str(count)
        folder.mkdir()
        where = engine(folder), f"file://{folder}/objects"
        with open_hub(*where) as hub:
            senders = [Recorder(number, signs=False) for number in (1, 2)]
            enrol(hub, senders)
            fill(hub, batches(senders, count, 50))
        # as the command opens it, and no statistics were made meanwhile
        with open_hub(*where, create=False) as hub, hub.database.reading() as rows:
            found = exported(rows, chosen)
            read = work(rows, partial(_expect, found, count))
        each.append(read / count)
    assert each[1] <= 1.2 * each[0]

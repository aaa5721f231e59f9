"""The counts that the hub keeps are those of the rows, whatever happened to the rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from domain.entry import Entry
from domain.ids import PhotoHash, RecordId
from domain.interception.media import Photo
from domain.kinds import InterceptionCancelled, InterceptionFinalised
from hub import uploads
from hub.build import open_hub
from hub.check import check
from hub.devices import accept, revoke
from hub.hub import Hub
from hub.intake import take
from hub.store.sql import devices, figures, margins, photos
from hub.store.sql.devices import Device
from sync.wire.batch import pack_batch
from tests.hub.engines import Url
from tests.hub.station import Station, an_interception
from tests.hub.test_commands import run

pytestmark = pytest.mark.rows
STEPS = 60
BYTES = [b"photo %d" % number for number in range(12)]
"""Few, so that several records name the same one."""


@pytest.fixture
def hub(tmp_path: Path, engine: Url) -> Iterator[Hub]:
    """An empty hub without a server."""
    with open_hub(engine(tmp_path), f"file://{tmp_path}/objects") as opened:
        yield opened


def known(hub: Hub, seed: int) -> Station:
    """A workstation that the hub knows."""
    station = Station("http://127.0.0.1", seed)
    with hub.database.writing() as rows:
        device = Device(station.device, station.key.verify_key, "", "MCN", seed, 0, 0)
        devices.enrol(rows, device)
    take(hub, station.device, pack_batch(station.chain))
    return station


class History:
    """What one workstation does by chance; all records are known to all workstations."""

    def __init__(self, hub: Hub, station: Station, records: list[Entry], seed: int) -> None:
        self._hub, self._station, self._records = hub, station, records
        self._random = random.Random(seed)

    def step(self) -> None:
        """One batch, or one photo that comes or is lost."""
        deed = self._random.choice([self._batch, self._batch, self._photo_comes, self._photo_goes])
        deed()

    def _batch(self) -> None:
        said = [self._entry() for _ in range(self._random.choice([1, 1, 3]))]
        took = take(self._hub, self._station.device, pack_batch(said))
        assert not took.gaps

    def _entry(self) -> Entry:
        chosen = self._random.random()
        if not self._records or chosen < 0.4:
            made = self._station.finalise(**self._fields())
            self._records.append(made)
            return made
        own = [each for each in self._records if each.head.device == self._station.device]
        about = self._random.choice(self._random.choice([self._records, own or self._records]))
        record = RecordId(about.head.subject)
        if chosen < 0.8:  # of others too: their interceptions stay as they are
            fields = self._fields() | {"record_id": record}
            body = InterceptionFinalised(
                record=record, number="XA-1", revision=2, supersedes=about.hash,
                shared=an_interception(**fields),
            )  # fmt: skip
            kind = self._random.choice(["interception.amended", "interception.finalised"])
            return self._station.add(kind, str(record), body)
        if chosen < 0.9:
            cancelled = InterceptionCancelled(record=record, entry=about.hash, reason="other")
            return self._station.add("interception.cancelled", str(record), cancelled)
        return self._station.add("of.a.newer.program", str(record), {"text": "x"})

    def _fields(self) -> dict[str, object]:
        named = self._random.sample(BYTES, self._random.choice([0, 1, 3]))
        case = self._random.choice([None, *self._records])
        return {
            "post": self._random.choice(["MCN", "MCS", "no such\x00post"]),
            "case": None if case is None else RecordId(case.head.subject),
            "photos": tuple(
                Photo(sha256=PhotoHash.of(data), role="overview", size=len(data)) for data in named
            ),
        }

    def _photo_comes(self) -> None:
        data = self._random.choice(BYTES)
        device = self._station.device
        upload = uploads.begin(self._hub, device, len(data), PhotoHash.of(data))
        if not uploads.resume(self._hub, upload) and uploads.offset(self._hub, upload) == 0:
            uploads.add(self._hub, upload, 0, data)
            uploads.complete(self._hub, upload)

    def _photo_goes(self) -> None:
        lost = [PhotoHash.of(data) for data in self._random.sample(BYTES, 2)]
        with self._hub.database.writing(("photos",), storing=lost) as rows:
            photos.reopen(rows, lost, 0)


def assert_right(hub: Hub) -> None:
    """What is kept equals what the rows say."""
    with hub.database.reading() as rows:
        assert margins.drift(rows) == {}
        (waiting,) = rows.execute(
            "SELECT count(*) FROM interception_photo AS named WHERE NOT EXISTS"
            " (SELECT 1 FROM photo WHERE photo.hash = named.hash)"
        ).fetchone()
        assert figures.photos_waiting(rows) == waiting


def test_after_any_history_the_counts_are_those_of_the_rows(hub: Hub) -> None:
    records: list[Entry] = []
    stations = [known(hub, seed) for seed in (1, 2, 3)]
    lives = [History(hub, station, records, seed) for seed, station in enumerate(stations)]
    turns = random.Random(5)
    for step in range(STEPS):
        turns.choice(lives).step()
        if step == STEPS // 2:
            revoke(hub, stations[2].device, "stolen")
            assert_right(hub)
    with hub.database.reading() as rows:
        counts = margins.totals(rows)
        (amended,) = rows.execute("SELECT count(*) FROM interception WHERE revision > 1").fetchone()
    assert min(counts.interceptions, counts.cases, counts.photos_named, counts.unread) > 3
    assert counts.cases < counts.interceptions
    assert amended > 3
    assert 0 < counts.photos_held < counts.photos_named
    assert_right(hub)
    stations[2].finalise()
    take(hub, stations[2].device, pack_batch(stations[2].chain))
    assert accept(hub, stations[2].device).taken
    assert_right(hub)
    with hub.database.reading() as rows:
        assert margins.totals(rows).interceptions > counts.interceptions


def test_the_counts_are_right_when_several_write_at_once(hub: Hub) -> None:
    records: list[Entry] = []
    lives = [History(hub, known(hub, seed), records, seed) for seed in range(1, 5)]

    def live(history: History) -> None:
        for _ in range(STEPS // 3):
            history.step()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(live, lives))
    assert_right(hub)


def test_check_sets_wrong_counts_right(hub: Hub, tmp_path: Path, engine: Url) -> None:
    station = known(hub, 1)
    station.finalise()
    take(hub, station.device, pack_batch(station.chain))
    with hub.database.writing() as rows:
        rows.execute("UPDATE margin SET interceptions = 7, cases = 3")
        margins.add(rows, {("XYZ", "D"): margins.Counts(photos_held=2)})
    stores = ("--database", engine(tmp_path), "--objects", f"file://{tmp_path}/objects")
    done = run("check", *stores)
    assert done.status == 0
    assert "counted anew: 3 of the counts on the pages were wrong" in done.out
    assert_right(hub)
    with hub.database.reading() as rows:
        assert margins.totals(rows) == margins.Counts(interceptions=1, cases=1)
    assert check(hub).miscounted == 0


def test_a_photo_that_comes_with_its_record_counts_once(
    hub: Hub, tmp_path: Path, engine: Url
) -> None:
    """Neither transaction sees the other, so one of them must wait."""
    photo = PhotoHash.of(b"photo")
    counted = margins.CountedInterception("MCN", "D", "R", frozenset([photo]))

    def store() -> None:
        with hub.database.writing(storing=(photo,)) as rows:
            photos.add(rows, photos.Held(photo, 5, photos.PictureForm.OTHER), 0)

    with ThreadPoolExecutor(1) as pool:
        with hub.database.writing(naming=(photo,)) as rows:
            margins.change(rows, {}, {"R": counted}, {})
            rows.execute(
                "INSERT INTO interception (record, arrival, device, arrived_at, changed_at, number,"
                " status, revision, summary) VALUES ('R', 1, 'D', 0, 0, '', '', 1,"
                """ '{"post":"MCN"}')"""
            )
            rows.execute("INSERT INTO interception_photo VALUES ('R', 0, ?)", (photo.raw,))
            other = pool.submit(store)
            assert waits(other, engine(tmp_path))
        other.result(20)
    assert_right(hub)
    with hub.database.reading() as rows:
        assert margins.totals(rows).photos_held == 1


def waits(other: Future[None], database: str) -> bool:
    """Whether the other one waits for a lock; SQLite has one writer, so it does."""
    if not database.startswith("postgresql"):
        return not other.done()
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with psycopg.connect(database, autocommit=True) as connection:
        for _ in range(1_000):
            if connection.execute(waiting).fetchall():
                return True
    return False

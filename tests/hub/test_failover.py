"""Two hubs on a PostgreSQL with a replica: what was acknowledged is there after a failover."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from domain.ids import PhotoHash
from hub.build import open_hub
from hub.codes import fresh_code
from hub.errors import RequestRefused
from hub.store.addresses import open_database
from hub.store.objects.folder import FolderObjects
from hub.uploads import drop_abandoned
from tests.failover.judge import judge
from tests.failover.senders import Sender
from tests.failover.servers import HubProcess, Pair, a_pair, two_hubs, until
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import LACKING, PostgresServer, Url, programs
from tests.hub.station import Station
from tests.hub.stored import InFolder
from tests.hub.test_photos import PHOTO, TUS, begin, held, patch
from tests.s3 import Swift

HALF = len(PHOTO) // 2

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there is no kill -9"),
    pytest.mark.skipif(programs() is None, reason=LACKING),
]


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[Url]:
    with postgres.databases() as url:
        yield url


@pytest.fixture
def two(url: Url, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two hubs on one database and one folder for photos, unfinished uploads too."""
    with run_hub(tmp_path, database=url) as one, run_hub(tmp_path, database=url) as other:
        yield one, other


@pytest.fixture
def apart(url: Url, swift: Swift, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two hubs on one database and one bucket, each with unfinished uploads on its own disk."""
    bucket = swift.bucket()
    one, other = (bucket.address(tmp_path / name) for name in ("one", "other"))
    with (
        run_hub(tmp_path, database=url, objects=one) as first,
        run_hub(tmp_path, database=url, objects=other) as second,
    ):
        yield first, second


@pytest.fixture
def pair() -> Iterator[Pair]:
    with a_pair() as pair:
        yield pair


def the_senders(pair: Pair, folder: Path, hubs: list[HubProcess], count: int) -> list[Sender]:
    """Enrolled workstations, half of them at each hub."""
    made = []
    with open_hub(pair.primary.url("hub"), f"file://{folder}/objects") as hub:
        for seed in range(1, count + 1):
            station = Station(hubs[seed % 2].url, seed)
            sender = Sender(station, hubs, Random(seed))
            sender.enrol(fresh_code(hub))
            made.append(sender)
    return made


def test_a_primary_killed_during_ingest_loses_and_doubles_nothing(
    pair: Pair, tmp_path: Path
) -> None:
    objects = f"file://{tmp_path}/objects"
    with two_hubs(tmp_path, pair.url, (objects, objects)) as hubs:
        before = [hub.pid for hub in hubs]
        senders = the_senders(pair, tmp_path, hubs, 4)
        enough = threading.Event()
        with ThreadPoolExecutor(len(senders)) as pool:
            working = [pool.submit(sender.work, enough) for sender in senders]

            def records() -> int:
                assert not [each.exception() for each in working if each.done()]
                return sum(len(sender.photos) for sender in senders)

            try:
                until(lambda: records() >= 8)
                pair.fail_over()
                reached = records()
                until(lambda: records() >= reached + 8)
            finally:
                enough.set()
            for each in working:
                each.result(60)
        assert [hub.pid for hub in hubs] == before
    assert judge(pair, senders, InFolder(tmp_path / "objects")) >= (16, 12)


def test_an_upload_goes_on_at_the_other_hub_when_both_have_one_folder(
    two: tuple[Running, Running],
) -> None:
    one, other = two
    station = one.station()
    where = begin(station).headers["Location"]
    assert patch(station, where, 0, PHOTO[:HALF]).status_code == 204
    station.http.base_url = other.url
    assert station.http.head(where, headers=TUS).headers["Upload-Offset"] == str(HALF)
    assert patch(station, where, HALF, PHOTO[HALF:]).status_code == 204
    assert held(station)


def test_hubs_that_get_one_piece_at_the_same_moment_store_it_once(tmp_path: Path) -> None:
    """A sender that heard nothing from one hub sends the piece to the other one."""
    stores = [FolderObjects(tmp_path) for _ in range(4)]
    for number in range(30):
        upload = f"{number:016x}"
        together = threading.Barrier(len(stores))

        def store_it(
            store: FolderObjects, upload: str = upload, together: threading.Barrier = together
        ) -> None:
            together.wait(20)
            with suppress(RequestRefused):  # the others were earlier
                store.append(upload, 0, PHOTO)

        with ThreadPoolExecutor(len(stores)) as pool:
            list(pool.map(store_it, stores))
        assert stores[0].digest(upload)[0] == PhotoHash.of(PHOTO)


def test_an_upload_begins_anew_at_a_hub_that_has_none_of_its_bytes(
    apart: tuple[Running, Running],
) -> None:
    """Each hub has unfinished uploads on its own disk; the answer says where to go on."""
    one, other = apart
    station = one.station()
    where = begin(station).headers["Location"]
    assert patch(station, where, 0, PHOTO[:HALF]).status_code == 204
    station.http.base_url = other.url
    answer = patch(station, where, HALF, PHOTO[HALF:])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "0")
    assert patch(station, where, 0, PHOTO).status_code == 204
    assert held(station)
    station.http.base_url = one.url
    assert station.http.head(where, headers=TUS).headers["Upload-Offset"] == str(len(PHOTO))


def test_what_is_left_of_an_upload_that_ended_elsewhere_is_deleted_at_the_next_start(
    apart: tuple[Running, Running],
) -> None:
    one, other = apart
    station = one.station()
    ended, unfinished = begin(station), begin(station, b"another photo")
    for begun in (ended, unfinished):
        assert patch(station, begun.headers["Location"], 0, b"\xff").status_code in (204, 409)
    station.http.base_url = other.url
    assert patch(station, ended.headers["Location"], 0, PHOTO).status_code == 204
    assert len(list(one.hub.objects.arriving())) == 2
    assert drop_abandoned(one.hub) == 1
    assert len(list(one.hub.objects.arriving())) == 1


def test_a_commit_that_waits_for_its_replica_is_not_cut_short(pair: Pair) -> None:
    """PostgreSQL would call a commit done whose wait ended by a timeout of the user."""
    pair.primary.ask("ALTER ROLE hub SET statement_timeout = '50ms'")
    database = open_database(pair.url)
    with database.reading() as rows:
        assert rows.execute("SHOW statement_timeout").fetchone() == ("0",)
    database.close()

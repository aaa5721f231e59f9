"""Room at the hub: photos wait before records, and one workstation cannot fill the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import msgspec

from hub.config import NO_QUOTAS, Config, LogConfig, QuotaConfig
from sync.wire.batch import pack_batch
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import Url, sqlite_url
from tests.hub.station import Station
from tests.hub.test_photos import PHOTO, TUS, begin, held, patch

MORE_THAN_ANY_DISK = 1 << 60


@contextmanager
def with_quotas(folder: Path, engine: Url, **quotas: int) -> Iterator[Running]:
    config = Config(
        quotas=msgspec.structs.replace(NO_QUOTAS, **quotas), log=LogConfig(requests=False)
    )
    with run_hub(folder, config=config, database=engine) as running:
        yield running


def expect_no_room(answer: httpx2.Response, code: str, text: str) -> None:
    assert answer.status_code == 507
    assert (answer.json()["code"], answer.json()["curable"]) == (code, True)
    assert text in answer.json()["error"]
    assert int(answer.headers["Retry-After"]) == 300


def test_below_the_floor_photos_wait_and_records_are_taken(tmp_path: Path, engine: Url) -> None:
    with with_quotas(tmp_path, engine) as running:
        station = running.station()
        where = begin(station).headers["Location"]
        patch(station, where, 0, PHOTO[:1000])
    with with_quotas(tmp_path, engine, photos_floor=MORE_THAN_ANY_DISK) as running:
        station.http.base_url = running.url
        expect_no_room(begin(station, b"another"), "disk_full", "photos wait")
        expect_no_room(patch(station, where, 1000, PHOTO[1000:]), "disk_full", "photos wait")
        assert station.http.head(where, headers=TUS).headers["Upload-Offset"] == "1000"
        station.finalise()
        assert station.send().tips
        ready = httpx2.get(f"{running.url}/health/ready")
        assert (ready.status_code, ready.json()["parts"]["disk"]) == (200, "low")
    with with_quotas(tmp_path, engine) as running:
        station.http.base_url = running.url
        assert patch(station, where, 1000, PHOTO[1000:]).status_code == 204


def test_below_the_lower_floor_records_wait_too_and_the_hub_is_not_ready(
    tmp_path: Path,
) -> None:
    with with_quotas(tmp_path, sqlite_url) as running:
        station = running.station()
    with with_quotas(tmp_path, sqlite_url, records_floor=MORE_THAN_ANY_DISK) as running:
        station.http.base_url = running.url
        station.finalise()
        expect_no_room(station.post(batch(station)), "disk_full", "records wait")
        ready = httpx2.get(f"{running.url}/health/ready?records")
        assert (ready.status_code, ready.json()["parts"]["disk"]) == (503, "full")


def batch(station: Station) -> bytes:
    return pack_batch(station.chain)


def test_a_workstation_begins_only_so_many_uploads_and_ends_make_room(
    tmp_path: Path, engine: Url
) -> None:
    with with_quotas(tmp_path, engine, unfinished_uploads=2) as running:
        station, other = running.station(1), running.station(2)
        first = begin(station, b"one").headers["Location"]
        second = begin(station, b"two").headers["Location"]
        expect_no_room(begin(station, b"three"), "quota", "as many unfinished uploads")
        assert begin(other, b"three").status_code == 201
        assert patch(station, first, 0, b"one").status_code == 204
        assert begin(station, b"three").status_code == 201
        expect_no_room(begin(station, b"four"), "quota", "as many unfinished uploads")
        assert station.http.delete(second, headers=TUS).status_code == 204
        assert begin(station, b"four").status_code == 201


def test_announced_bytes_are_limited(tmp_path: Path, engine: Url) -> None:
    with with_quotas(tmp_path, engine, unfinished_bytes=len(PHOTO) + 3) as running:
        station = running.station()
        assert begin(station).status_code == 201
        expect_no_room(begin(station, b"four"), "quota", "as many unfinished uploads")
        assert begin(station, b"two").status_code == 201


def test_stored_bytes_are_limited_where_the_configuration_says_so(
    tmp_path: Path, engine: Url
) -> None:
    def sent(station: Station, data: bytes) -> httpx2.Response:
        where = begin(station, data)
        return (
            where
            if where.status_code != 201
            else patch(station, where.headers["Location"], 0, data)
        )

    with with_quotas(tmp_path, engine, stored_bytes=10) as running:
        station = running.station()
        assert sent(station, b"seven..").status_code == 204
        expect_no_room(sent(station, b"four"), "quota", "as many bytes")
    with with_quotas(tmp_path, engine, stored_bytes=10) as running:
        station.http.base_url = running.url
        expect_no_room(sent(station, b"four"), "quota", "as many bytes")
        assert sent(station, b"tri").status_code == 204
        assert held(station, b"tri")


def test_the_shipped_quotas_let_a_workstation_work() -> None:
    usual = QuotaConfig()
    assert usual.photos_floor > usual.records_floor > 0
    assert usual.unfinished_uploads >= 1000

"""Figures for Prometheus, on a socket of their own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx2
import pytest

from hub.store.sql import figures as sql
from tests.hub.conftest import Running
from tests.hub.station import Station, a_photo
from tests.hub.test_commands import MAIN, places, serving
from tests.hub.test_photos import PHOTO, begin, patch
from tests.hub.test_tls import self_signed


def figures(text: str) -> dict[str, float]:
    """Each figure with its labels, in the order of the answer."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_a_hub_tells_its_figures_without_names(tmp_path: Path) -> None:
    words = ("--metrics", "127.0.0.1:0", "--code", str(tmp_path / "code"))
    with serving(tmp_path, *words) as (hub, url):
        assert hub.stdout is not None
        where = hub.stdout.readline().split()[-1]
        station = Station(url)
        station.enrol((tmp_path / "code").read_text())
        station.finalise(photos=())
        station.send()
        upload = begin(station).headers["Location"]
        patch(station, upload, 0, PHOTO)
        httpx2.get(f"{url}/nowhere/SESAME")
        httpx2.request("INVENTED", f"{url}/api/health")
        answer = httpx2.get(where)
        assert httpx2.get(f"{url}/metrics").status_code == 404
    found = figures(answer.text)
    assert found['tidewaiter_entries_total{outcome="new"}'] == 2
    assert found["tidewaiter_photo_bytes_total"] == len(PHOTO)
    assert found['tidewaiter_answers_total{route="/api/photos/{upload}",status="204"}'] == 1
    assert found['tidewaiter_request_seconds_count{method="POST",route="/api/batches"}'] == 1
    assert found['tidewaiter_errors_total{kind="HTTPException",status="404"}'] == 1
    assert found['tidewaiter_part_ok{part="database"}'] == 1
    assert found["tidewaiter_photos_waiting"] == 0
    assert found["tidewaiter_connections"] >= 1
    assert found["tidewaiter_disk_free_bytes{" + f'disk="{tmp_path}/a"' + "}"] > 0
    heard = found['tidewaiter_post_heard_timestamp_seconds{post="MCN"}']
    assert found['tidewaiter_post_arrival_timestamp_seconds{post="MCN"}'] >= heard - 60
    for secret in ("SESAME", "INVENTED", station.token, str(station.device), "Mail North 1"):
        assert secret not in answer.text
    documented = (Path(__file__).parents[2] / "docs" / "hub.md").read_text("utf-8")
    names = {re.sub(r"(_total|_bucket|_count|_sum|_created)$", "", n.split("{")[0]) for n in found}
    assert [name for name in names if name not in documented] == []


def test_the_end_of_the_certificate_is_a_figure(tmp_path: Path) -> None:
    own = self_signed(tmp_path / "tls").certified
    config = tmp_path / "hub.toml"
    stores = places(tmp_path)
    config.write_text(
        f'database = "{stores[1]}"\nobjects = "{stores[3]}"\nmetrics = "127.0.0.1:0"\n'
        f'certificate = "{own.certificate}"\nprivate_key = "{own.private_key}"\n'
    )
    hub = subprocess.Popen(
        [*MAIN, "serve", "--config", str(config), "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert hub.stdout is not None
    try:
        where = [hub.stdout.readline().split()[-1] for _ in range(3)][-1]
        end = "tidewaiter_certificate_end_timestamp_seconds"
        (before,) = (line for line in httpx2.get(where).text.splitlines() if line.startswith(end))
        own.certificate.write_bytes(b"half of a file")  # the hub goes on with the old one
        assert before in httpx2.get(where).text
    finally:
        hub.kill()
        hub.communicate()


@pytest.mark.rows
def test_photos_that_records_name_are_counted_until_they_arrive(running: Running) -> None:
    station = running.station()
    later = (a_photo(b"later", "label"), a_photo(b"much later", "label"))
    station.finalise(photos=(a_photo(PHOTO), *later))
    station.send()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    with running.hub.database.reading() as rows:
        assert sql.photos_waiting(rows) == 2
        (post,) = sql.posts(rows)
    assert (post.name, (post.arrived_at or 0) > 0) == ("MCN", True)

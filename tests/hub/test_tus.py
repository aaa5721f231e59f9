"""What a tus client of any make may rely on: fresh uploads, computed addresses, checksums."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tusclient import client as tus

from domain.ids import PhotoHash
from hub.uploads import SIZE_LIMIT
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station
from tests.hub.stored import stored_as
from tests.hub.test_photos import BODY, PHOTO, TUS, begin, held, patch, promise

NAME = f"/api/photos/{PhotoHash.of(PHOTO)}-{len(PHOTO)}"


def checksum(data: bytes, algorithm: str = "sha1") -> dict[str, str]:
    """The header with the checksum of a piece."""
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}


def piece(
    station: Station, where: str, at: int, data: bytes, sums: dict[str, str]
) -> httpx2.Response:
    headers = {**BODY, "Upload-Offset": str(at), **sums}
    return station.http.patch(where, headers=headers, content=data)


def uploader(running: Running, station: Station, **options: object) -> Any:
    """tuspy for the photo, with its promise."""
    client = tus.TusClient(
        f"{running.url}/api/photos", headers={"Authorization": f"Bearer {station.token}"}
    )
    return client.uploader(
        file_stream=io.BytesIO(PHOTO),
        metadata={"sha256": str(PhotoHash.of(PHOTO))},
        **{"chunk_size": 100_000, **options},
    )


def arriving(running: Running) -> list[Path]:
    return list((running.folder / "objects" / "arriving").iterdir())


def test_a_second_post_is_a_fresh_upload_and_both_finish(running: Running) -> None:
    station = running.station()
    first = begin(station)
    assert first.headers["Location"] == NAME
    patch(station, NAME, 0, PHOTO[:1000])
    second = begin(station)
    assert second.status_code == 201
    assert second.headers["Location"] != NAME
    assert second.headers["Upload-Offset"] == "0"
    assert patch(station, second.headers["Location"], 0, PHOTO).status_code == 204
    assert patch(station, NAME, 1000, PHOTO[1000:]).status_code == 204
    assert running.count("photo") == 1
    assert held(station)
    assert arriving(running) == []


def test_a_post_of_a_photo_that_is_held_is_a_fresh_upload_too(running: Running) -> None:
    one, other = running.station(1), running.station(2)
    patch(one, begin(one).headers["Location"], 0, PHOTO)
    for station in (one, other):
        again = begin(station)
        assert (again.status_code, again.headers["Upload-Offset"]) == (201, "0")
        assert patch(station, again.headers["Location"], 0, PHOTO).status_code == 204
    assert running.count("photo") == 1


def test_an_upload_is_found_by_the_address_that_its_sender_computes(tmp_path: Path) -> None:
    with run_hub(tmp_path) as running:
        station = running.station()
        assert station.http.head(NAME, headers=TUS).status_code == 404
        whole = {**promise(PHOTO), "Content-Type": BODY["Content-Type"]}
        station.http.post("/api/photos", headers=whole, content=PHOTO[:70_000])
    with run_hub(tmp_path) as running:
        station.http.base_url = httpx2.URL(running.url)
        head = station.http.head(NAME, headers=TUS)
        assert head.headers["Upload-Offset"] == "70000"
        assert "Upload-Expires" in head.headers
        assert patch(station, NAME, 70_000, PHOTO[70_000:]).status_code == 204
        assert held(station)
        assert station.http.head(NAME, headers=TUS).headers["Upload-Offset"] == str(len(PHOTO))


def test_a_finished_upload_whose_bytes_were_lost_is_none(running: Running) -> None:
    station = running.station(1)
    where = [begin(station).headers["Location"] for _ in range(2)]
    assert where[0] == NAME
    for address in where:
        patch(station, address, 0, PHOTO)
    running.stored.remove(stored_as(PHOTO))
    for address in where:
        assert station.http.head(address, headers=TUS).status_code == 404
    assert begin(station).headers["Location"] == NAME
    assert patch(station, NAME, 0, PHOTO).status_code == 204
    assert held(station)


def test_the_computed_address_is_that_of_the_tokens_own_device(running: Running) -> None:
    one, other = running.station(1), running.station(2)
    begin(one)
    patch(one, NAME, 0, PHOTO[:1000])
    assert other.http.head(NAME, headers=TUS).status_code == 404
    assert begin(other).headers["Location"] == NAME
    assert other.http.head(NAME, headers=TUS).headers["Upload-Offset"] == "0"
    assert one.http.head(NAME, headers=TUS).headers["Upload-Offset"] == "1000"


def test_a_held_photo_is_complete_at_its_computed_address_whoever_brought_it(
    running: Running,
) -> None:
    one, other = running.station(1), running.station(2)
    patch(one, begin(one).headers["Location"], 0, PHOTO)
    head = other.http.head(NAME, headers=TUS)
    assert head.headers["Upload-Offset"] == head.headers["Upload-Length"] == str(len(PHOTO))
    assert other.http.head(f"{NAME}0", headers=TUS).status_code == 404
    assert other.http.delete(NAME, headers=TUS).status_code == 403
    assert held(one)


def test_an_upload_of_a_photo_that_somebody_else_finished_meanwhile_is_complete_when_asked(
    running: Running,
) -> None:
    one, other = running.station(1), running.station(2)
    begin(one)
    patch(one, NAME, 0, PHOTO[:1000])
    patch(other, begin(other).headers["Location"], 0, PHOTO)
    assert one.http.head(NAME, headers=TUS).headers["Upload-Offset"] == str(len(PHOTO))
    assert arriving(running) == []


def test_after_a_deletion_the_computed_address_is_free_again(running: Running) -> None:
    station = running.station()
    begin(station)
    patch(station, NAME, 0, PHOTO[:1000])
    assert station.http.delete(NAME, headers=TUS).status_code == 204
    assert begin(station).headers["Location"] == NAME
    assert station.http.head(NAME, headers=TUS).headers["Upload-Offset"] == "0"


def test_head_returns_the_metadata_as_they_came(running: Running) -> None:
    station = running.station()
    named = promise(PHOTO)["Upload-Metadata"] + ",filename YS5qcGc=,is_confidential"
    where = begin(station, PHOTO, **{"Upload-Metadata": named}).headers["Location"]
    assert station.http.head(where, headers=TUS).headers["Upload-Metadata"] == named
    bare = station.http.post("/api/photos", headers={**TUS, "Upload-Length": "5"})
    head = station.http.head(bare.headers["Location"], headers=TUS)
    assert "Upload-Metadata" not in head.headers


def test_checksums_are_announced(running: Running) -> None:
    said = httpx2.options(f"{running.url}/api/photos").headers
    assert "checksum" in said["Tus-Extension"].split(",")
    assert said["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"
    assert said["Tus-Max-Size"] == str(SIZE_LIMIT)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_piece_with_its_checksum_is_added(running: Running, algorithm: str) -> None:
    station = running.station()
    begin(station)
    sums = checksum(PHOTO[:70_000], algorithm)
    assert piece(station, NAME, 0, PHOTO[:70_000], sums).headers["Upload-Offset"] == "70000"
    rest = PHOTO[70_000:]
    assert piece(station, NAME, 70_000, rest, checksum(rest, algorithm)).status_code == 204
    assert held(station)


def test_a_piece_with_a_wrong_checksum_is_discarded(running: Running) -> None:
    station = running.station()
    begin(station)
    patch(station, NAME, 0, PHOTO[:1000])
    answer = piece(station, NAME, 1000, PHOTO[1000:], checksum(b"another"))
    assert answer.status_code == 460
    assert answer.json()["code"] == "wrong_checksum"
    assert answer.json()["curable"]
    assert station.http.head(NAME, headers=TUS).headers["Upload-Offset"] == "1000"
    assert piece(station, NAME, 1000, PHOTO[1000:], checksum(PHOTO[1000:])).status_code == 204


def test_a_large_piece_with_a_checksum_goes_through_a_file_and_leaves_none(
    running: Running,
) -> None:
    station = running.station()
    large = PHOTO * 20
    where = begin(station, large).headers["Location"]
    assert piece(station, where, 0, large, checksum(b"no")).status_code == 460
    assert piece(station, where, 0, large, checksum(large)).status_code == 204
    assert held(station, large)
    assert running.stored.names() == sorted([stored_as(large), "photos/hub.json"])
    assert arriving(running) == []


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("crc32 AAAA", "unknown_checksum"),
        ("", "unknown_checksum"),
        ("SHA1 AAAA", "unknown_checksum"),
        ("sha1 !!!", "malformed"),
    ],
)
def test_a_checksum_that_cannot_be_checked_is_refused(
    running: Running, header: str, code: str
) -> None:
    station = running.station()
    begin(station)
    answer = piece(station, NAME, 0, PHOTO, {"Upload-Checksum": header})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert station.http.head(NAME, headers=TUS).headers["Upload-Offset"] == "0"


def test_a_creation_whose_body_has_a_wrong_checksum_leaves_no_upload(running: Running) -> None:
    station = running.station()
    whole = {**promise(PHOTO), "Content-Type": BODY["Content-Type"], **checksum(b"no")}
    assert station.http.post("/api/photos", headers=whole, content=PHOTO).status_code == 460
    assert running.count("upload") == 0
    good = {**whole, **checksum(PHOTO)}
    answer = station.http.post("/api/photos", headers=good, content=PHOTO)
    assert (answer.status_code, answer.headers["Location"]) == (201, NAME)
    assert held(station)


def test_a_public_client_with_checksums_brings_a_photo(running: Running) -> None:
    station = running.station()
    uploader(running, station, upload_checksum=True).upload()
    assert held(station)


def test_a_public_client_runs_twice_and_after_a_crash(running: Running) -> None:
    station = running.station()
    uploader(running, station).upload(stop_at=200_000)  # the program ends here, and forgets all
    uploader(running, station).upload()
    assert held(station)
    uploader(running, station).upload()
    assert running.count("photo") == 1


def test_two_public_clients_with_one_photo_both_finish(running: Running) -> None:
    station = running.station()
    one, other = uploader(running, station), uploader(running, station)
    for stop in range(100_000, len(PHOTO) + 100_000, 100_000):
        one.upload(stop_at=min(stop, len(PHOTO)))
        other.upload(stop_at=min(stop, len(PHOTO)))
    assert one.url != other.url
    assert running.count("photo") == 1
    assert held(station)


def test_a_public_client_goes_on_at_the_computed_address(running: Running) -> None:
    station = running.station()
    uploader(running, station).upload(stop_at=200_000)
    again = uploader(running, station, url=running.url + NAME)
    assert again.offset == 200_000
    again.upload()
    assert held(station)

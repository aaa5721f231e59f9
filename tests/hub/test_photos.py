"""What the hub promises about photos: tus 1.0.0, spoken by a public client and by hand."""

from __future__ import annotations

import base64
import hashlib
import io
import socket
from pathlib import Path

import httpx2
import pytest
from tusclient import client as tus

from domain.ids import PhotoHash
from domain.statement import Level
from hub.uploads import id_at
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, a_photo
from tests.hub.stored import stored_as

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 2_000
TUS = {"Tus-Resumable": "1.0.0"}
BODY = {**TUS, "Content-Type": "application/offset+octet-stream"}


def promise(data: bytes) -> dict[str, str]:
    """Headers that begin an upload of these bytes, with their SHA-256."""
    digest = base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode()
    return {**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": f"sha256 {digest}"}


def begin(station: Station, data: bytes = PHOTO, **headers: str) -> httpx2.Response:
    return station.http.post("/api/photos", headers={**promise(data), **headers})


def patch(station: Station, where: str, offset: int, data: bytes) -> httpx2.Response:
    return station.http.patch(where, headers={**BODY, "Upload-Offset": str(offset)}, content=data)


def held(station: Station, data: bytes = PHOTO) -> bool:
    return len(station.ask(PhotoHash.of(data)).photos) == 1


def test_the_server_says_what_it_can(running: Running) -> None:
    answer = httpx2.options(f"{running.url}/api/photos")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "creation-with-upload" in answer.headers["Tus-Extension"]


def test_a_public_client_brings_a_photo(running: Running) -> None:
    station = running.station()
    headers = {"Authorization": f"Bearer {station.token}"}
    uploader = tus.TusClient(f"{running.url}/api/photos", headers=headers).uploader(
        file_stream=io.BytesIO(PHOTO), chunk_size=100_000, metadata={"filename": "a.jpg"}
    )
    uploader.upload()
    assert held(station)


def test_a_public_client_goes_on_after_a_cut(running: Running) -> None:
    station = running.station()
    client = tus.TusClient(
        f"{running.url}/api/photos", headers={"Authorization": f"Bearer {station.token}"}
    )
    cut = client.uploader(file_stream=io.BytesIO(PHOTO), chunk_size=100_000)
    cut.upload(stop_at=200_000)
    again = client.uploader(file_stream=io.BytesIO(PHOTO), chunk_size=100_000, url=cut.url)
    assert again.offset == 200_000
    again.upload()
    assert held(station)


def test_creation_with_upload_takes_one_round_trip(running: Running) -> None:
    station = running.station()
    answer = station.http.post(
        "/api/photos",
        headers={**promise(PHOTO), "Content-Type": BODY["Content-Type"]},
        content=PHOTO,
    )
    assert answer.status_code == 201
    assert answer.headers["Upload-Offset"] == str(len(PHOTO))
    assert held(station)


def test_an_offset_that_lies_is_answered_with_the_true_one(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    for lie in (5, len(PHOTO)):
        answer = patch(station, where, lie, b"x")
        assert answer.status_code == 409
        assert answer.headers["Upload-Offset"] == "0"


def test_bytes_other_than_promised_are_discarded_and_can_come_again(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    answer = patch(station, where, 0, PHOTO[:-1] + b"!")
    assert answer.status_code == 460
    assert "discarded" in answer.json()["error"]
    assert not held(station)
    assert patch(station, begin(station).headers["Location"], 0, PHOTO).status_code == 204
    assert held(station)


def test_more_bytes_than_announced_are_refused(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    assert patch(station, where, 0, PHOTO + b"more").status_code == 413


def test_what_came_before_a_cut_line_is_kept(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    host, port = running.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        head = (
            f"PATCH {where} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {station.token}\r\n"
            f"Tus-Resumable: 1.0.0\r\nContent-Type: {BODY['Content-Type']}\r\n"
            f"Upload-Offset: 0\r\nContent-Length: {len(PHOTO)}\r\n\r\n"
        )
        line.sendall(head.encode() + PHOTO[:50_000])
        # the next request takes the upload over from the line that hangs, and sees what it left
        stands = int(station.http.head(where, headers=TUS).headers["Upload-Offset"])
    answer = patch(station, where, stands, PHOTO[stands:])
    if answer.status_code == 409:  # the rest of the line came in between
        stands = int(answer.headers["Upload-Offset"])
        answer = patch(station, where, stands, PHOTO[stands:])
    assert answer.status_code == 204
    assert held(station)


def test_an_upload_goes_on_after_the_hub_was_started_again(tmp_path: Path) -> None:
    with run_hub(tmp_path) as first:
        station = first.station()
        where = begin(station).headers["Location"]
        patch(station, where, 0, PHOTO[:70_000])
    with run_hub(tmp_path) as second:
        station.http.base_url = httpx2.URL(second.url)
        answer = station.http.head(where, headers=TUS)
        assert answer.headers["Upload-Offset"] == "70000"
        assert patch(station, where, 70_000, PHOTO[70_000:]).status_code == 204
        assert held(station)


def test_a_kill_between_bytes_and_row_is_healed_when_asked(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    upload = id_at(station.device, where.rsplit("/", 1)[1])
    running.hub.objects.append(upload, 0, PHOTO)
    running.hub.objects.keep(upload, PhotoHash.of(PHOTO))
    assert not held(station)
    answer = station.http.head(where, headers=TUS)
    assert answer.headers["Upload-Offset"] == str(len(PHOTO))
    assert held(station)


def test_a_photo_whose_bytes_vanished_is_not_acknowledged_and_can_come_again(
    running: Running,
) -> None:
    station = running.station()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    running.hub.objects.set_aside(PhotoHash.of(PHOTO))
    assert not held(station)
    again = begin(station)
    assert again.headers["Upload-Offset"] == "0"
    patch(station, again.headers["Location"], 0, PHOTO)
    assert held(station)


def test_received_is_not_safe(running: Running) -> None:
    station = running.station()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    assert station.ask(PhotoHash.of(PHOTO)).photos[0].level is Level.RECEIVED


@pytest.mark.parametrize(
    "metadata",
    ["filename Li4vLi4vZXRjL3Bhc3N3ZA==", "filename L2V0Yy9wYXNzd2Q=,filetype", "a,b,c"],
)
def test_path_tricks_in_metadata_lead_nowhere(running: Running, metadata: str) -> None:
    station = running.station()
    headers = {**BODY, "Upload-Length": "5", "Upload-Metadata": metadata}
    answer = station.http.post("/api/photos", headers=headers, content=b"bytes")
    assert answer.status_code == 201
    assert running.stored.names() == sorted([stored_as(b"bytes"), "photos/hub.json"])
    assert list((running.folder / "objects" / "arriving").iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "12x"}, 400),
        ({"Upload-Length": str(257 * 1024 * 1024)}, 413),
        ({"Upload-Length": "5", "Upload-Metadata": "sha256 !!!"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "sha256 Li4v"}, 400),
        ({"Upload-Length": "5", "Tus-Resumable": "0.2.0"}, 412),
    ],
)
def test_a_broken_beginning_gets_one_clear_answer(
    running: Running, headers: dict[str, str], status: int
) -> None:
    station = running.station()
    assert station.http.post("/api/photos", headers={**TUS, **headers}).status_code == status


@pytest.mark.parametrize("name", ["..%2f..%2fhub.sqlite", "0" * 64, "x", "%00"])
def test_an_unknown_upload_is_not_here(running: Running, name: str) -> None:
    station = running.station()
    assert station.http.head(f"/api/photos/{name}", headers=TUS).status_code == 404


def test_an_upload_of_another_device_is_not_here(running: Running) -> None:
    one, other = running.station(1), running.station(2)
    where = begin(one).headers["Location"]
    assert patch(other, where, 0, PHOTO).status_code == 404
    assert httpx2.head(running.url + where, headers=TUS).status_code == 401


def test_a_held_photo_is_never_deleted(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    patch(station, where, 0, PHOTO)
    assert station.http.delete(where, headers=TUS).status_code == 403
    assert held(station)


def test_the_page_counts_photos_as_they_come(running: Running) -> None:
    station = running.station()
    other = b"\x89PNG\r\n\x1a\n" + bytes(50)
    station.finalise(photos=(a_photo(PHOTO), a_photo(other, "label")))
    station.send()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    page = station.page("/").text
    assert "1 of 2 photos, 1 missing" in page
    assert f"/photos/{PhotoHash.of(PHOTO)}" in page
    picture = station.page(f"/photos/{PhotoHash.of(PHOTO)}")
    assert picture.content == PHOTO
    assert picture.headers["Content-Type"] == "image/jpeg"


def test_a_web_page_sent_as_a_photo_is_no_web_page_here(running: Running) -> None:
    station = running.station()
    trick = b"<script>alert(1)</script>"
    patch(station, begin(station, trick).headers["Location"], 0, trick)
    answer = station.page(f"/photos/{PhotoHash.of(trick)}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in answer.headers["Content-Disposition"]

"""What the hub promises about previews that go ahead of large photos."""

from __future__ import annotations

import httpx2
import pytest

from domain.ids import PhotoHash
from hub.previews import SIZE_LIMIT
from tests.builders import a_bomb
from tests.hub.conftest import Running
from tests.hub.station import Station, a_photo
from tests.hub.test_photos import begin, patch
from tests.hub.test_pictures import a_picture, size_of

LARGE = a_picture((1600, 1200))
PREVIEW = a_picture((800, 600), shade=20)
HASH = PhotoHash.of(LARGE)
WORDS = "preview sent by the workstation"


def send(station: Station, data: bytes = PREVIEW, photo: PhotoHash = HASH) -> httpx2.Response:
    return station.http.put(f"/api/photos/{photo}/preview", content=data)


def a_record(station: Station) -> str:
    """The address of the page of a record that names the large photo."""
    entry = station.finalise(photos=(a_photo(LARGE),))
    station.send()
    return f"/interceptions/{entry.head.subject}"


def test_a_preview_is_shown_as_such_until_the_original_is_there(running: Running) -> None:
    station = running.station()
    page = a_record(station)
    assert "on its way" in station.page(page).text
    assert send(station).status_code == 204
    for where in (page, "/"):
        assert WORDS in station.page(where).text
    assert "1 missing" in station.page("/").text
    shown = station.page(f"/photos/{HASH}/sent-preview")
    assert size_of(shown) == (800, 600)
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert size_of(station.page(f"/photos/{HASH}/sent-thumbnail")) == (256, 192)
    assert station.ask_as_bytes(HASH).levels == "-"
    assert station.page(f"/photos/{HASH}").status_code == 404

    patch(station, begin(station, LARGE).headers["Location"], 0, LARGE)

    for where in (page, "/"):
        assert WORDS not in station.page(where).text
    assert station.page(f"/photos/{HASH}/sent-preview").status_code == 404
    assert running.count("preview") == 0
    assert not [name for name in running.stored.names() if ".sent-" in name]


def test_a_preview_is_written_anew_before_anybody_sees_it(running: Running) -> None:
    station = running.station()
    a_record(station)
    tricky = PREVIEW + b"<script>alert(1)</script>"
    assert send(station, tricky).status_code == 204
    assert b"script" not in station.page(f"/photos/{HASH}/sent-preview").content


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "not_a_picture"),
        (b"<script>", 400, "not_a_picture"),
        (b"\xff\xd8\xff\xe0" + bytes(400), 400, "not_a_picture"),
        (a_picture((300, 200), "PNG"), 400, "not_a_picture"),
        (a_bomb(), 400, "not_a_picture"),
        (PREVIEW[:3000], 400, "not_a_picture"),
        (PREVIEW + bytes(SIZE_LIMIT), 413, "too_large"),
    ],
)
def test_what_is_no_preview_is_refused_and_not_shown(
    running: Running, data: bytes, status: int, code: str
) -> None:
    station = running.station()
    page = a_record(station)
    answer = send(station, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert WORDS not in station.page(page).text
    assert station.page(f"/photos/{HASH}/sent-thumbnail").status_code == 404


def test_a_preview_of_another_workstation_is_not_shown_on_our_record(running: Running) -> None:
    ours, theirs = running.station(1), running.station(2)
    page = a_record(ours)
    assert send(theirs).status_code == 204
    assert WORDS not in ours.page(page).text


def test_a_preview_of_a_photo_that_is_held_is_passed_over(running: Running) -> None:
    station = running.station()
    patch(station, begin(station, LARGE).headers["Location"], 0, LARGE)
    assert send(station).status_code == 204
    assert send(station, b"not even looked at").status_code == 204
    assert running.count("preview") == 0


def test_a_preview_needs_a_token_and_a_name(running: Running) -> None:
    station = running.station()
    assert (
        httpx2.put(f"{running.url}/api/photos/{HASH}/preview", content=PREVIEW).status_code == 401
    )
    assert station.http.put("/api/photos/x/preview", content=PREVIEW).status_code == 404


def test_open_pages_hear_of_a_preview(running: Running) -> None:
    station = running.station()
    a_record(station)
    before = station.page("/").text
    send(station)
    version = before.split('data-version="')[1].split('"')[0]
    assert f'data-version="{version}"' not in station.page("/").text

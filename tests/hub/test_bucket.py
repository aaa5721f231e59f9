"""Photos in a bucket of a real S3 store; the other tests of the hub run there too, with
`--objects bucket`.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from domain.ids import HubId, PhotoHash
from hub.build import open_hub
from hub.errors import AddressRefused, CannotServe, PhotosAway
from hub.store.addresses import open_objects
from hub.store.port import Condition, condition
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station
from tests.hub.stored import InBucket, InFolder, stored_as
from tests.hub.test_commands import run
from tests.hub.test_photos import PHOTO, TUS, begin, held, patch
from tests.hub.test_pictures import a_picture, bring
from tests.hub.test_previews import HASH, a_record, send
from tests.s3 import Bucket, Swift

HUB = HubId.from_random(bytes(10))
HALF = len(PHOTO) // 2


@pytest.fixture
def bucket(swift: Swift) -> Bucket:
    """A new bucket."""
    return swift.bucket()


@pytest.fixture
def over(bucket: Bucket, tmp_path: Path) -> Iterator[Running]:
    """A hub whose photos are in the bucket."""
    address = bucket.address(tmp_path / "arriving")
    with run_hub(tmp_path, objects=address, stored=InBucket(bucket)) as running:
        yield running


@pytest.fixture
def down(swift: Swift) -> Iterator[Swift]:
    """The store, which a test may kill; it runs again afterwards."""
    yield swift
    if not swift.running:
        swift.start()


def test_text_goes_on_and_a_photo_waits_while_the_store_is_away(over: Running, down: Swift) -> None:
    station = over.station()
    where = begin(station).headers["Location"]
    assert patch(station, where, 0, PHOTO[:HALF]).status_code == 204
    down.kill()
    for answer in (
        patch(station, where, HALF, PHOTO[HALF:]),
        begin(station, b"another"),
        station.http.head(where, headers=TUS),
    ):
        assert answer.status_code == 503
    assert "the store for photos does not answer" in begin(station, b"another").text
    station.finalise()
    assert station.send().tips
    assert station.page("/").status_code == 200
    down.start()
    assert station.http.head(where, headers=TUS).headers["Upload-Offset"] == str(HALF)
    assert patch(station, where, HALF, PHOTO[HALF:]).status_code == 204
    assert held(station)
    assert over.stored.names() == sorted([stored_as(PHOTO), "photos/hub.json"])


def test_a_store_that_hangs_leaves_threads_for_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    photo = PhotoHash.of(PHOTO)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        store = open_objects(f"s3://x?arriving={tmp_path}&endpoint={endpoint}&region=y")

        def ask() -> None:
            with suppress(PhotosAway):
                store.size(photo)

        for _ in range(24):
            Thread(target=ask, daemon=True).start()
        asked = [silent.accept()[0] for _ in range(24)]
        one_more: Future[object] = Future()

        def ask_again() -> None:
            try:
                one_more.set_result(store.size(photo))
            except PhotosAway as error:
                one_more.set_exception(error)

        Thread(target=ask_again, daemon=True).start()
        with pytest.raises(PhotosAway, match="does not answer"):
            one_more.result(10)
    for each in asked:
        each.close()


def test_processes_that_keep_one_photo_store_it_once(bucket: Bucket, tmp_path: Path) -> None:
    stores = [open_objects(bucket.address(tmp_path / str(n))) for n in range(4)]
    photo = PhotoHash.of(PHOTO)
    for store in stores:
        store.claim(HUB)
        store.append("0123456789abcdef", 0, PHOTO)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda store: store.keep("0123456789abcdef", photo), stores[1:]))
    stores[0].keep("0123456789abcdef", photo)
    assert InBucket(bucket).names() == sorted([stored_as(PHOTO), "photos/hub.json"])
    assert condition(stores[0], photo) is Condition.WHOLE


def test_rotten_bytes_are_set_aside_for_whole_ones(bucket: Bucket, tmp_path: Path) -> None:
    store, stored = open_objects(bucket.address(tmp_path)), InBucket(bucket)
    store.claim(HUB)
    stored.write(stored_as(PHOTO), b"rot")
    store.write(PhotoHash.of(PHOTO), iter([PHOTO]))
    assert stored.read(stored_as(PHOTO)) == PHOTO
    assert stored.read(f"{stored_as(PHOTO)}.damaged") == b"rot"


def test_a_wrong_key_is_named_and_never_shown(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "guessed-secret")
    with pytest.raises(PhotosAway, match="refuses the hub's key") as refused:
        open_hub(f"sqlite://{tmp_path}/hub.sqlite", bucket.address(tmp_path / "arriving"))
    assert "guessed" not in str(refused.value)
    assert not (tmp_path / "hub.sqlite").exists()


def test_a_bucket_of_another_hub_is_refused(over: Running, tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="photos of another hub"):
        open_hub(f"sqlite://{tmp_path}/second.sqlite", over.objects)


@pytest.mark.parametrize(
    "address",
    [
        "s3://photos",
        "s3://photos?arriving=folder",
        "s3:///?arriving=/folder",
        "s3://key:secret@photos?arriving=/folder",
        "s3://photos?arriving=/folder&secret=secret",
    ],
)
def test_an_address_that_lacks_something_is_refused_without_its_secrets(address: str) -> None:
    with pytest.raises(AddressRefused, match="not an address the hub can use") as refused:
        open_objects(address)
    assert "secret" not in f"{refused.value} {refused.value.hint}"


def test_photos_move_to_a_bucket_and_back(tmp_path: Path, bucket: Bucket) -> None:
    address, back = bucket.address(tmp_path / "uploads"), f"file://{tmp_path}/back"
    with run_hub(tmp_path) as running:
        station = running.station()
        ahead = a_record(station)
        send(station)
        picture = a_picture((400, 300))
        bring(station, picture)
        words = ["objects", "move", "--database", f"sqlite://{tmp_path}/hub.sqlite"]
        moved = run(*words, "--objects", running.objects, "--to", address)
        assert (moved.status, "copied and read back: 1 photo" in moved.out) == (0, True)
    with running.hub.database.hold():
        served = run(*words, "--objects", running.objects, "--to", address)
    assert (served.status, served.out) == (3, "")
    assert "another hub is serving from here" in served.err
    done = run(*words, "--objects", running.objects, "--to", address)
    assert "there already: 1 photo" in done.out
    assert run(*words, "--objects", address, "--to", back).status == 0
    assert InBucket(bucket).read(stored_as(picture)) == picture
    assert InFolder(tmp_path / "back").read(stored_as(picture)) == picture
    with run_hub(tmp_path, objects=back) as running:
        shown = Station(running.url, 1, pages=running.pages).page(f"/photos/{HASH}/sent-preview")
        assert shown.status_code == 200
        assert ahead


def test_what_is_not_whole_is_not_moved(over: Running, tmp_path: Path) -> None:
    station = over.station()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    over.stored.write(stored_as(PHOTO), b"rot")
    to = f"file://{tmp_path}/folder"
    words = ["--database", f"sqlite://{tmp_path}/hub.sqlite", "--objects", over.objects]
    done = run("objects", "move", *words, "--to", to)
    assert done.status == 1
    assert f"photo {PhotoHash.of(PHOTO)} is missing or damaged at the hub" in done.out
    assert InFolder(tmp_path / "folder").names() == ["photos/hub.json"]

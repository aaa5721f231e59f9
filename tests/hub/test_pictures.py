"""What the hub promises about pictures of photos that come from strangers."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from domain.ids import PhotoHash
from hub.pictures import NO_READER, Pictures
from hub.store.objects.folder import FolderObjects
from hub.store.port import Derived
from system.decode import DECODER, READY
from tests.builders import a_bomb
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, a_photo
from tests.hub.test_photos import begin, patch

CHILDREN = Path(f"/proc/{os.getpid()}/task")


def a_picture(size: tuple[int, int] = (4000, 3000), form: str = "JPEG", shade: int = 90) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).point(lambda v: (v + shade) % 256).convert("RGB").save(
        out, form
    )
    return out.getvalue()


def bring(station: Station, data: bytes) -> str:
    """The photo is at the hub; its address there."""
    assert patch(station, begin(station, data).headers["Location"], 0, data).status_code == 204
    return f"/photos/{PhotoHash.of(data)}"


def size_of(answer: httpx2.Response) -> tuple[int, int]:
    assert answer.headers["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content)).size


def test_pages_show_small_pictures_and_keep_the_original(running: Running) -> None:
    station = running.station()
    data = a_picture()
    where = bring(station, data)
    assert size_of(station.page(f"{where}/thumbnail")) == (256, 192)
    preview = station.page(f"{where}/preview")
    assert size_of(preview) == (1600, 1200)
    assert preview.headers["Cache-Control"] == "private, no-cache"
    original = station.page(f"{where}/original?download")
    assert original.content == data
    assert original.headers["Content-Disposition"].endswith('.jpeg"')


def test_a_picture_that_was_dropped_is_made_again(running: Running) -> None:
    station = running.station()
    where = bring(station, a_picture((400, 300)))
    before = station.page(f"{where}/thumbnail").content
    (made,) = (name for name in running.stored.names() if name.endswith(".thumbnail"))
    running.stored.remove(made)
    assert station.page(f"{where}/thumbnail").content == before
    running.stored.write(made, b"")  # what a power cut may leave
    assert station.page(f"{where}/thumbnail").content == before


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<script>alert(1)</script>", "not a picture"),
        (a_bomb(), "too large"),
        (a_picture((800, 600))[:9_000], "cut short"),
        (b"\xff\xd8\xff\xe0" + bytes(400), "not a picture"),
    ],
    ids=["page", "bomb", "truncated", "noise"],
)
def test_what_cannot_be_decoded_is_said_calmly_and_can_be_saved(
    running: Running, data: bytes, why: str
) -> None:
    station = running.station()
    entry = station.finalise(photos=(a_photo(data), a_photo(a_picture((320, 240)), "label")))
    station.send()
    where = bring(station, data)
    drawn = station.page(f"{where}/thumbnail")
    assert drawn.status_code == 200
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert why in drawn.text
    assert "no-store" in drawn.headers["Cache-Control"]
    page = station.page(f"/interceptions/{entry.head.subject}").text
    assert "cannot be shown" in page
    assert why in page
    assert f"{where}/original?download" in page
    assert "cannot be shown" in station.page("/").text
    assert station.page(f"{where}/original").content == data
    good = bring(station, a_picture((320, 240)))
    assert size_of(station.page(f"{good}/thumbnail")) == (256, 192)


def test_a_verdict_outlives_the_hub(tmp_path: Path) -> None:
    with run_hub(tmp_path) as first:
        where = bring(first.station(), a_bomb())
        assert "too large" in httpx2.get(f"{first.pages}{where}/preview").text
    with run_hub(tmp_path) as second:
        assert second.hub.pictures.why_not(PhotoHash.of(a_bomb())) == "too large"


def children() -> set[int]:
    """The processes that this one started."""
    return {int(pid) for file in CHILDREN.glob("*/children") for pid in file.read_text().split()}


@pytest.mark.skipif(not CHILDREN.exists(), reason="processes are found in /proc")
def test_a_killed_decoder_is_replaced(running: Running) -> None:
    station = running.station()
    before = children()
    where = bring(station, a_picture((500, 400)))
    assert size_of(station.page(f"{where}/thumbnail")) == (256, 205)
    for child in children() - before:
        os.kill(child, signal.SIGKILL)
    for shade in (1, 2, 3):
        where = bring(station, a_picture((640, 480), shade=shade))
        assert size_of(station.page(f"{where}/thumbnail")) == (256, 192)


@pytest.fixture
def objects(tmp_path: Path) -> FolderObjects:
    """A folder with one good photo in it."""
    objects = FolderObjects(tmp_path)
    objects.write(GOOD, iter([a_picture((320, 240))]))
    return objects


GOOD = PhotoHash.of(a_picture((320, 240)))


@pytest.fixture
def hurried(objects: FolderObjects, tmp_path: Path) -> Iterator[Pictures]:
    """Pictures that wait no time at all for a decoder that never answers."""
    silent = tmp_path / "silent.py"
    ready = f"sys.stdout.buffer.write({READY!r})\nsys.stdout.flush()\n"
    silent.write_text(f"import sys\n{ready}while sys.stdin.buffer.read(1):\n    pass\n")
    pictures = Pictures(objects, seconds=0.0, script=silent)
    yield pictures
    pictures.close()


def test_a_decoder_that_takes_too_long_is_no_verdict_for_ever(
    objects: FolderObjects, hurried: Pictures
) -> None:
    assert hurried.make(GOOD).result().why in ("took too long", "crashed")
    assert hurried.why_not(GOOD)
    patient = Pictures(objects)
    assert patient.why_not(GOOD) == ""
    assert patient.make(GOOD).result().thumbnail
    assert patient.kept(GOOD, Derived.PREVIEW)
    patient.close()


def test_a_decoder_that_does_not_start_is_no_verdict_at_all(
    objects: FolderObjects, tmp_path: Path
) -> None:
    script = tmp_path / "decoder.py"
    pictures = Pictures(objects, script=script)
    assert pictures.make(GOOD).result().why == NO_READER
    assert pictures.why_not(GOOD) == ""
    script.write_text(DECODER.read_text("utf-8"))
    assert pictures.make(GOOD).result().thumbnail
    pictures.close()


def test_a_photo_that_is_asked_for_twice_at_once_is_decoded_once(objects: FolderObjects) -> None:
    pictures = Pictures(objects, decoders=1)
    made = [pictures.make(GOOD) for _ in range(8)]
    assert len({future.result() for future in made}) == 1
    pictures.close()
    assert len(list((objects._derived).rglob("*.preview"))) == 1


@pytest.mark.parametrize("path", ["thumbnail", "preview", "original"])
def test_a_photo_that_is_not_here_is_not_here(running: Running, path: str) -> None:
    assert httpx2.get(f"{running.pages}/photos/{'0' * 64}/{path}").status_code == 404
    assert httpx2.get(f"{running.pages}/photos/..%2f..%2fhub.sqlite/{path}").status_code == 404

"""Photos: original bytes untouched, previews made aside, a bad file harms nothing."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from acts.errors import NotAPicture, PhotoRefused
from acts.interception.add_photo import add_photo, read_photo
from domain.errors import ErrorKind
from domain.ids import PhotoHash
from storage.errors import NotFound
from storage.sealed_file import CHUNK, NotSealed, seal, unseal
from storage.workstation import Workstation
from system.decode import DECODER, Decoder
from system.errors import CannotDecode, CannotWrite, Damaged
from tests.builders import a_bomb, a_photo

KEY, PREFIX = bytes(range(32)), b"prefix7"


def test_the_original_comes_back_to_the_byte_with_its_facts(ws: Workstation) -> None:
    image = Image.new("RGB", (640, 320), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[36867] = "2026:11:23 03:12:08"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    photo = add_photo(ws, out.getvalue(), file_name="a.jpg", role="label", source="camera")

    assert photo.sha256 is not None
    assert ws.photos.original(photo.sha256) == out.getvalue()
    assert (photo.width, photo.height) == (320, 640)
    assert photo.captured_at == "2026-11-23T03:12:08"
    thumbnail = ws.photos.thumbnail(photo.sha256)
    assert thumbnail is not None
    assert Image.open(io.BytesIO(thumbnail)).size == (128, 256)


@pytest.mark.parametrize("words", ["2026 Zedekiah Qarr.", "0000:00:00 00:00:00"])
def test_words_are_no_time_of_the_camera(ws: Workstation, words: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[36867] = words
    out = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(out, "JPEG", exif=exif)

    photo = add_photo(ws, out.getvalue(), file_name="a.jpg", role="label", source="camera")

    assert photo.captured_at is None


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_other_formats_are_shown_too(ws: Workstation, form: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (50, 40), "navy").save(out, form)

    photo = add_photo(ws, out.getvalue(), file_name=f"a.{form}", role=None, source="file")

    assert photo.sha256 is not None
    assert ws.photos.preview(photo.sha256)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_photo(size=(800, 600))[:3000], "cut short"),
        (b"%PDF-1.7 not a picture at all", "not a picture"),
        (a_bomb(), "too large"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_with_one_reason(
    ws: Workstation, data: bytes, words: str
) -> None:
    with pytest.raises(PhotoRefused, match=words):
        add_photo(ws, data, file_name="found.jpg", role=None, source="file")


def test_a_file_of_a_gigabyte_is_refused_by_its_size_and_never_read(tmp_path: Path) -> None:
    file = tmp_path / "film.mov"
    with file.open("wb") as made:
        made.truncate(1024**3)  # it has no blocks on the disk

    tracemalloc.start()
    try:
        with pytest.raises(PhotoRefused, match="larger than 256 MB") as caught:
            read_photo(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert not isinstance(caught.value, NotAPicture), "to keep it as evidence would ask for ever"
    assert most < 1024**2


def test_what_cannot_be_shown_is_kept_as_evidence_when_the_officer_says_so(
    ws: Workstation,
) -> None:
    photo = add_photo(ws, b"not a picture", file_name="x.jpg", role=None, source="file", keep=True)

    assert photo.readable is False
    assert photo.sha256 is not None
    assert ws.photos.original(photo.sha256) == b"not a picture"
    assert ws.photos.thumbnail(photo.sha256) is None


def test_a_decoder_that_hangs_is_ended_and_the_next_photo_is_decoded() -> None:
    decoder = Decoder()

    assert decoder.decode(a_photo(), seconds=0.0).facts.why == "took too long"
    assert decoder.decode(a_photo()).facts.readable
    decoder.close()


@pytest.mark.parametrize(
    ("program", "cause"),
    [
        (None, "No such file"),
        ("import a_module_that_is_lost", "No module named 'a_module_that_is_lost'"),
        ("print('something else')", "it ended with status"),
        ("raise SystemExit(5)", "it ended with status 5"),
    ],
)
def test_a_decoder_that_does_not_start_is_never_the_photos_fault(
    tmp_path: Path, program: str | None, cause: str
) -> None:
    script = tmp_path / "decoder.py"
    if program is not None:
        script.write_text(program)
    decoder = Decoder(script)

    for data in (a_photo(), b"not a picture"):
        with pytest.raises(CannotDecode) as caught:
            decoder.decode(data)
        assert caught.value.kind is ErrorKind.MACHINE
        assert "the program that reads pictures cannot be started" in str(caught.value)
        assert cause in str(caught.value)

    script.write_text(DECODER.read_text("utf-8"))
    assert decoder.decode(a_photo()).facts.readable
    decoder.close()


def test_a_lost_preview_is_made_again_and_a_damaged_original_is_named(ws: Workstation) -> None:
    data = a_photo()
    name = add_photo(ws, data, file_name="a.jpg", role=None, source="file").sha256
    assert name is not None
    files = {path.name: path for path in (ws.home / "photos").rglob("*") if path.is_file()}
    files[f"{name}.preview"].unlink()
    files[f"{name}.thumbnail"].write_bytes(b"scribble")

    assert ws.photos.preview(name)
    assert ws.photos.thumbnail(name)

    sealed = bytearray(files[str(name)].read_bytes())
    sealed[40] ^= 1
    files[str(name)].write_bytes(sealed)
    with pytest.raises(Damaged, match="damaged on the disk"):
        ws.photos.original(name)
    add_photo(ws, data, file_name="a.jpg", role=None, source="file")
    assert ws.photos.original(name) == data


def test_a_photo_that_is_not_here_is_said(ws: Workstation) -> None:
    with pytest.raises(NotFound):
        ws.photos.original(PhotoHash.of(b"never taken"))


def test_a_folder_that_takes_no_files_is_said_and_nothing_is_left(
    ws: Workstation, tmp_path: Path
) -> None:
    photos = ws.home / "photos"
    photos.mkdir(exist_ok=True)
    for first in range(256):
        (photos / f"{first:02x}").write_text("a file where a folder should be")

    with pytest.raises(CannotWrite):
        add_photo(ws, a_photo(), file_name="a.jpg", role=None, source="file")


@given(st.binary(max_size=300), st.integers(0, 3))
def test_what_is_sealed_comes_back(data: bytes, chunks: int) -> None:
    whole = data + bytes(CHUNK * chunks)

    assert unseal(KEY, seal(KEY, whole, PREFIX)) == whole


@given(st.data())
def test_one_changed_bit_cut_or_swap_of_a_sealed_file_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, bytes(range(256)) * 700, PREFIX))
    way = data.draw(st.sampled_from(["flip", "cut", "swap", "grow"]))
    if way == "flip":
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    elif way == "cut":
        del sealed[data.draw(st.integers(0, len(sealed) - 1)) :]
    elif way == "swap":
        step = CHUNK + 16
        first, second = sealed[11 : 11 + step], sealed[11 + step : 11 + 2 * step]
        sealed[11 : 11 + 2 * step] = second + first
    else:
        sealed += b"\x00"

    with pytest.raises(NotSealed):
        unseal(KEY, bytes(sealed))

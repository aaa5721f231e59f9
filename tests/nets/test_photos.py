"""A stranger's photo: decoded apart, within limits, and kept under the hash of its own bytes."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from acts.interception.add_photo import add_photo
from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import over
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from domain.encoding import to_plain
from domain.errors import RecordRefused
from storage import drafts, hub_memory
from storage.cases import complete
from storage.workstation import Workstation
from system.decode import Decoder, Decoders
from system.decoder import FORMATS, MEMORY_LIMIT, PIXELS_LIMIT, WHOLE_LIMIT
from tests.builders import SESSION, Place, a_draft, a_final, a_photo

PHONE = Path(__file__).parents[1] / "storage" / "phone.heic"


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    """A decoder that is ended afterwards."""
    made = Decoder()
    yield made
    made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what the child may do")
def test_the_decoder_may_take_no_more_memory_than_a_photo_can_need(decoder: Decoder) -> None:
    assert decoder.decode(a_photo()).facts.readable

    limits = [limits_of(child) for child in children() if b"decoder.py" in command_of(child)]

    assert limits
    for limit in limits:
        assert limit["Max address space"] == str(MEMORY_LIMIT)
        assert limit["Max core file size"] == "0"


def children() -> list[str]:
    """The process ids of this process's own children."""
    tasks = Path("/proc/self/task").glob("*/children")
    return " ".join(task.read_text() for task in tasks).split()


def command_of(process: str) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def limits_of(process: str) -> dict[str, str]:
    """The soft limits of a process by their names."""
    lines = Path(f"/proc/{process}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): line[26:].split()[0] for line in lines}


@pytest.mark.parametrize("form", ["PPM", "TGA", "ICO", "PCX", "SGI", "EPS", "PDF", "JPEG2000"])
def test_a_picture_in_a_form_that_is_not_listed_is_not_decoded(decoder: Decoder, form: str) -> None:
    """Each decoder that is left out is one less that can have a hole."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "navy").save(out, form)

    assert form not in FORMATS
    assert decoder.decode(out.getvalue()).facts.why == "not a picture"


def test_a_picture_that_would_unpack_beyond_the_limit_is_called_too_large(decoder: Decoder) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, PIXELS_LIMIT // 20_000 + 100)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000

    assert decoder.decode(out.getvalue()).facts.why == "too large"
    assert decoder.decode(a_photo()).facts.readable


def test_a_grey_picture_of_16_bits_is_not_shown_white(decoder: Decoder) -> None:
    """Scientific cameras and scanners write these."""
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257 + 0)
    for form in ("PNG", "TIFF"):
        out = io.BytesIO()
        grey.convert("I;16").save(out, form)

        shown = Image.open(io.BytesIO(decoder.decode(out.getvalue()).preview))

        pixels = [shown.getpixel((9, row)) for row in (10, 128, 245)]
        assert pixels == pytest.approx([10, 128, 245], abs=2), form


def test_the_picture_of_a_phone_is_shown_as_it_was_held(decoder: Decoder) -> None:
    """HEIC, which phones write: teal with a red corner, turned a quarter."""
    decoded = decoder.decode(PHONE.read_bytes())

    assert (decoded.facts.width, decoded.facts.height) == (64, 96)
    assert decoded.facts.captured_at == "2026-11-23T03:12:08"
    shown = Image.open(io.BytesIO(decoded.preview)).convert("RGB")
    assert shown.size == (64, 96)
    for place, colour in (
        ((60, 4), (255, 0, 0)),
        ((4, 4), (0, 128, 128)),
        ((30, 80), (0, 128, 128)),
    ):
        assert shown.getpixel(place) == pytest.approx(colour, abs=24)


@pytest.mark.parametrize("length", [40, 300, 600])
def test_a_cut_picture_of_a_phone_is_damaged_and_the_next_is_shown(
    decoder: Decoder, length: int
) -> None:
    assert decoder.decode(PHONE.read_bytes()[:length]).facts.why == "damaged"
    assert decoder.decode(PHONE.read_bytes()).facts.readable


def test_a_whole_picture_is_every_pixel_of_the_original(decoder: Decoder) -> None:
    noise = Image.effect_noise((2100, 1700), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")

    whole = decoder.whole(out.getvalue())

    assert (whole.facts.shown_width, whole.facts.shown_height) == noise.size
    assert whole.pixels == noise.tobytes()
    assert decoder.whole(b"no picture").pixels == b""


def test_a_very_large_picture_is_made_smaller_to_be_shown_whole(decoder: Decoder) -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 6_000)).save(out, "PNG")

    facts = decoder.whole(out.getvalue()).facts

    assert (facts.width, facts.height) == (12_000, 6_000)
    assert facts.shown_width * facts.shown_height <= WHOLE_LIMIT


def test_two_photos_are_decoded_side_by_side(tmp_path: Path) -> None:
    """Each of two children answers only when the other has been asked."""
    script = tmp_path / "decoder.py"
    script.write_text(MEETING.format(folder=str(tmp_path)))
    decoders = Decoders(script=script)

    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda data: decoders.decode(data, seconds=60), (b"one", b"two")))

    decoders.close()
    assert [decoded.preview for decoded in both] == [b"one", b"two"]


MEETING = """
import os, pathlib, sys, time
out, asked = sys.stdout.buffer, pathlib.Path({folder!r})
out.write(b"decoder2"); out.flush()
size = int.from_bytes(sys.stdin.buffer.read(9)[1:], "big")
data = sys.stdin.buffer.read(size)
(asked / f"{{os.getpid()}}.asked").touch()
while len(list(asked.glob("*.asked"))) < 2:
    time.sleep(0.01)
for part in (b'{{"readable": true}}', data, b"", b""):
    out.write(len(part).to_bytes(8, "big") + part)
out.flush()
sys.stdin.buffer.read()
"""


def test_previews_hold_pixels_alone(decoder: Decoder) -> None:
    """Place, camera and comment of the original stay in the original."""
    exif = Image.Exif()
    exif[0x010E] = "M. Okonjo"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "JPEG", exif=exif, comment=b"M. Okonjo")

    decoded = decoder.decode(out.getvalue())

    for picture in (decoded.preview, decoded.thumbnail):
        assert b"Okonjo" not in picture
        assert not Image.open(io.BytesIO(picture)).getexif()


def test_a_photo_is_named_by_the_sha256_of_the_bytes_that_came(ws: Workstation) -> None:
    data = a_photo(3) + b"bytes behind the picture"

    photo = add_photo(ws, data, file_name="a.jpg", role=None, source="camera")

    assert str(photo.sha256) == hashlib.sha256(data).hexdigest()
    assert photo.size == len(data)


def test_a_record_names_only_photos_that_are_here(ws: Workstation) -> None:
    record = a_draft(ws)
    document: Any = drafts.draft(ws.db, record).document
    lost = dict(document["photos"][0], sha256="00" * 32)
    save_draft(ws, record, over(document, {"photos": [*document["photos"], lost]}))

    with pytest.raises(RecordRefused, match="photos"):
        finalise(ws, record, SESSION)


def test_photos_of_the_oldest_record_are_sent_first(place: Place) -> None:
    with place.open() as ws:
        named = []
        place.clock.go(minutes=120)
        for _ in range(3):
            place.clock.go(minutes=-30)
            named.append({photo.sha256 for photo in complete(ws.db, a_final(ws)).photos})

        waits = hub_memory.waiting_photos(ws.db)

    parts = [set(waits[n : n + 2]) for n in range(0, 6, 2)]
    assert parts == named[::-1]


def test_what_was_typed_into_an_amendment_keeps_the_revision_that_it_amends(
    ws: Workstation,
) -> None:
    record = a_final(ws)
    before = complete(ws.db, record)
    begin_amendment(ws, record)
    amends = drafts.draft(ws.db, record).amends
    for remark in ("one", "two"):
        save_draft(ws, record, to_plain(before) | {"remarks": remark})

    assert drafts.draft(ws.db, record).amends == amends is not None
    amend(ws, record, SESSION, "weighing_error")
    assert complete(ws.db, record).remarks == "two"

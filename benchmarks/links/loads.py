"""What a workstation sends: records with photos of an exact size, recorded by the real commands."""

from __future__ import annotations

import io
import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from tests.builders import a_document
from tests.journeys.desk import SEIZED, an_item

ROLES = ("overview", "label")
LARGE = 400_000
"""Photos over this size are pictures of 12 megapixels, so that their previews are real ones."""
COMMENT_LIMIT = 65_000


@dataclass(frozen=True)
class Load:
    """So many photos of so many bytes each, on records of `per_record` photos."""

    photos: int
    size: int
    per_record: int

    @property
    def records(self) -> int:
        """The number of records."""
        return self.photos // self.per_record

    @property
    def payload(self) -> int:
        """Bytes of all photos."""
        return self.photos * self.size

    def files(self, folder: Path, *, first: int = 0) -> list[Path]:
        """The record files of the load, with their photos beside them.

        `first` is the number of the first record; other numbers make other records and photos.
        """
        folder.mkdir(parents=True)
        return [self._file(folder, first + number) for number in range(self.records)]

    def _file(self, folder: Path, number: int) -> Path:
        listed = []
        for index in range(self.per_record):
            file = folder / f"{number}-{index}.jpg"
            file.write_bytes(a_jpeg(self.size, number * self.per_record + index))
            role = {"role": ROLES[index]} if index < len(ROLES) else {}
            listed.append({"file": file.name, **role})
        head = {"format": "tidewaiter-record/1", "pack": "SAMPLE-MED", "case_ref": f"C{number}"}
        document = {**head, **a_document(consignment={"postal_item_id": an_item(number)})}
        document["photos"] = listed
        document["occasion"]["seized_at"] = SEIZED
        path = folder / f"{number}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path


def a_jpeg(size: int, seed: int) -> bytes:
    """A sound JPEG of exactly `size` bytes; another seed is another picture's file."""
    picture = _picture(size > LARGE)
    left = size - len(picture)
    assert left >= 4, f"the picture alone has {len(picture)} bytes"
    noise = random.Random(seed)
    comments = bytearray()
    while left:
        # what stays must be none, or enough for one more comment with its head of four bytes
        length = min(left, COMMENT_LIMIT) if left <= COMMENT_LIMIT or left > 70_000 else left // 2
        comments += b"\xff\xfe" + (length - 2).to_bytes(2, "big") + noise.randbytes(length - 4)
        left -= length
    return picture[:2] + bytes(comments) + picture[2:]


@cache
def _picture(large: bool) -> bytes:
    width, height, coarseness = (4000, 3000, 110) if large else (640, 480, 12)
    coarse = Image.effect_noise((width // coarseness, height // coarseness), 70)
    whole = coarse.resize((width, height), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    Image.merge("RGB", [whole, whole.rotate(180), whole]).save(out, "JPEG", quality=70)
    return out.getvalue()

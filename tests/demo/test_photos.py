"""The drawn photos are what a reader of barcodes, and an eye, can work with."""

from __future__ import annotations

import io
from datetime import datetime
from random import Random

import pytest
import zxingcpp
from PIL import ExifTags, Image

from demo.photos import bench, goods, parcels
from demo.photos.labels import Stated
from demo.photos.picture import Picture

TAKEN = datetime(2026, 11, 23, 3, 12, 8)
STATED = Stated(
    number="RR473124829GB",
    sender=("Northgate Goods", "14 Kelso Row", "Leeds", "GB"),
    addressee=("M. Okonjo", "Harbour Lane 8", "1142 Port Aster", "XA"),
    description="vitamin capsules",
    category="gift",
    pieces=4,
    weight_kg="0.620",
    value="15 GBP",
)


def photo(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.finish(TAKEN)))


@pytest.mark.parametrize("form", ["cn22", "cn23", "commercial"])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_barcode_of_a_label_is_read_from_the_finished_photo(form: str, seed: int) -> None:
    seen = photo(parcels.label_close(Random(seed), STATED, form))

    assert [code.text for code in zxingcpp.read_barcodes(seen)] == ["RR473124829GB"]


def test_the_number_of_a_sealed_bag_is_read_from_the_finished_photo() -> None:
    inside = goods.powder_bag(Random(1), goods.Printed("M"))

    seen = photo(bench.seal_bag(Random(1), "SB001-000042", inside))

    assert [code.text for code in zxingcpp.read_barcodes(seen)] == ["SB001-000042"]


def test_a_photo_has_the_size_and_the_capture_time_of_a_camera() -> None:
    seen = photo(parcels.parcel(Random(1), STATED, "cn23"))

    assert seen.size == (1600, 1200)
    taken = seen.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal]
    assert taken == "2026:11:23 03:12:08"


def test_the_same_chance_draws_the_same_photo() -> None:
    one, two = (goods.tablets(Random(7), goods.Printed("W")).finish(TAKEN) for _ in range(2))

    assert one == two

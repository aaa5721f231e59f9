"""Labels on consignments: customs declarations CN 22 and CN 23, and carriers' labels."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import zxingcpp
from PIL import Image, ImageDraw

from demo.photos.surfaces import font, handwritten, paper

BLACK = (22, 22, 24)


@dataclass(frozen=True, slots=True)
class Stated:
    """The declared data of a consignment."""

    number: str
    """S10, airwaybill or the courier's own number; printed as a Code 128."""
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    description: str
    category: str
    """Code of the list `cn_categories`."""
    pieces: int
    weight_kg: str
    value: str
    """The value with its currency."""
    carrier: str = ""
    origin: str = ""
    hs_code: str = ""


BOXES = (
    ("gift", "Gift"),
    ("documents", "Documents"),
    ("sale", "Sale of goods"),
    ("sample", "Commercial sample"),
    ("returned", "Returned goods"),
    ("other", "Other"),
)

CERTIFIED = (
    "I, the undersigned, certify that the particulars given are correct and\n"
    "that this item holds no dangerous article. Date and sender's signature:"
)


def code128(text: str, module: int, height: int) -> Image.Image:
    """The barcode, `module` pixels to its narrowest line."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    image: Any = code.to_image(scale=1)  # a buffer; typed as one from Python 3.12
    drawn: Any = memoryview(image)
    row = bytes(drawn[drawn.shape[0] // 2, x] for x in range(drawn.shape[1]))
    line = Image.frombytes("L", (len(row), 1), row)
    return line.resize((len(row) * module, height), Image.Resampling.NEAREST)


def cn22(chance: Random, stated: Stated) -> Image.Image:
    """CN 22 beside the registered-item label, 1400 × 960 pixels (14 × 9.6 cm)."""
    label = paper(chance, (1400, 960))
    draw = ImageDraw.Draw(label)
    _addresses(draw, chance, stated, (40, 30), written=True)
    draw.rectangle((30, 300, 830, 930), outline=BLACK, width=4)
    draw.text((48, 308), "CUSTOMS DECLARATION", font=font(34, bold=True), fill=BLACK)
    draw.text((650, 308), "CN 22", font=font(40, bold=True), fill=BLACK)
    draw.text(
        (48, 352), "May be opened officially   Postal administration", font=font(21), fill=BLACK
    )
    _tick_boxes(draw, chance, stated, (48, 392), 250)
    draw.line((30, 530, 830, 530), fill=BLACK, width=3)
    for x, head in (
        (48, "Quantity and detailed description"),
        (540, "Weight (kg)"),
        (690, "Value"),
    ):
        draw.text((x, 536), head, font=font(20), fill=BLACK)
    handwritten(draw, chance, (52, 575), f"{stated.pieces} x {stated.description}"[:25], 34)
    handwritten(draw, chance, (550, 575), stated.weight_kg, 34)
    handwritten(draw, chance, (676, 575), stated.value, 30)
    for y in (570, 630, 690, 750):
        draw.line((30, y, 830, y), fill=BLACK, width=2)
    for x in (530, 668):
        draw.line((x, 530, x, 750), fill=BLACK, width=2)
    draw.text((48, 696), f"HS {stated.hs_code}   Origin {stated.origin}", font=font(22), fill=BLACK)
    draw.multiline_text((48, 760), CERTIFIED, font=font(20), fill=BLACK)
    _scribble(draw, chance, (420, 850))
    _item_label(label, stated, (850, 520))
    _postmark(draw, chance, (1110, 170))
    return label


def cn23(chance: Random, stated: Stated) -> Image.Image:
    """CN 23, printed by a program, 1400 × 960 pixels."""
    label = paper(chance, (1400, 960))
    draw = ImageDraw.Draw(label)
    draw.rectangle((24, 24, 1376, 936), outline=BLACK, width=5)
    draw.text((40, 34), "CUSTOMS DECLARATION", font=font(40, bold=True), fill=BLACK)
    draw.text((1210, 28), "CN 23", font=font(48, bold=True), fill=BLACK)
    draw.text((600, 46), "May be opened officially", font=font(24), fill=BLACK)
    draw.line((24, 96, 1376, 96), fill=BLACK, width=3)
    _addresses(draw, chance, stated, (40, 104), written=False)
    bars = code128(stated.number, 3, 160)
    label.paste(bars, (1350 - bars.width, 106))
    draw.text(
        (1350 - bars.width + 60, 268), _spaced(stated.number), font=font(38, bold=True), fill=BLACK
    )
    draw.line((24, 330, 1376, 330), fill=BLACK, width=3)
    heads = (
        (40, "Detailed description of contents"),
        (640, "Quantity"),
        (780, "Net weight (kg)"),
        (970, "Value"),
        (1130, "HS tariff no."),
        (1290, "Origin"),
    )
    for x, head in heads:
        draw.text((x, 336), head, font=font(20), fill=BLACK)
    row = (
        stated.description[:34],
        str(stated.pieces),
        stated.weight_kg,
        stated.value,
        stated.hs_code,
        stated.origin,
    )
    for (x, _), cell in zip(heads, row, strict=True):
        draw.text((x, 376), cell, font=font(30), fill=BLACK)
    for y in (366, 424, 482, 540):
        draw.line((24, y, 1376, y), fill=BLACK, width=2)
    for x in (630, 770, 960, 1120, 1280):
        draw.line((x, 330, x, 540), fill=BLACK, width=2)
    draw.text((40, 548), "Category of item", font=font(22, bold=True), fill=BLACK)
    _tick_boxes(draw, chance, stated, (40, 588), 300)
    draw.text(
        (40, 730),
        "Licence no.          Certificate no.          Invoice no.",
        font=font(22),
        fill=BLACK,
    )
    draw.line((24, 720, 1376, 720), fill=BLACK, width=3)
    draw.text((760, 790), "Date and sender's signature", font=font(22), fill=BLACK)
    _scribble(draw, chance, (800, 850))
    return label


def carrier_label(chance: Random, stated: Stated) -> Image.Image:
    """The label of a courier or an airline, thermal print, 1400 × 960 pixels."""
    label = paper(chance, (1400, 960), (250, 250, 247))
    draw = ImageDraw.Draw(label)
    draw.rectangle((20, 20, 1380, 940), outline=BLACK, width=6)
    draw.rectangle((20, 20, 1380, 150), fill=BLACK)
    draw.text((50, 38), stated.carrier.upper(), font=font(70, bold=True), fill=(250, 250, 247))
    draw.text((1120, 38), f"{stated.origin} >", font=font(70, bold=True), fill=(250, 250, 247))
    _addresses(draw, chance, stated, (50, 165), written=False)
    draw.line((20, 460, 1380, 460), fill=BLACK, width=4)
    draw.text((50, 470), f"CONTENTS: {stated.description.upper()[:40]}", font=font(34), fill=BLACK)
    draw.text(
        (50, 520),
        f"PCS {stated.pieces}   WT {stated.weight_kg} KG   VAL {stated.value}",
        font=font(34, bold=True),
        fill=BLACK,
    )
    bars = code128(stated.number, 5, 250)
    label.paste(bars, ((1400 - bars.width) // 2, 590))
    draw.text((420, 855), _spaced(stated.number), font=font(54, bold=True), fill=BLACK)
    return label


def _item_label(label: Image.Image, stated: Stated, at: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(label)
    x, y = at
    draw.rectangle((x, y, x + 540, y + 400), fill=(252, 252, 250), outline=(90, 90, 92), width=2)
    draw.text((x + 20, y + 8), stated.number[0], font=font(110, bold=True), fill=BLACK)
    words = {"R": "RECOMMANDÉ", "C": "COLIS / PARCEL", "L": "TRACKED", "U": "PRIME", "E": "EMS"}
    draw.text(
        (x + 130, y + 50),
        words.get(stated.number[0], "PRIORITY"),
        font=font(40, bold=True),
        fill=BLACK,
    )
    bars = code128(stated.number, 3, 170)
    label.paste(bars, (x + (540 - bars.width) // 2, y + 150))
    text = _spaced(stated.number)
    wide = font(40, bold=True).getlength(text)
    draw.text((x + (540 - wide) / 2, y + 326), text, font=font(40, bold=True), fill=BLACK)


def _addresses(
    draw: ImageDraw.ImageDraw, chance: Random, stated: Stated, at: tuple[int, int], *, written: bool
) -> None:
    x, y = at
    for head, lines, left in (("From", stated.sender, x), ("To", stated.addressee, x + 400)):
        draw.text((left, y), head, font=font(22, bold=True), fill=BLACK)
        for index, line in enumerate(lines):
            here = (left, y + 32 + index * 46)
            if written:
                handwritten(draw, chance, here, line[:19], 33)
            else:
                draw.text(here, line[:26], font=font(29), fill=BLACK)


def _tick_boxes(
    draw: ImageDraw.ImageDraw, chance: Random, stated: Stated, at: tuple[int, int], step: int
) -> None:
    for index, (code, words) in enumerate(BOXES):
        x, y = at[0] + index % 3 * step, at[1] + index // 3 * 60
        draw.rectangle((x, y, x + 34, y + 34), outline=BLACK, width=3)
        draw.text((x + 44, y), words, font=font(24), fill=BLACK)
        if stated.category.startswith(code):
            handwritten(draw, chance, (x + 2, y - 14), "X", 44)


def _scribble(draw: ImageDraw.ImageDraw, chance: Random, at: tuple[int, int]) -> None:
    x, y = at
    points = [
        (x + step * 17 + chance.uniform(-8, 8), y + chance.uniform(-34, 34) * (1 - step / 24))
        for step in range(18)
    ]
    draw.line(points, fill=(30, 46, 126), width=4, joint="curve")


def _postmark(draw: ImageDraw.ImageDraw, chance: Random, at: tuple[int, int]) -> None:
    x, y = at[0] + chance.randrange(-30, 30), at[1]
    ink = (70, 74, 92)
    for radius in (110, 72):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=5)
    draw.text((x - 64, y - 26), f"{chance.randrange(1, 28):02} 11 26", font=font(34), fill=ink)
    for line in range(5):
        top = y - 60 + line * 30
        draw.line((x + 112, top, x + 240, top + chance.randrange(-6, 6)), fill=ink, width=4)


def _spaced(number: str) -> str:
    if len(number) == 13:
        return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:11]} {number[11:]}"
    return number

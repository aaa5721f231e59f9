"""Surfaces: cardboard, paper, steel, a cutting mat; each a picture made of noise from a seed."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from system.resources import RESOURCES

FONTS = RESOURCES / "fonts"
Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont
PEN: Colour = (32, 48, 128)


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> Font:
    """The font of all printed text in the pictures."""
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), size)


def grain(chance: Random, size: tuple[int, int], cell: tuple[int, int]) -> Image.Image:
    """Grey noise of that size; `cell` is how many pixels one grain is wide and high."""
    small = (max(2, size[0] // cell[0]), max(2, size[1] // cell[1]))
    noise = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    return noise.resize(size, Image.Resampling.BICUBIC) if small != size else noise


def dyed(grey: Image.Image, colour: Colour, strength: float) -> Image.Image:
    """A surface of one colour; the grey noise makes it lighter or darker by at most `strength` (0
    to 1).
    """
    bands = []
    for part in colour:
        table = [
            min(255, max(0, round(part * (1 + (g - 128) / 128 * strength)))) for g in range(256)
        ]
        bands.append(grey.point(table))
    return Image.merge("RGB", bands)


def paper(chance: Random, size: tuple[int, int], colour: Colour = (246, 245, 240)) -> Image.Image:
    """Paper of a label: almost uniform."""
    mixed = Image.blend(grain(chance, size, (90, 90)), grain(chance, size, (2, 2)), 0.4)
    return dyed(mixed, colour, 0.035)


def cardboard(
    chance: Random, size: tuple[int, int], colour: Colour = (190, 150, 106)
) -> Image.Image:
    """Corrugated brown board: fibres, the faint lines of the flutes, and some dirt."""
    flutes = grain(chance, size, (7, 10**6))
    fibres = grain(chance, size, (3, 1))
    clouds = grain(chance, size, (160, 160))
    board = Image.blend(Image.blend(fibres, flutes, 0.35), clouds, 0.4)
    face = dyed(board, colour, 0.17)
    draw = ImageDraw.Draw(face)
    for _ in range(5):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        long, high = chance.randrange(20, 120), chance.randrange(-14, 14)
        dark = tuple(part - 22 for part in colour)
        draw.line((x, y, x + long, y + high), fill=dark, width=2)
    return face


def steel(chance: Random, size: tuple[int, int]) -> Image.Image:
    """A brushed steel table."""
    brushed = Image.blend(grain(chance, size, (300, 2)), grain(chance, size, (400, 300)), 0.4)
    return dyed(brushed, (158, 163, 168), 0.16)


def laminate(chance: Random, size: tuple[int, int]) -> Image.Image:
    """A pale speckled counter."""
    speckled = Image.blend(grain(chance, size, (3, 3)), grain(chance, size, (500, 400)), 0.55)
    return dyed(speckled, (196, 194, 186), 0.14)


def mat(chance: Random, size: tuple[int, int], per_cm: float) -> Image.Image:
    """A dark green cutting mat with a grid of centimetres."""
    ground = Image.blend(grain(chance, size, (2, 2)), grain(chance, size, (300, 300)), 0.5)
    face = dyed(ground, (52, 92, 82), 0.13)
    draw = ImageDraw.Draw(face)
    for axis in (0, 1):
        for number in range(int(size[axis] / per_cm) + 1):
            at = number * per_cm
            strong = number % 5 == 0
            line = (at, 0, at, size[1]) if axis == 0 else (0, at, size[0], at)
            draw.line(line, fill=(150, 178, 160) if strong else (84, 124, 110), width=2)
    return face


def handwritten(
    draw: ImageDraw.ImageDraw,
    chance: Random,
    at: tuple[float, float],
    text: str,
    size: int,
) -> None:
    """Block letters of a ball pen, with small random shifts and sizes."""
    x, y = at
    for letter in text:
        face = font(size + chance.choice((-2, -1, 0, 1, 2)))
        draw.text(
            (x, y + chance.uniform(-size, size) * 0.06),
            letter,
            font=face,
            fill=PEN,
            stroke_width=1 if size > 40 else 0,
        )
        x += face.getlength(letter) * chance.uniform(0.93, 1.02)

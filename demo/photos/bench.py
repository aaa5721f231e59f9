"""Photos at the officer's bench: the scale with its display, the sealed bag, the X-ray picture."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.photos.camera import HEIGHT, WIDTH, Camera, flat
from demo.photos.labels import BLACK, code128
from demo.photos.picture import Picture
from demo.photos.surfaces import Colour, dyed, font, grain

SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abfgcd",
}


def scale(chance: Random, weight_kg: str, thing: Image.Image) -> Picture:
    """A bench scale that shows the weight, with the thing on its pan."""
    camera = Camera((chance.uniform(-4, 4), -40, 30), (0, -3, 2.5), focal=1700)
    scene = Picture(chance, camera, "laminate")
    body = dyed(grain(chance, (900, 760), (3, 3)), (70, 76, 84), 0.08)
    front = dyed(grain(chance, (900, 210), (3, 3)), (92, 98, 106), 0.08)
    _display(front, weight_kg)
    side = dyed(grain(chance, (400, 210), (3, 3)), (60, 66, 74), 0.08)
    scene.box((body, front, side), (0, 0), (30, 25, 6.5))
    brushed = Image.blend(
        grain(chance, (900, 700), (200, 2)), grain(chance, (900, 700), (300, 300)), 0.4
    )
    pan = dyed(brushed, (186, 190, 194), 0.13)
    scene.lay(pan, flat(0, 1.6, 27, 19, z=7.2))
    corners = flat(chance.uniform(-1, 1), 2.0, 13.5, 15.5, z=7.6, turn=chance.uniform(-0.15, 0.15))
    scene.shadow([*corners], spread=1.2)
    scene.lay(thing, corners)
    return scene


def seal_bag(chance: Random, number: str, inside: Image.Image) -> Picture:
    """A closed tamper-evident bag with its number as text and barcode."""
    camera = Camera((chance.uniform(-3, 3), -14, 37), (0, 0.2, 0), focal=1680)
    scene = Picture(chance, camera, chance.choice(("steel", "laminate", "mat")))
    bag = Image.new("RGBA", (1000, 1320), (0, 0, 0, 0))
    draw = ImageDraw.Draw(bag)
    draw.rounded_rectangle((4, 4, 995, 1315), 20, fill=(222, 228, 232, 120))
    inner = inside.convert("RGBA").resize((660, 700))
    bag.alpha_composite(inner.rotate(chance.uniform(-14, 14), Image.Resampling.BICUBIC), (170, 560))
    film = Image.new("RGBA", bag.size, (228, 234, 238, 0))
    film.putalpha(bag.getchannel("A").point(lambda v: 60 if v else 0))
    bag.alpha_composite(film)
    draw = ImageDraw.Draw(bag)
    draw.rectangle((4, 4, 995, 90), fill=(198, 32, 40, 255))
    draw.text(
        (30, 16), "TAMPER EVIDENT  -  CLOSE HERE", font=font(46, bold=True), fill=(255, 255, 255)
    )
    draw.rectangle(
        (40, 120, 960, 500), fill=(252, 252, 250, 255), outline=(20, 60, 120, 255), width=6
    )
    draw.text((66, 128), "SEALED EVIDENCE", font=font(52, bold=True), fill=(20, 60, 120))
    bars = code128(number, 4, 120)
    bag.paste(bars, (60, 210))
    draw.text((66, 336), number, font=font(60, bold=True), fill=BLACK)
    draw.text(
        (66, 420), "Officer ________   Witness ________   Date ________", font=font(30), fill=BLACK
    )
    draw.rectangle((4, 1270, 995, 1315), fill=(198, 32, 40, 255))
    for _ in range(14):
        x, y = chance.randrange(30, 900), chance.randrange(520, 1240)
        draw.line(
            (x, y, x + chance.randrange(20, 200), y + chance.randrange(-120, 120)),
            fill=(255, 255, 255, 190),
            width=chance.choice((1, 2, 5)),
        )
    corners = flat(0, 0, 19.5, 25.5, z=0.3, turn=chance.uniform(-0.05, 0.05))
    scene.shadow([*corners], spread=1.0)
    scene.lay(bag, corners)
    return scene


def xray(chance: Random, kind: str) -> Picture:
    """A parcel in the X-ray scanner's colours: organic orange, metal blue, mixed green.

    `kind` is `dense` (one mass) or anything else (tablets in rows).
    """
    scene = Picture(chance, Camera((0, 0, 30), (0, 0.01, 0)), "laminate")
    field = Image.new("RGB", (WIDTH, HEIGHT), (250, 250, 248))
    _absorb(field, (230, 226, 206), [(240, 170, 1360, 1010)], "box")
    _absorb(field, (236, 214, 170), [(240, 170, 1360, 1010)], "frame")
    for colour in ((150, 206, 160), (236, 178, 96), (240, 206, 140)):
        things = []
        for _ in range(chance.randrange(1, 3)):
            x, y = chance.randrange(300, 1050), chance.randrange(220, 780)
            things.append((x, y, x + chance.randrange(110, 260), y + chance.randrange(80, 180)))
        _absorb(field, colour, things, "box")
    if kind == "dense":
        for layer in range(4):
            mass = (520 + layer * 22, 440 + layer * 18, 1010 - layer * 30, 800 - layer * 24)
            _absorb(field, (232, 160, 70), [mass], "ellipse")
    else:
        corners = [(420 + n % 10 * 64, 440 + n // 10 * 92) for n in range(40)]
        _absorb(field, (226, 150, 70), [(x, y, x + 48, y + 70) for x, y in corners], "ellipse")
    wires = []
    for _ in range(3):
        x, y = chance.randrange(280, 1200), chance.randrange(220, 900)
        wires.append((x, y, x + chance.randrange(60, 180), y + chance.randrange(-50, 50)))
    _absorb(field, (70, 96, 170), wires, "line")
    draw = ImageDraw.Draw(field)
    draw.rectangle((0, 0, WIDTH, 64), fill=(24, 28, 34))
    words = f"LANE 2   kV 160   IMG {chance.randrange(10**5, 10**6)}"
    draw.text((24, 12), words, font=font(34), fill=(120, 220, 140))
    draw.rectangle((490, 400, 1050, 850), outline=(220, 30, 40), width=7)
    scene.image.paste(field)
    return scene


def _absorb(
    field: Image.Image, colour: Colour, things: Sequence[tuple[int, int, int, int]], shape: str
) -> None:
    """Darken the pixels by an absorbing thing with this colour; things behind it stay visible."""
    mask = Image.new("L", (WIDTH // 4, HEIGHT // 4), 0)
    draw = ImageDraw.Draw(mask)
    for thing in things:
        a, b, c, d = (part // 4 for part in thing)
        if shape == "ellipse":
            draw.ellipse((a, b, c, d), fill=255)
        elif shape == "line":
            draw.line((a, b, c, d), fill=255, width=4)
        else:
            fill, outline = (255, 0) if shape == "box" else (0, 255)
            draw.rounded_rectangle((a, b, c, d), 4, fill=fill, outline=outline, width=4)
    mask = mask.filter(ImageFilter.GaussianBlur(0.8))
    clear = Image.new("RGB", mask.size, "white")
    ink = Image.composite(Image.new("RGB", mask.size, colour), clear, mask)
    field.paste(ImageChops.multiply(field, ink.resize(field.size)))


def _display(front: Image.Image, weight_kg: str) -> None:
    draw = ImageDraw.Draw(front)
    draw.rounded_rectangle((190, 22, 710, 188), 14, fill=(26, 30, 28))
    draw.rectangle((204, 34, 696, 176), fill=(168, 188, 160))
    text = weight_kg.rjust(6)
    x = 208.0
    for letter in text:
        if letter == ".":
            draw.ellipse((x - 9, 148, x + 3, 160), fill=(22, 30, 24))
            x += 12
            continue
        for name in SEGMENTS.get(letter, ""):
            draw.polygon(_segment(name, x, 50.0), fill=(22, 30, 24))
        x += 66
    draw.text((632, 118), "kg", font=font(44, bold=True), fill=(22, 30, 24))
    draw.text((40, 80), "TARE", font=font(34, bold=True), fill=(220, 224, 228))
    draw.text((762, 80), "ZERO", font=font(34, bold=True), fill=(220, 224, 228))


def _segment(name: str, x: float, y: float) -> list[tuple[float, float]]:
    """One bar of a seven-segment digit 48 wide and 108 high."""
    w, h, t = 46.0, 108.0, 11.0
    left, right, top, middle, bottom = x, x + w, y, y + h / 2, y + h
    bars = {
        "a": (left + 3, top, right - 3, top + t),
        "b": (right - t, top + 3, right, middle - 2),
        "c": (right - t, middle + 2, right, bottom - 3),
        "d": (left + 3, bottom - t, right - 3, bottom),
        "e": (left, middle + 2, left + t, bottom - 3),
        "f": (left, top + 3, left + t, middle - 2),
        "g": (left + 3, middle - t / 2, right - 3, middle + t / 2),
    }
    a, b, c, d = bars[name]
    return [(a, b), (c, b), (c, d), (a, d)]

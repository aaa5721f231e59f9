"""Photos of consignments: the parcel, its label from near, a container's doors."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.photos.camera import HEIGHT, WIDTH, Camera, flat
from demo.photos.labels import Stated, carrier_label, cn22, cn23
from demo.photos.picture import Picture
from demo.photos.surfaces import Colour, cardboard, dyed, font, grain

TONES = ((190, 150, 106), (178, 138, 94), (203, 166, 122), (214, 208, 198))
PER_CM = 30


def label_of(chance: Random, stated: Stated, form: str) -> Image.Image:
    """The label for a declaration form (`CN22`, `CN23`, else a carrier's label)."""
    if form.upper().replace(" ", "") == "CN22":
        return cn22(chance, stated)
    return cn23(chance, stated) if form.upper().startswith("CN") else carrier_label(chance, stated)


def parcel(chance: Random, stated: Stated, form: str) -> Picture:
    """The whole consignment from above: box, tape, label, on the inspection table."""
    wide, deep, high = chance.uniform(30, 36), chance.uniform(23, 27), chance.uniform(8, 17)
    camera = Camera((chance.uniform(-9, 9), -42, 50), (0, -1, high / 2), focal=1640)
    scene = Picture(chance, camera, chance.choice(("steel", "laminate", "mat")))
    tone = chance.choice(TONES)
    top = cardboard(chance, (int(wide * PER_CM), int(deep * PER_CM)), tone)
    _tape(top, chance, top.height // 2 + chance.randrange(-20, 20))
    label = label_of(chance, stated, form).resize((int(15 * PER_CM), int(10.3 * PER_CM)))
    label = label.convert("RGBA").rotate(
        chance.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True
    )
    left = int(wide * PER_CM * 0.55) - 200 + chance.randrange(-30, 90)
    _stick(top, label, (left, 110 + chance.randrange(0, 170)))
    front = cardboard(chance, (int(wide * PER_CM), int(high * PER_CM)), tone)
    _tape(front, chance, -1, end=True)
    _print_on_board(front, chance)
    side = cardboard(chance, (int(deep * PER_CM), int(high * PER_CM)), tone)
    scene.box((top, front, side), (0, 0), (wide, deep, high), turn=chance.uniform(-0.12, 0.12))
    return scene


def label_close(chance: Random, stated: Stated, form: str) -> Picture:
    """The label from near, so that every line and the barcode can be read."""
    camera = Camera((chance.uniform(-0.7, 0.7), -5.5, 17.6), (0, -0.2, 0), focal=1690)
    scene = Picture(chance, camera, "laminate")
    board = cardboard(chance, (1500, 1150), chance.choice(TONES))
    _tape(board, chance, 90)
    scene.lay(board, flat(0, 0, 30, 23))
    label = label_of(chance, stated, form)
    turn = chance.uniform(-0.035, 0.035)
    corners = flat(chance.uniform(-0.3, 0.3), -0.2, 14, 9.6, turn=turn)
    scene.shadow([*corners], spread=0.05, strength=150)
    scene.lay(label, corners)
    return scene


def container(chance: Random, number: str, seal: str) -> Picture:
    """The doors of a freight container with its number, the seal on the right-hand bar."""
    colour: Colour = chance.choice(((138, 58, 44), (46, 82, 120), (76, 96, 72), (150, 104, 44)))
    camera = Camera((0, 0, 30), (0, 0.01, 0))
    scene = Picture(chance, camera, "laminate")
    size = (WIDTH, HEIGHT)
    paint = Image.blend(grain(chance, size, (160, 240)), grain(chance, size, (2, 3)), 0.4)
    wall = dyed(paint, colour, 0.22)
    draw = ImageDraw.Draw(wall)
    for x in range(-20, WIDTH, 92):  # the corrugation: light side, dark side
        draw.rectangle((x, 0, x + 14, HEIGHT), fill=_scaled(colour, 1.25))
        draw.rectangle((x + 40, 0, x + 58, HEIGHT), fill=_scaled(colour, 0.68))
    wall = wall.filter(ImageFilter.GaussianBlur(3))
    draw = ImageDraw.Draw(wall)
    for x in (250, 560, 1040, 1350):  # locking bars
        draw.rectangle((x, 0, x + 34, HEIGHT), fill=(146, 150, 150))
        draw.line((x + 8, 0, x + 8, HEIGHT), fill=(205, 208, 208), width=6)
        draw.line((x + 32, 0, x + 32, HEIGHT), fill=(86, 90, 92), width=6)
    draw.rectangle((794, 0, 806, HEIGHT), fill=_scaled(colour, 0.3))
    text = f"{number[:4]} {number[4:10]} {number[10:]}"
    draw.text((850, 110), text[:-2], font=font(72, bold=True), fill=(236, 234, 226))
    draw.rectangle((1392, 116, 1462, 206), outline=(236, 234, 226), width=6)
    draw.text((1408, 110), number[10:], font=font(72, bold=True), fill=(236, 234, 226))
    plate = ("MAX GROSS  30 480 KG", "TARE   2 230 KG", "CU CAP   33.2 CU M", "22G1")
    for index, line in enumerate(plate):
        draw.text((856, 250 + index * 52), line, font=font(38), fill=(228, 226, 218))
    draw.ellipse((1010, 770, 1100, 860), fill=(212, 178, 46), outline=(90, 74, 20), width=4)
    draw.rectangle((1040, 690, 1068, 790), fill=(182, 186, 188))
    draw.text((1016, 797), seal[-6:], font=font(22, bold=True), fill=(30, 26, 10))
    for _ in range(60):  # rust
        x, y, r = chance.randrange(WIDTH), chance.randrange(HEIGHT), chance.randrange(2, 9)
        draw.ellipse((x, y, x + r, y + r * 2), fill=(92, 52, 30))
    scene.image.paste(
        wall.rotate(chance.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=(60, 60, 60))
    )
    return scene


def _tape(face: Image.Image, chance: Random, at: int, *, end: bool = False) -> None:
    """Brown parcel tape along the front at height `at`, or down the middle of a short side."""
    wide = face.width if not end else 140
    high = 140 if not end else int(face.height * 0.55)
    strip = Image.new("RGBA", (wide, high), (176, 132, 78, 165))
    draw = ImageDraw.Draw(strip)
    for _ in range(26):
        x, y = chance.randrange(wide), chance.randrange(high)
        draw.line(
            (x, y, x + chance.randrange(30, 200), y + chance.randrange(-6, 6)),
            fill=(232, 206, 160, 90),
            width=chance.randrange(1, 5),
        )
    draw.rectangle((0, 0, wide - 1, high - 1), outline=(226, 198, 150, 120), width=3)
    x = 0 if not end else face.width // 2 - 70
    y = at - 70 if not end else 0
    face.paste(strip.convert("RGB"), (x, y), strip.getchannel("A"))


def _stick(face: Image.Image, label: Image.Image, at: tuple[int, int]) -> None:
    """A label on a side, with the thin shadow of its edge."""
    sheet = label.convert("RGBA")
    alpha = sheet.getchannel("A")
    dark = Image.new("RGB", sheet.size, (60, 44, 28))
    face.paste(dark, (at[0] + 4, at[1] + 5), alpha.point(lambda v: v // 2))
    face.paste(sheet.convert("RGB"), at, alpha)


def _print_on_board(face: Image.Image, chance: Random) -> None:
    draw = ImageDraw.Draw(face)
    ink = (104, 76, 50)
    x, y = 50, max(10, face.height - 150)
    words = chance.choice(("FRAGILE", "THIS SIDE UP", "HANDLE WITH CARE"))
    draw.text((x, y), words, font=font(64, bold=True), fill=ink)


def _scaled(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255, int(part * factor)) for part in colour)
    return red, green, blue

"""Unpacked goods: cartons and blisters, vials, tablets, powder in a bag."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.photos.camera import Camera, flat
from demo.photos.picture import Picture
from demo.photos.surfaces import Colour, dyed, font, grain, paper

INKS: tuple[Colour, ...] = (
    (24, 84, 150),
    (150, 34, 60),
    (22, 118, 104),
    (104, 58, 140),
    (196, 96, 24),
    (40, 60, 76),
)
WHITE = (250, 250, 248)


@dataclass(frozen=True, slots=True)
class Printed:
    """The text that is printed on goods, and their look."""

    name: str
    strength: str = ""
    lot: str = ""
    expiry: str = ""
    maker: str = ""
    colour: Colour = (228, 226, 214)
    """Colour of the tablet, capsule or powder itself."""


def cartons(
    chance: Random, printed: Printed, *, blisters: bool = True, ground: str = ""
) -> Picture:
    """Printed boxes, with their content in front of them."""
    camera = Camera((chance.uniform(-5, 5), -23, 25), (-0.5, 2.2, 1.0), focal=1750)
    scene = Picture(chance, camera, ground or chance.choice(("mat", "mat", "steel")))
    ink = chance.choice(INKS)
    faces = (
        _carton_face(chance, printed, ink),
        _carton_edge(chance, printed, ink, 620),
        _carton_edge(chance, printed, ink, 320),
    )
    places = [(-9.0, 8.0), (3.0, 8.5), (-3.5, 7.4)]
    for number, (x, y) in enumerate(places[: chance.randrange(2, 4)]):
        z = 2.6 if number == 2 else 0.0
        scene.box(
            faces,
            (x + chance.uniform(-0.5, 0.5), y),
            (11.0, 5.6, 2.6),
            turn=chance.uniform(-0.12, 0.12),
            z=z,
        )
    if blisters:
        for number in range(chance.randrange(2, 4)):
            sheet = blister(chance, printed, front=number % 2 == 0)
            corners = flat(
                -8.4 + number * 8.2,
                -3.2 + chance.uniform(-1, 1),
                10.0,
                4.6,
                z=0.1,
                turn=chance.uniform(-0.3, 0.3),
            )
            scene.shadow([*corners], spread=0.6)
            scene.lay(sheet, corners)
    else:
        leaflet = _leaflet(chance, printed)
        corners = flat(0, -4.0, 9.5, 6.6, z=0.05, turn=chance.uniform(-0.2, 0.2))
        scene.shadow([*corners], spread=0.3)
        scene.lay(leaflet, corners)
    return scene


def blister(chance: Random, printed: Printed, *, front: bool) -> Image.Image:
    """A blister of ten: `front` shows the pockets, the back shows the printed foil."""
    size = (700, 320)
    sheen = Image.blend(grain(chance, size, (40, 30)), grain(chance, size, (2, 2)), 0.3)
    foil = dyed(sheen, (196, 198, 200), 0.16)
    draw = ImageDraw.Draw(foil)
    if not front:
        for row in range(4):
            for column in range(3):
                at = (18 + column * 236 - row % 2 * 40, 14 + row * 76)
                draw.text(
                    at,
                    f"{printed.name} {printed.strength}"[:20],
                    font=font(22, bold=True),
                    fill=(70, 84, 110),
                )
                draw.text(
                    (at[0], at[1] + 30),
                    f"LOT {printed.lot}  EXP {printed.expiry}",
                    font=font(15),
                    fill=(86, 90, 96),
                )
        return foil
    empty = chance.randrange(10) if chance.random() < 0.4 else -1
    for number in range(10):
        x, y = 20 + number % 5 * 134, 22 + number // 5 * 146
        draw.rounded_rectangle((x, y, x + 122, y + 130), 56, fill=(172, 175, 178))
        if number == empty:
            draw.rounded_rectangle((x + 14, y + 26, x + 108, y + 104), 36, fill=(120, 122, 126))
            continue
        dark = tuple(int(part * 0.7) for part in printed.colour)
        draw.rounded_rectangle((x + 14, y + 34, x + 112, y + 106), 36, fill=dark)
        draw.rounded_rectangle((x + 12, y + 26, x + 106, y + 98), 36, fill=printed.colour)
        draw.rounded_rectangle((x + 24, y + 34, x + 76, y + 50), 8, fill=(252, 252, 252))
        draw.arc((x, y, x + 122, y + 130), 200, 300, fill=(240, 242, 244), width=5)
    return foil.filter(ImageFilter.GaussianBlur(0.8))


def vials(chance: Random, printed: Printed) -> Picture:
    """Glass vials with crimped caps, standing in a row."""
    camera = Camera((chance.uniform(-4, 4), -20, 10), (-0.5, 2, 2.8), focal=1900)
    scene = Picture(chance, camera, "laminate")
    ink, cap = chance.choice(INKS), chance.choice(INKS)
    for number in range(9):
        back = number < 5
        x = (number - 2) * 3.6 - (0 if back else 16.2)
        y = (4.5 if back else 0.0) + chance.uniform(-0.4, 0.4)
        base = flat(x, y, 2.4, 1.6)
        scene.shadow([*base], spread=1.6)
        upright = ((x - 1.35, y, 6.0), (x + 1.35, y, 6.0), (x + 1.35, y, 0.0), (x - 1.35, y, 0.0))
        scene.lay(_vial(printed, ink, cap), upright, shade=0.9 if back else 1.0)
    return scene


def tablets(chance: Random, printed: Printed, count: int = 130) -> Picture:
    """Loose tablets in a steel dish."""
    camera = Camera((chance.uniform(-3, 3), -15, 26), (0, 0, 0), focal=1750)
    scene = Picture(chance, camera, chance.choice(("mat", "laminate")))
    dish = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    draw = ImageDraw.Draw(dish)
    for inset, grey in ((0, 150), (10, 214), (26, 178), (44, 196)):
        draw.ellipse((inset, inset, 899 - inset, 899 - inset), fill=(grey, grey + 2, grey + 4, 255))
    for _ in range(count):
        way, far = chance.uniform(0, 6.283), 330 * math.sqrt(chance.random())
        _tablet(draw, chance, printed, 450 + far * math.cos(way), 450 + far * math.sin(way))
    corners = flat(0, 0, 19, 19)
    rim = [(9.4 * math.cos(step / 4), 9.4 * math.sin(step / 4), 0.0) for step in range(25)]
    scene.shadow(rim, spread=1.5)
    scene.lay(dish.filter(ImageFilter.GaussianBlur(0.9)), corners)
    return scene


def powder(chance: Random, printed: Printed, note: str = "") -> Picture:
    """A press-seal bag of powder or crystal."""
    camera = Camera((chance.uniform(-3, 3), -17, 27), (0, 0, 0), focal=1750)
    scene = Picture(chance, camera, chance.choice(("mat", "steel")))
    corners = flat(0, 0, 15.5, 19.5, z=0.2, turn=chance.uniform(-0.2, 0.2))
    scene.shadow([*corners], spread=1.2)
    scene.lay(powder_bag(chance, printed, note), corners)
    return scene


def powder_bag(chance: Random, printed: Printed, note: str = "") -> Image.Image:
    """The bag, 760 × 960 pixels, transparent at its edges."""
    bag = Image.new("RGBA", (760, 960), (0, 0, 0, 0))
    draw = ImageDraw.Draw(bag)
    draw.rounded_rectangle((6, 6, 753, 953), 26, fill=(225, 230, 232, 120))
    draw.rectangle((6, 60, 753, 84), fill=(170, 196, 214, 190))
    heap = Image.new("L", (190, 240), 0)
    paint = ImageDraw.Draw(heap)
    for _ in range(9):
        x, y = chance.randrange(20, 100), chance.randrange(90, 150)
        paint.ellipse((x, y, x + chance.randrange(50, 80), y + chance.randrange(50, 80)), fill=255)
    paint.rounded_rectangle((14, 122, 176, 228), 22, fill=255)
    heap = heap.filter(ImageFilter.GaussianBlur(5)).resize((760, 960), Image.Resampling.BICUBIC)
    lumps = Image.blend(
        grain(chance, (760, 960), (60, 46)), grain(chance, (760, 960), (14, 12)), 0.35
    )
    lumps = Image.blend(lumps, grain(chance, (760, 960), (3, 3)), 0.22)
    slope = ImageChops.offset(heap, -16, -22)
    lumps = Image.blend(lumps, slope.point(lambda v: 60 + v // 2), 0.35)
    bag.paste(dyed(lumps, printed.colour, 0.5), (0, 0), heap.point(lambda v: min(255, v * 2)))
    draw = ImageDraw.Draw(bag)
    for _ in range(16):  # creases of the film
        x, y = chance.randrange(20, 700), chance.randrange(90, 900)
        long, high = chance.randrange(30, 160), chance.randrange(-90, 90)
        draw.line(
            (x, y, min(748, x + long), y + high),
            fill=(255, 255, 255, 255),
            width=chance.choice((1, 2, 4)),
        )
    if note:
        draw.rectangle((240, 120, 680, 270), fill=WHITE)
        draw.text((262, 130), note, font=font(44, bold=True), fill=(20, 20, 24))
        draw.text((262, 196), "handle with gloves", font=font(32), fill=(60, 60, 64))
    return bag


def _tablet(
    draw: ImageDraw.ImageDraw, chance: Random, printed: Printed, x: float, y: float
) -> None:
    light = chance.uniform(0.92, 1.06)
    face = tuple(min(255, int(part * light)) for part in printed.colour)
    edge = tuple(int(part * 0.62) for part in printed.colour)
    draw.ellipse((x - 28, y - 20, x + 36, y + 44), fill=(70, 74, 78))
    draw.ellipse((x - 32, y - 26, x + 32, y + 38), fill=edge)
    draw.ellipse((x - 32, y - 32, x + 32, y + 30), fill=face)
    if chance.random() < 0.3:
        draw.line((x - 24, y + 4, x + 24, y - 6), fill=edge, width=3)
    else:
        draw.text((x - 12, y - 22), printed.name[:1], font=font(30, bold=True), fill=edge)
    draw.arc((x - 28, y - 28, x + 28, y + 26), 190, 290, fill=(255, 255, 255), width=3)


def _carton_face(chance: Random, printed: Printed, ink: Colour) -> Image.Image:
    face = paper(chance, (1100, 560), WHITE)
    draw = ImageDraw.Draw(face)
    draw.rectangle((0, 0, 1100, 150), fill=ink)
    draw.polygon(((700, 560), (1100, 230), (1100, 560)), fill=_pale(ink))
    size = 96 if len(printed.name) < 15 else 66
    draw.text((44, 10 if size == 96 else 30), printed.name, font=font(size, bold=True), fill=WHITE)
    draw.text((44, 172), printed.strength, font=font(64, bold=True), fill=ink)
    draw.text((44, 290), printed.maker, font=font(40), fill=(60, 64, 70))
    draw.text((44, 400), f"LOT {printed.lot}", font=font(44), fill=(30, 30, 32))
    draw.text((44, 462), f"EXP {printed.expiry}", font=font(44), fill=(30, 30, 32))
    return face


def _carton_edge(chance: Random, printed: Printed, ink: Colour, wide: int) -> Image.Image:
    edge = paper(chance, (wide, 150), WHITE)
    draw = ImageDraw.Draw(edge)
    draw.rectangle((0, 118, wide, 150), fill=ink)
    draw.text(
        (20, 12), f"{printed.name} {printed.strength}"[:34], font=font(40, bold=True), fill=ink
    )
    draw.text(
        (20, 70), f"LOT {printed.lot}   EXP {printed.expiry}", font=font(28), fill=(50, 50, 52)
    )
    return edge


def _leaflet(chance: Random, printed: Printed) -> Image.Image:
    sheet = paper(chance, (950, 660), (244, 243, 238))
    draw = ImageDraw.Draw(sheet)
    draw.text((40, 26), printed.name, font=font(50, bold=True), fill=(30, 30, 32))
    for line in range(15):
        long = chance.randrange(560, 860) if line % 5 else 320
        draw.line((40, 120 + line * 34, 40 + long, 120 + line * 34), fill=(120, 122, 126), width=8)
    draw.line((475, 0, 475, 660), fill=(214, 212, 206), width=4)
    return sheet


def _vial(printed: Printed, ink: Colour, cap: Colour) -> Image.Image:
    vial = Image.new("RGBA", (270, 600), (0, 0, 0, 0))
    draw = ImageDraw.Draw(vial)
    draw.rounded_rectangle((10, 150, 260, 596), 44, fill=(206, 222, 226, 190))
    draw.rectangle((84, 90, 186, 170), fill=(206, 222, 226, 200))
    draw.rounded_rectangle((16, 260, 254, 590), 40, fill=(*printed.colour, 150))
    draw.rectangle((66, 30, 204, 110), fill=(186, 190, 194, 255))
    draw.rounded_rectangle((60, 6, 210, 46), 14, fill=(*cap, 255))
    draw.rectangle((10, 300, 260, 520), fill=(*WHITE, 255))
    draw.rectangle((10, 300, 260, 350), fill=(*ink, 255))
    draw.text((24, 303), printed.name[:13], font=font(33, bold=True), fill=WHITE)
    draw.text((24, 362), printed.strength[:16], font=font(30, bold=True), fill=(40, 40, 44))
    draw.text((24, 418), f"LOT {printed.lot}", font=font(26), fill=(40, 40, 44))
    draw.text((24, 462), f"EXP {printed.expiry}", font=font(26), fill=(40, 40, 44))
    for x, alpha in ((26, 200), (44, 90), (236, 70)):
        draw.line((x, 170, x, 570), fill=(255, 255, 255, alpha), width=9 if alpha == 200 else 14)
    side = Image.linear_gradient("L").rotate(90).resize(vial.size).point(lambda v: max(0, v - 195))
    glass = vial.getchannel("A").point(lambda v: 255 if v else 0)
    vial.paste((40, 46, 54, 255), (0, 0), ImageChops.darker(side, glass))
    return vial


def _pale(colour: Colour) -> Colour:
    red, green, blue = (int(part + (255 - part) * 0.7) for part in colour)
    return red, green, blue


def opened(chance: Random, printed: Printed) -> Picture:
    """The goods on the floor of the opened box."""
    return cartons(chance, printed, blisters=False, ground="board")

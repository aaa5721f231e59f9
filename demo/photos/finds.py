"""What is found beside parcels: animals in a bag, the doors of a lorry, bottles, banknotes."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.photos.camera import Camera, flat
from demo.photos.goods import INKS
from demo.photos.picture import Picture
from demo.photos.surfaces import Colour, dyed, font, grain, paper

SHELLS: tuple[Colour, ...] = ((112, 92, 52), (134, 108, 58), (96, 84, 48))
DARK: Colour = (30, 30, 34)
NOTE_COLOURS: tuple[Colour, ...] = ((206, 168, 150), (168, 186, 206), (176, 200, 168))


def tortoises(chance: Random, count: int) -> Picture:
    """Tortoises from above, in the open bag in which they were carried."""
    camera = Camera((chance.uniform(-3, 3), -14, 26), (0, 0, 0), focal=1500)
    scene = Picture(chance, camera, "laminate")
    cloth = dyed(grain(chance, (1400, 1000), (3, 3)), (52, 62, 84), 0.3)
    scene.shadow([*flat(0, 0, 27, 19)], spread=0.8)
    scene.lay(cloth, flat(0, 0, 27, 19, z=0.05))
    for number in range(count):
        x = -10.4 + number % 4 * 6.8 + chance.uniform(-0.6, 0.6)
        y = 5.4 - number // 4 * 5.4 + chance.uniform(-0.5, 0.5)
        corners = flat(x, y, 6.0, 5.0, z=0.4, turn=chance.uniform(-0.35, 0.35))
        scene.shadow([*corners], spread=0.3)
        scene.lay(_tortoise(chance), corners)
    return scene


def suitcase(chance: Random) -> Picture:
    """A suitcase as it came off the belt, closed, with its tag."""
    camera = Camera((chance.uniform(-6, 6), -42, 50), (0, -1, 5), focal=1500)
    scene = Picture(chance, camera, "steel")
    colour = chance.choice(INKS)
    faces = []
    for size in ((1000, 700), (1000, 260), (700, 260)):
        face = dyed(grain(chance, size, (3, 3)), colour, 0.25)
        draw = ImageDraw.Draw(face)
        draw.rounded_rectangle(
            (18, 18, size[0] - 18, size[1] - 18), 30, outline=(30, 30, 34), width=6
        )
        faces.append(face)
    ribs = ImageDraw.Draw(faces[0])
    for x in range(140, 900, 120):
        ribs.line((x, 60, x, 640), fill=DARK, width=8)
    ImageDraw.Draw(faces[1]).rounded_rectangle(
        (380, 60, 620, 130), 24, outline=(210, 210, 210), width=16
    )
    scene.box((faces[0], faces[1], faces[2]), (0, 0), (46, 30, 11), turn=chance.uniform(-0.1, 0.1))
    tag = paper(chance, (640, 120))
    ImageDraw.Draw(tag).text(
        (40, 36), "ASTER  AX  0220", font=font(40, bold=True), fill=(20, 20, 20)
    )
    scene.lay(tag, flat(12, -20, 14, 2.6, z=0.1, turn=0.1))
    return scene


def lorry(chance: Random, plate: str, seal: str) -> Picture:
    """The rear doors of a trailer, with its registration and the seal."""
    scene = Picture(chance, Camera((0, 0, 30), (0, 0.01, 0)), "laminate")
    size = scene.image.size
    wall = dyed(grain(chance, size, (180, 260)), (196, 200, 204), 0.1)
    draw = ImageDraw.Draw(wall)
    wide, high = size
    for x in (0.14, 0.36, 0.62, 0.84):  # locking bars
        left = int(wide * x)
        draw.rectangle((left, 0, left + 26, high), fill=(128, 132, 134))
        draw.line((left + 6, 0, left + 6, high), fill=(216, 218, 218), width=5)
    draw.rectangle((wide // 2 - 6, 0, wide // 2 + 6, high), fill=(70, 74, 78))
    bottom = int(high * 0.8)
    draw.rectangle((0, bottom, wide, high), fill=(44, 46, 50))
    left = wide // 2 - 260
    draw.rounded_rectangle((left, bottom + 40, left + 520, bottom + 160), 14, fill=(240, 214, 70))
    draw.text((left + 50, bottom + 52), plate, font=font(76, bold=True), fill=(24, 24, 24))
    at = (int(wide * 0.62) - 30, int(high * 0.55))
    draw.ellipse((*at, at[0] + 96, at[1] + 96), fill=(60, 112, 190), outline=(20, 40, 80), width=5)
    draw.text((at[0] + 8, at[1] + 36), seal[-6:], font=font(20, bold=True), fill=(240, 244, 250))
    scene.image.paste(wall.rotate(chance.uniform(-1, 1), fillcolor=(60, 60, 60)))
    return scene


def bottles(chance: Random, name: str, strength: str) -> Picture:
    """Bottles in two rows, their labels to the front."""
    camera = Camera((chance.uniform(-4, 4), -24, 11), (-0.5, 2, 4.4), focal=1500)
    scene = Picture(chance, camera, "steel")
    ink = chance.choice(INKS)
    for number in range(11):
        back = number < 6
        x = (number - 2.5) * 4.0 - (0 if back else 22)
        y = (5.0 if back else 0.0) + chance.uniform(-0.3, 0.3)
        scene.shadow([*flat(x, y, 3.0, 2.0)], spread=1.5)
        upright = ((x - 1.6, y, 10), (x + 1.6, y, 10), (x + 1.6, y, 0), (x - 1.6, y, 0))
        scene.lay(_bottle(chance, name, strength, ink), upright, shade=0.9 if back else 1.0)
    return scene


def banknotes(chance: Random, sums: tuple[tuple[str, str], ...]) -> Picture:
    """Bundles of notes by currency, with a slip for each sum."""
    camera = Camera((chance.uniform(-4, 4), -17, 24), (0, 0, 0), focal=1500)
    scene = Picture(chance, camera, "mat")
    for row, (currency, amount) in enumerate(sums):
        colour = NOTE_COLOURS[row % len(NOTE_COLOURS)]
        for number in range(4):
            face = paper(chance, (560, 270), colour)
            draw = ImageDraw.Draw(face)
            draw.rectangle((14, 14, 546, 256), outline=(90, 84, 80), width=4)
            draw.ellipse((350, 40, 520, 230), outline=(110, 100, 96), width=6)
            draw.text((40, 90), currency, font=font(64, bold=True), fill=(84, 74, 70))
            draw.rectangle((240, 0, 320, 270), fill=(236, 232, 220))
            edge = paper(chance, (560, 60), colour)
            at = (-10.5 + number * 6.4 + chance.uniform(-0.3, 0.3), 4.4 - row * 5.6)
            scene.box((face, edge, edge), at, (5.8, 2.9, 1.1), turn=chance.uniform(-0.1, 0.1))
        slip = paper(chance, (420, 120))
        ImageDraw.Draw(slip).text(
            (20, 30), f"{currency} {amount}", font=font(56, bold=True), fill=(30, 34, 60)
        )
        scene.lay(slip, flat(-9.2, 1.9 - row * 5.6, 5.4, 1.5, z=0.06))
    return scene


def _tortoise(chance: Random) -> Image.Image:
    made = Image.new("RGBA", (480, 400), (0, 0, 0, 0))
    draw, shell = ImageDraw.Draw(made), chance.choice(SHELLS)
    skin = (120, 112, 78, 255)
    draw.ellipse((400, 160, 478, 240), fill=skin)
    for x, y in ((330, 20), (330, 310), (70, 20), (70, 310)):
        draw.ellipse((x, y, x + 80, y + 70), fill=skin)
    draw.ellipse((30, 40, 430, 360), fill=(*(part // 2 for part in shell), 255))
    draw.ellipse((38, 46, 422, 350), fill=(*shell, 255))
    middles = [(130 + 100 * n, 200) for n in range(3)]
    middles += [(100 + 88 * n, y) for n in range(4) for y in (104, 296)]
    for x, y in middles:
        plate = [
            (x + 50 * math.cos(turn * math.pi / 3), y + 46 * math.sin(turn * math.pi / 3))
            for turn in range(6)
        ]
        draw.polygon(plate, fill=(74, 60, 30, 255))
        draw.polygon(
            [(x + (px - x) * 0.6, y + (py - y) * 0.6) for px, py in plate],
            fill=(*(min(255, int(part * 1.35)) for part in shell), 255),
        )
    return made.filter(ImageFilter.GaussianBlur(1.5))


def _bottle(chance: Random, name: str, strength: str, ink: Colour) -> Image.Image:
    made = Image.new("RGBA", (260, 800), (0, 0, 0, 0))
    draw = ImageDraw.Draw(made)
    glass = (188, 204, 198, 225)
    draw.rectangle((104, 0, 156, 70), fill=(*ink, 255))
    draw.rectangle((108, 66, 152, 250), fill=glass)
    draw.rounded_rectangle((30, 220, 230, 796), 46, fill=glass)
    draw.line((56, 280, 56, 760), fill=(240, 248, 244, 255), width=10)
    label = paper(chance, (196, 300))
    words = ImageDraw.Draw(label)
    words.rectangle((8, 8, 188, 292), outline=ink, width=4)
    words.text((18, 60), name, font=font(34, bold=True), fill=ink)
    words.text((18, 200), strength, font=font(24), fill=(60, 60, 60))
    made.paste(label, (32, 400))
    return made

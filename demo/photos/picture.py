"""Draws one photo: things are drawn first, then the effects of light, lens and camera."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from random import Random

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter

from demo.photos.camera import HEIGHT, WIDTH, Camera, Corners, Pixel, Point, coefficients, flat
from demo.photos.surfaces import cardboard, grain, laminate, mat, steel

SHADOW_SCALE = 8
"""Shadows are drawn smaller by this factor and then enlarged."""


class Picture:
    """A scene of 1600 × 1200 pixels; the same random numbers give the same picture."""

    def __init__(self, chance: Random, camera: Camera, ground: str = "steel") -> None:
        self.chance = chance
        self.camera = camera
        self.image = Image.new("RGB", (WIDTH, HEIGHT), (120, 122, 124))
        if ground == "mat":
            self.lay(mat(chance, (1800, 1500), 15.0), flat(0, 14, 120, 100))
        elif ground == "steel":
            self.image.paste(steel(chance, (WIDTH, HEIGHT)))
        elif ground == "board":
            self.image.paste(cardboard(chance, (WIDTH, HEIGHT)))
        else:
            self.image.paste(laminate(chance, (WIDTH, HEIGHT)))

    def lay(self, texture: Image.Image, corners: Corners, shade: float = 1.0) -> None:
        """Draw a flat texture between four corners in space; `shade` 1 is full light."""
        quad = self.camera.quad(corners)
        left = max(0, int(min(x for x, _ in quad)))
        top = max(0, int(min(y for _, y in quad)))
        right = min(WIDTH, int(max(x for x, _ in quad)) + 1)
        bottom = min(HEIGHT, int(max(y for _, y in quad)) + 1)
        if right <= left or bottom <= top:
            return
        texture = _fitting(texture.convert("RGBA"), right - left, bottom - top)
        if shade != 1.0:
            texture = _shaded(texture, shade)
        (a, b), (c, d), (e, f), (g, h) = ((x - left, y - top) for x, y in quad)
        drawn = texture.transform(
            (right - left, bottom - top),
            Image.Transform.PERSPECTIVE,
            coefficients(((a, b), (c, d), (e, f), (g, h)), *texture.size),
            Image.Resampling.BILINEAR,
        )
        self.image.paste(drawn.convert("RGB"), (left, top), drawn.getchannel("A"))

    def box(
        self,
        faces: tuple[Image.Image, Image.Image, Image.Image],
        at: tuple[float, float],
        size: tuple[float, float, float],
        *,
        turn: float = 0.0,
        z: float = 0.0,
    ) -> None:
        """A box of `size` (wide, deep, high) with its top, front and side drawn."""
        wide, deep, high = size
        top = flat(*at, wide, deep, z=z + high, turn=turn)
        base = flat(*at, wide, deep, z=z, turn=turn)
        self.shadow([*base], spread=high * 0.35)
        if self.camera.position[0] > at[0]:
            self.lay(faces[2], (top[2], top[1], base[1], base[2]), 0.62)
        else:
            self.lay(faces[2], (top[0], top[3], base[3], base[0]), 0.62)
        self.lay(faces[1], (top[3], top[2], base[2], base[3]), 0.8)
        self.lay(faces[0], top)

    def shadow(self, corners: Sequence[Point], spread: float = 1.0, strength: int = 120) -> None:
        """The soft shadow of a thing on the table, falling to the right and towards us."""
        middle = (
            sum(c[0] for c in corners) / len(corners),
            sum(c[1] for c in corners) / len(corners),
        )
        for grow, offset, dark in ((1.01, 0.12, strength), (1.06, 0.5, strength // 2)):
            points: list[Pixel] = []
            for x, y, z in corners:
                wide = middle[0] + (x - middle[0]) * grow + spread * offset
                deep = middle[1] + (y - middle[1]) * grow - spread * offset * 0.6
                px, py = self.camera.project((wide, deep, z))
                points.append((px / SHADOW_SCALE, py / SHADOW_SCALE))
            self.darken(points, dark, blur=2.0 + spread * grow)

    def darken(self, points: Sequence[Pixel], strength: int, blur: float) -> None:
        """Darken a polygon (in pixels divided by `SHADOW_SCALE`), with a soft edge."""
        mask = Image.new("L", (WIDTH // SHADOW_SCALE, HEIGHT // SHADOW_SCALE), 0)
        ImageDraw.Draw(mask).polygon(list(points), fill=strength)
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).resize((WIDTH, HEIGHT))
        self.image.paste((18, 20, 24), (0, 0), mask)

    def finish(self, at: datetime, camera_name: str = "Practice Camera 2") -> bytes:
        """The JPEG, as a camera wrote it at the local time `at`."""
        image = ImageChops.multiply(self.image, _light(self.chance))
        noise = grain(self.chance, (WIDTH // 2, HEIGHT // 2), (1, 1)).resize((WIDTH, HEIGHT))
        image = Image.blend(image, Image.merge("RGB", (noise,) * 3), 0.028)
        exif = Image.Exif()
        stamp = at.strftime("%Y:%m:%d %H:%M:%S")
        exif[ExifTags.Base.Make] = "Tidewaiter"
        exif[ExifTags.Base.Model] = camera_name
        exif[ExifTags.Base.DateTime] = stamp
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = stamp
        file = io.BytesIO()
        image.save(file, "JPEG", quality=85, exif=exif)
        return file.getvalue()


def _fitting(texture: Image.Image, width: int, height: int) -> Image.Image:
    """The texture, reduced first when it is drawn much smaller, so that thin lines stay visible."""
    factor = max(1.0, min(texture.width / max(1, width), texture.height / max(1, height)))
    if factor < 1.5:
        return texture
    return texture.resize(
        (max(1, round(texture.width / factor)), max(1, round(texture.height / factor))),
        Image.Resampling.LANCZOS,
    )


def _shaded(texture: Image.Image, shade: float) -> Image.Image:
    *colours, alpha = texture.split()
    return Image.merge("RGBA", [*(c.point(lambda v: int(v * shade)) for c in colours), alpha])


def _light(chance: Random) -> Image.Image:
    """A lamp from the upper left, and the lens that darkens its corners."""
    wide, high = WIDTH // 16, HEIGHT // 16
    x, y = chance.uniform(0.25, 0.5) * wide, chance.uniform(0.15, 0.45) * high
    reach = (wide * wide + high * high) / 1.25
    rows = bytes(
        round(255 * (1 - 0.42 * min(1.0, ((i - x) ** 2 + (j - y) ** 2) / reach)))
        for j in range(high)
        for i in range(wide)
    )
    light = Image.frombytes("L", (wide, high), rows).resize(
        (WIDTH, HEIGHT), Image.Resampling.BICUBIC
    )
    warm = chance.uniform(0.93, 1.0)
    return Image.merge("RGB", (light, light, light.point(lambda v: int(v * warm))))

"""A pinhole camera above an inspection table; it maps flat drawings into its picture."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 1600, 1200

Point = tuple[float, float, float]
"""A point in centimetres: x to the right, y away from the officer, z up from the table."""
Corners = tuple[Point, Point, Point, Point]
"""Corners in the order top left, top right, bottom right, bottom left of the picture."""
Pixel = tuple[float, float]
Quad = tuple[Pixel, Pixel, Pixel, Pixel]
"""The same four corners in the picture."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera is, what it looks at, and its focal length in pixels."""

    position: Point
    target: Point
    focal: float = 1700.0

    def project(self, point: Point) -> Pixel:
        """The position of a point in the picture, in pixels."""
        forward = _unit(_minus(self.target, self.position))
        right = _unit(_cross(forward, (0.0, 0.0, 1.0)))
        up = _cross(right, forward)
        way = _minus(point, self.position)
        depth = max(_dot(way, forward), 0.1)
        return (
            WIDTH / 2 + self.focal * _dot(way, right) / depth,
            HEIGHT / 2 - self.focal * _dot(way, up) / depth,
        )

    def quad(self, corners: Corners) -> Quad:
        """The positions of four corners in the picture."""
        a, b, c, d = (self.project(corner) for corner in corners)
        return a, b, c, d


def flat(
    x: float, y: float, wide: float, deep: float, *, z: float = 0.0, turn: float = 0.0
) -> Corners:
    """The corners of a flat thing on the table with its centre at (x, y); `turn` is a slope."""
    corners = []
    for u, v in ((-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)):
        du, dv = u * wide, v * deep
        corners.append((x + du - turn * dv, y + dv + turn * du, z))
    a, b, c, d = corners
    return a, b, c, d


def coefficients(quad: Quad, width: float, height: float) -> tuple[float, ...]:
    """The eight numbers with which Pillow draws a `width` × `height` texture into `quad`.

    Square to quadrilateral after Heckbert (1989), inverted.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    den = dx1 * dy2 - dx2 * dy1 or 1e-9
    g, h = (dx3 * dy2 - dx2 * dy3) / den, (dx1 * dy3 - dx3 * dy1) / den
    a, b, c = x1 - x0 + g * x1, x3 - x0 + h * x3, x0
    d, e, f = y1 - y0 + g * y1, y3 - y0 + h * y3, y0
    # The adjugate is the inverse times a factor; the division by the last number removes the
    # factor.
    rows = (
        (e - f * h, c * h - b, b * f - c * e),
        (f * g - d, a - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    last = rows[2][2] or 1e-9
    across = (number * width / last for number in rows[0])
    down = (number * height / last for number in rows[1])
    return (*across, *down, rows[2][0] / last, rows[2][1] / last)


def _minus(a: Point, b: Point) -> Point:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Point, b: Point) -> Point:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _unit(a: Point) -> Point:
    length = _dot(a, a) ** 0.5
    return a[0] / length, a[1] / length, a[2] / length

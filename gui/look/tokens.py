"""The only table of colours, sizes and distances; all other files use its names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme, as `#RRGGBB`.

    A name that ends in `soft` is a background for its colour.
    """

    bg: str
    card: str
    line: str
    soft: str
    text: str
    mute: str
    accent: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    rail: str
    rail_text: str
    rail_on: str
    rail_chosen: str
    edge: str


LIGHT = Palette(
    bg="#F4F5F7", card="#FFFFFF", line="#D5D9E0", soft="#E9ECF1", text="#16202E", mute="#566173",
    accent="#0B5CAD", accent_soft="#E3EEFA", on_accent="#FFFFFF", ok="#1B7340", ok_soft="#E2F3E8",
    warn="#8A5300", warn_soft="#FCF0DC", bad="#B3261E", bad_soft="#FBE6E4", rail="#132238",
    rail_text="#C9D4E3", rail_on="#22385A", rail_chosen="#FFFFFF", edge="#858E9C",
)  # fmt: skip

DARK = Palette(
    bg="#12171F", card="#1A212C", line="#333D4C", soft="#232C39", text="#E7ECF3", mute="#9AA7B8",
    accent="#6CB1F5", accent_soft="#1B3350", on_accent="#0C1520", ok="#6CCB91", ok_soft="#17352A",
    warn="#E9B567", warn_soft="#3A2E18", bad="#FF8A80", bad_soft="#43211F", rail="#0C1119",
    rail_text="#A9B6C8", rail_on="#1D2A3D", rail_chosen="#FFFFFF", edge="#66758B",
)  # fmt: skip

TEXT_ON_GROUND = (
    ("text", "bg"), ("text", "card"), ("text", "soft"), ("text", "accent_soft"),
    ("text", "bad_soft"), ("mute", "bg"), ("mute", "card"), ("accent", "card"), ("accent", "bg"),
    ("accent", "accent_soft"), ("mute", "accent_soft"),
    ("on_accent", "accent"), ("ok", "card"), ("ok", "ok_soft"),
    ("warn", "card"), ("warn", "warn_soft"), ("bad", "card"), ("bad", "bad_soft"),
    ("rail_text", "rail"), ("rail_chosen", "rail_on"), ("rail_text", "rail_on"),
)  # fmt: skip
"""Every pair of text and background colours in the style sheet."""

GAP_1, GAP_2, GAP_3, GAP_4, GAP_5 = 4, 8, 12, 16, 24
CORNER, CARD_CORNER = 6, 8
TEXT_SMALL, TEXT_BODY, TEXT_LARGE, TEXT_BIG, TEXT_TITLE = 12, 14, 16, 18, 20
TARGET = 36
"""The minimum height in pixels of everything that is pressed, for hands with gloves."""
RAIL_WIDTH, RAIL_NARROW, NARROW_BELOW = 200, 56, 1100
SIDE_WIDTH, SIDE_WIDEST = 342, 620
TILE_WIDTH, TILE_HEIGHT = 144, 108


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

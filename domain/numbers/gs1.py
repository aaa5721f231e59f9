"""Reads the DataMatrix code of a medicine pack: GTIN, lot, expiry, serial.

Rule: GS1 General Specifications: element strings of application identifier and value; values of
a length that is not laid down end at an FNC1 (sent by scanners as GS, 0x1D) or at the end.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from domain.numbers import gtin

GS = "\x1d"
_SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
"""What a scanner sends before GS1-128, DataBar, DataMatrix, QR code and DotCode (ISO/IEC 15424)."""
_FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6,
    "15": 6, "16": 6, "17": 6, "18": 6, "19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6,
    "35": 6, "36": 6, "41": 13,
}  # fmt: skip
"""Length of the value by the first two digits of the identifier (predefined lengths)."""
_THREE = ("23", "24", "25", "40", "41", "42", "71")
_FOUR = ("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82")
_WIDE = dict.fromkeys(_THREE, 3) | dict.fromkeys(_FOUR, 4)
"""Length of the identifier by its first two digits, where it is not two."""
_LONGEST = 90
_VARIABLE_LIMIT = {"10": 20, "21": 20, "22": 20}
_LOST_SEPARATOR = re.compile(r".17[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class PackLabel:
    """The values read from the code; a value that the code does not have is empty.

    `gtin` has 14 digits as printed, also when its check digit is wrong. `rest` has the other
    identifiers with their values unchanged. `doubtful`: the scanner seems to have dropped a
    separator, so lot or serial may hold more than they should.
    """

    gtin: str = ""
    lot: str = ""
    expiry: date | None = None
    serial: str = ""
    rest: tuple[tuple[str, str], ...] = ()
    doubtful: bool = False


def read(text: str) -> PackLabel | None:
    """The label in the scanned `text`; None when it is not a GS1 element string.

    Accepts the text of a scanner (with or without the symbology before it) and the text printed
    below a code, `(01)09521234543213(17)270900(10)ABC`.
    """
    elements = _printed(text) if text.lstrip().startswith("(") else _scanned(text)
    if not elements:
        return None
    held: dict[str, str] = {}
    for identifier, value in elements:
        held.setdefault(identifier, value)
    expiry = read_expiry(held.get("17", ""))
    named = ("01", "10", "21") + (("17",) if expiry else ())
    return PackLabel(
        gtin=held.get("01", ""),
        lot=held.get("10", ""),
        expiry=expiry,
        serial=held.get("21", ""),
        rest=tuple((a, v) for a, v in held.items() if a not in named),
        doubtful=any(_doubtful(a, v) for a, v in elements),
    )


def read_expiry(text: str) -> date | None:
    """The day of `YYMMDD`, years 2000 to 2099; day 00 is the last day of the month."""
    found = re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{2})", text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        last = calendar.monthrange(2000 + year, month)[1]
        return date(2000 + year, month, day or last)
    except ValueError:
        return None


def _scanned(text: str) -> list[tuple[str, str]]:
    rest = text.strip(" \t\r\n")
    announced = rest.startswith((*_SYMBOLOGIES, GS))
    for symbology in _SYMBOLOGIES:
        rest = rest.removeprefix(symbology)
    rest = rest.lstrip(GS)
    if not announced and not _begins_with_gtin(rest):
        return []
    elements = []
    while rest:
        element, rest = _first_element(rest)
        if element is None:
            return []
        elements.append(element)
    return elements


def _begins_with_gtin(text: str) -> bool:
    """Without a symbology, only a correct GTIN marks the digits as an element string."""
    longer_than_gtin = len(text) >= 16 and text[:2] == "01" and text[2:16].isascii()
    return longer_than_gtin and gtin.check(text[2:16]).right and text[2:16].isdecimal()


def _first_element(text: str) -> tuple[tuple[str, str] | None, str]:
    first = text[:2]
    wide = _WIDE.get(first, 2)
    identifier, after = text[:wide], text[wide:]
    if not re.fullmatch("[0-9]{2,4}", identifier) or len(identifier) < wide:
        return None, ""
    if first in _FIXED:
        value, after = after[: _FIXED[first]], after[_FIXED[first] :]
        if not re.fullmatch(f"[0-9]{{{_FIXED[first]}}}", value):
            return None, ""
    else:
        value, _, after = after.partition(GS)
        after = GS + after if after else ""
    if not value or len(value) > _LONGEST or not value.isascii() or not value.isprintable():
        return None, ""
    return (identifier, value), after.lstrip(GS)


def _printed(text: str) -> list[tuple[str, str]]:
    tidy = text.strip()
    if not re.fullmatch(r"(\([0-9]{2,4}\)[\x20-\x7e]+)", tidy):
        return []
    parts = re.split(r"\(([0-9]{2,4})\)", tidy)[1:]
    elements = list(zip(parts[::2], (value.strip() for value in parts[1::2]), strict=True))
    return elements if all(value for _, value in elements) else []


def _doubtful(identifier: str, value: str) -> bool:
    limit = _VARIABLE_LIMIT.get(identifier)
    return limit is not None and (len(value) > limit or bool(_LOST_SEPARATOR.search(value)))

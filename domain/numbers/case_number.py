"""Seizure and receipt numbers: unique, and made at the post without a network.

`XA-MCN1-2026-00042-K` is a seizure, `XA-MCN1-2026-R00042-K` a receipt. The character after the
post's code names the workstation, so two workstations of one post never make the same number. The
last character is an ISO 7064 MOD 37,36 check character over all characters before it, without
hyphens (by python-stdnum): it detects every single wrong character.
"""

from __future__ import annotations

import re

from domain.errors import Malformed
from domain.fault import FaultKind
from domain.numbers.check_digit import CheckRule, check_digit
from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

STATIONS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The character of workstation 1, 2, ... 35."""
_SHAPE = re.compile(
    r"(?P<country>[A-Z]{2})(?P<post>[A-Z0-9]{2,6})(?P<station>[1-9A-Z])"
    r"(?P<year>2[0-9]{3})(?P<receipt>R?)(?P<serial>[0-9]{5})(?P<check>[A-Z0-9])"
)
_SERIALS = 99_999
STATION_NUMBER_WRONG = FaultKind(
    "station_number_wrong", mark("a workstation's number is 1 to {last}, or its character 1 to Z")
)
TOO_MANY_STATIONS = FaultKind("too_many_stations", mark("a post has workstations 1 to {last}"))
SERIALS_USED_UP = FaultKind(
    "serials_used_up",
    mark("a workstation gives numbers 1 to {last} in a year"),
    mark("Set up a second workstation for this post."),
)
NUMBER_PARTS_WRONG = FaultKind(
    "number_parts_wrong", mark("country, post or year do not fit into a number")
)


def seizure_number(country: str, post: str, station: int, year: int, serial: int) -> str:
    """The number of an interception, `CC-POST-YYYY-NNNNN-K`.

    `country` is ISO 3166-1 alpha-2, `post` a code of the pack, `station` 1 to 35, `serial` rises
    from 1 each year. Raises `Malformed` when a part does not fit.
    """
    return _number(country, post, station, f"{year}-", serial)


def receipt_number(country: str, post: str, station: int, year: int, serial: int) -> str:
    """The number of a receipt, `CC-POST-YYYY-RNNNNN-K`; parts as for a seizure."""
    return _number(country, post, station, f"{year}-R", serial)


def station_prefix(country: str, post: str, station: int) -> str:
    """`XA-MCN1-`: how all numbers of one workstation begin; `station` is 1 to 35."""
    return f"{country}-{post}{STATIONS[station - 1]}-"


def check(text: str) -> NumberCheck:
    """The result of checking `text`; the compact form has hyphens.

    `values`: `country`, `post`, `station`, `year`, `serial`. Hyphens may be missing.
    """
    compact = tidy(text)
    found = _SHAPE.fullmatch(compact)
    if not found:
        return NumberCheck(CheckResult.SHAPE, compact)
    country, post, station, year, receipt, serial, given = found.groups()
    expected = check_digit(CheckRule.MOD_37_36, compact[:-1])
    return NumberCheck(
        CheckResult.RIGHT if given == expected else CheckResult.CHECK_DIGIT,
        f"{country}-{post}{station}-{year}-{receipt}{serial}-{given}",
        says=(mark("receipt number") if receipt else mark("seizure number"),),
        values={
            "country": country,
            "post": post,
            "station": str(STATIONS.index(station) + 1),
            "year": year,
            "serial": str(int(serial)),
        },
        expected=expected,
    )


def station_number(text: str) -> int:
    """The workstation's number from `1` to `35`, or from its character `1` to `Z`.

    Raises `Malformed`.
    """
    typed = text.strip().upper()
    if len(typed) == 1 and typed in STATIONS:
        return STATIONS.index(typed) + 1
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(STATIONS):
        return int(typed)
    raise Malformed(STATION_NUMBER_WRONG, about=text, last=len(STATIONS))


def _number(country: str, post: str, station: int, series: str, serial: int) -> str:
    if not 1 <= station <= len(STATIONS):
        raise Malformed(TOO_MANY_STATIONS, about=str(station), last=len(STATIONS))
    if not 1 <= serial <= _SERIALS:
        raise Malformed(SERIALS_USED_UP, about=str(serial), last=_SERIALS)
    body = f"{country}-{post}{STATIONS[station - 1]}-{series}{serial:05d}"
    checked = check(f"{body}-0")
    if checked.compact != f"{body}-0":
        raise Malformed(NUMBER_PARTS_WRONG, about=body)
    return f"{body}-{checked.expected}"

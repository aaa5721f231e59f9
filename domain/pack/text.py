"""Reads the text of a pack as JSON, and names every fault of the text itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from domain.pack.finding import PackFinding, PackFindings, fault
from domain.words import mark

SIZE_LIMIT = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
THE_FILE = "the file"
WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How files of spreadsheet programs begin: zip files, and the older containers."""
A_WORKBOOK = mark(
    "this is a workbook; make the pack of it with: main.py pack --from-workbook FILE NEW.json"
)


class PackText(NamedTuple):
    """The text of a pack, its JSON as plain values, and the faults that keep it from being one."""

    text: str = ""
    tree: object = None
    faults: tuple[PackFinding, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Whether the file is one of a spreadsheet program."""
    return data.startswith(WORKBOOK_STARTS)


def without_mark(data: bytes) -> bytes:
    """The bytes of the text, without the byte order mark that some editors put before it."""
    return data.removeprefix(_BOM)


def read_text(data: bytes) -> PackText:
    """The text in `data`; where it has faults, `tree` is None."""
    if is_workbook(data):
        return _unreadable(fault(THE_FILE, A_WORKBOOK))
    if len(data) > SIZE_LIMIT:
        size = SIZE_LIMIT // 1024 // 1024
        return _unreadable(fault(THE_FILE, mark("larger than {size} MB"), size=size))
    try:
        text = without_mark(data).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = mark("not UTF-8; save the file as UTF-8")
        return _unreadable(fault(f"line {line}", what))
    quickly = _without_faults(text)
    if quickly is not None:
        return PackText(text, quickly)
    try:
        with_twins: list[_Twins] = []
        tree = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, with_twins))
    except json.JSONDecodeError as error:
        position = f"line {error.lineno}, column {error.colno}"
        return _unreadable(fault(position, mark("not JSON: {why}"), why=error.msg))
    except RecursionError:
        return _unreadable(fault(THE_FILE, mark("nested too deeply")))
    except ValueError:
        return _unreadable(fault(THE_FILE, mark("a number has too many digits")))
    twins = tuple(_twins(tree, "$")) if with_twins else ()
    return PackText(text, None if twins else tree, twins)


def _without_faults(text: str) -> object:
    """The JSON of a text, in a tenth of the time that its faults would take to be named.

    None where there are faults, or may be: a text in which each quotation mark is written as
    itself has as many of them as its values written anew, unless a key stands twice.
    """
    if "\\u0022" in text:
        return None
    try:
        tree: object = msgspec.json.decode(text)
        written = msgspec.json.encode(tree)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return tree if written.count(b'"') == text.count('"') else None


def _unreadable(found: PackFinding) -> PackText:
    return PackText(faults=(found,))


class _Twins(dict[str, object]):
    """A JSON object in which keys occur twice: one value of each would be lost."""

    keys_twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]], with_twins: list[_Twins]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twins = _Twins(plain)
    names = [name for name, _ in pairs]
    twins.keys_twice = tuple(name for name in plain if names.count(name) > 1)
    with_twins.append(twins)
    return twins


def _twins(value: object, position: str) -> PackFindings:
    for here, item in inside(value, position):
        if isinstance(item, _Twins):
            for key in item.keys_twice:
                what = mark("the field '{key}' stands here twice")
                yield fault(f"{here}.{key}", what, key=key)


def inside(value: object, position: str) -> Iterator[tuple[str, object]]:
    """The value and every value in it, with their positions, in the order of the text."""
    waiting = [(position, value)]
    while waiting:
        here, item = waiting.pop()
        yield here, item
        below: list[tuple[str, object]] = []
        if isinstance(item, dict):
            below = [(f"{here}.{key}", each) for key, each in item.items()]
        elif isinstance(item, list):
            below = [(f"{here}[{number}]", each) for number, each in enumerate(item)]
        waiting += reversed(below)

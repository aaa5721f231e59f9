"""Reads a pack file. A refusal names the file, the position, the line and the cause."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

import msgspec

from domain.errors import PackRefused
from domain.pack import model
from domain.pack.contradictions import contradictions
from domain.pack.model import Pack
from domain.pack.position import line_of

SIZE_LIMIT = 8 * 1024 * 1024
SHOWN_LIMIT = 5
"""The number of faults that one message lists."""
_BOM = b"\xef\xbb\xbf"


@lru_cache(maxsize=8)
def read_pack(data: bytes, file: str) -> Pack:
    """The pack in `data`. Raises `PackRefused`, which names the `file`.

    The last packs are remembered: whoever adopts one, or opens a folder, reads it several times.
    """
    if len(data) > SIZE_LIMIT:
        raise PackRefused(file, "the file", f"larger than {SIZE_LIMIT // 1024 // 1024} MB")
    text = _text(data, file)
    _refuse_twins(text, file)
    try:
        pack = msgspec.json.decode(text, type=Pack)
    except (msgspec.MsgspecError, RecursionError) as error:
        cause, _, position = str(error).partition(" - at `")
        position = position.rstrip("`") or "$"
        raise PackRefused(file, _with_line(text, position), _in_words(cause)) from error
    faults = [(_with_line(text, position), cause) for position, cause in contradictions(pack)]
    if faults:
        position, cause = faults[0]
        more = "".join(f"; {also_at}: {why}" for also_at, why in faults[1:SHOWN_LIMIT])
        left = len(faults) - SHOWN_LIMIT
        raise PackRefused(file, position, cause + more + (f"; and {left} more" if left > 0 else ""))
    return pack


def _text(data: bytes, file: str) -> str:
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackRefused(file, f"line {line}", "not UTF-8; save the file as UTF-8") from error


class _Twins(dict[str, object]):
    """A JSON object in which a key occurs twice."""

    key = ""


def _refuse_twins(text: str, file: str) -> None:
    """Refuse invalid JSON, and objects in which a key occurs twice: one value would be lost."""
    try:
        tree = json.loads(text, object_pairs_hook=_object)
        for position, key in _twins(tree, "$"):
            here = f"{position}.{key}"
            raise PackRefused(file, _with_line(text, here), f"the field {key!r} stands here twice")
    except json.JSONDecodeError as error:
        position = f"line {error.lineno}, column {error.colno}"
        raise PackRefused(file, position, f"not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        cause = "nested too deeply" if deep else "a number has too many digits"
        raise PackRefused(file, "the file", cause) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twins = _Twins(plain)
    names = [name for name, _ in pairs]
    twins.key = next(name for name in names if names.count(name) > 1)
    return twins


def _twins(value: object, position: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Twins):
        yield position, value.key
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _twins(item, f"{position}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _twins(item, f"{position}[{number}]")


def _with_line(text: str, position: str) -> str:
    # msgspec writes `[...]` for any key of a map of words.
    line = line_of(text, position.partition("[...]")[0])
    return position if line is None else f"{position} (line {line})"


def _in_words(cause: str) -> str:
    """msgspec's message; for an unknown field, with the field name that was probably meant."""
    field = cause.partition("unknown field `")[2]
    if not field:
        return cause
    near = get_close_matches(field.rstrip("`"), _FIELD_NAMES, 1)
    return f"{cause}; perhaps `{near[0]}` is meant" if near else cause


_FIELD_NAMES = sorted(
    {
        name
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, model.PackPart)
        for name in kind.__struct_fields__
    }
)

"""Reads `hub.toml`: all its faults at once, each with its line."""

from __future__ import annotations

import difflib
import ipaddress
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from domain.words import mark
from hub.config import Config, LimitConfig, LogConfig, QuotaConfig
from hub.config_values import READERS
from hub.errors import ConfigFault, ConfigRefused

SIZE_LIMIT = 1 << 20
SECTIONS = {"log": LogConfig, "limits": LimitConfig, "quotas": QuotaConfig}
HEADER = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
KEY = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=")
WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def read_config(file: Path) -> Config:
    """The configuration in the file. Raises `ConfigRefused` with all faults."""
    text = _text(file)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigRefused(str(file), (_not_toml(str(error), text),)) from error
    lines = _lines(text)
    faults: list[ConfigFault] = []
    values: dict[str, object] = {}
    folder = file.absolute().parent
    for name, value in _flat(found):
        line = _line_of(name, lines)
        if name not in READERS:
            faults.append(_unknown(name, line))
            continue
        try:
            values[name] = READERS[name](value, folder)
        except ValueError as error:
            faults.append(ConfigFault(line, name, str(error)))
    faults += _together(values, lines)
    if faults:
        raise ConfigRefused(str(file), tuple(sorted(faults, key=lambda fault: fault.line)))
    return _config(file, values)


def _text(file: Path) -> str:
    cause = ""
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
        if len(data) <= SIZE_LIMIT:
            return data.decode("utf-8-sig")
        cause = mark("it is larger than 1 MB")
    except UnicodeDecodeError:
        cause = mark("it is not UTF-8")
    except OSError as error:
        cause = error.strerror or str(error)
    raise ConfigRefused(str(file), (), cause=cause)


def _not_toml(message: str, text: str) -> ConfigFault:
    where = WHERE.search(message)
    line = int(where[1]) if where and where[1] else text.count("\n") + 1
    return ConfigFault(line, "", mark("not TOML: {cause}"), {"cause": WHERE.sub("", message)})


def _flat(found: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Each value with its dotted name; an empty table that no key belongs to is a value too."""
    for name, value in found.items():
        full = f"{above}{name}"
        if isinstance(value, dict) and (value or full in SECTIONS):
            yield from _flat(value, f"{full}.")
        else:
            yield full, value


def _lines(text: str) -> dict[str, int]:
    """The line of each key and of each table, by its dotted name."""
    found: dict[str, int] = {}
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            found.setdefault(header[1], number)
            above = f"{header[1]}."
        elif key := KEY.match(line):
            found.setdefault(above + re.sub(r"\s", "", key[1]), number)
    return found


def _line_of(name: str, lines: Mapping[str, int]) -> int:
    """The line of the key, or of what it stands in; 0 when neither is found."""
    while name not in lines and "." in name:
        name = name.rpartition(".")[0]
    return lines.get(name, 0)


def _unknown(name: str, line: int) -> ConfigFault:
    last = {known.rpartition(".")[2]: known for known in READERS}
    near = difflib.get_close_matches(name, READERS, 1) or [
        last[part] for part in difflib.get_close_matches(name.rpartition(".")[2], last, 1)
    ]
    if near:
        what = mark("there is no such key; did you mean {near}?")
        return ConfigFault(line, name, what, {"near": near[0]})
    return ConfigFault(line, name, mark("there is no such key"))


def _together(values: Mapping[str, object], lines: Mapping[str, int]) -> Iterator[ConfigFault]:
    """Faults of keys that belong together."""
    pair = ("certificate", "private_key")
    named = [name for name in pair if name in values]
    if len(named) == 1:
        what = mark("a certificate and its private key belong together")
        yield ConfigFault(_line_of(named[0], lines), named[0], what)
    alone = "pages_without_sign_in"
    if values.get(alone) and _is_open(str(values.get("pages", ""))):
        what = mark("other machines could open the pages: name an address of this one as pages")
        yield ConfigFault(_line_of(alone, lines), alone, what)


def _is_open(socket: str) -> bool:
    """Whether other machines reach `HOST:PORT`, as far as it is no name."""
    try:
        return not ipaddress.ip_address(socket.rpartition(":")[0].strip("[]")).is_loopback
    except ValueError:
        return False


def _config(file: Path, values: Mapping[str, object]) -> Config:
    parts: dict[str, dict[str, object]] = {section: {} for section in ("", *SECTIONS)}
    for name, value in values.items():
        section, _, key = name.rpartition(".")
        parts[section][key] = value
    sections = {name: msgspec.convert(parts[name], kind) for name, kind in SECTIONS.items()}
    return msgspec.structs.replace(Config(file=file), **sections, **parts[""])

"""How each key of `hub.toml` is read; a reader raises `ValueError` with a sentence."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

from domain.errors import TidewaiterError
from domain.sizes import size_of
from domain.words import mark
from hub.config import Network
from hub.store.addresses import expect_database, expect_objects

Reader: TypeAlias = Callable[[object, Path], object]
"""Gets the value of TOML and the folder of the file; relative paths are below that folder."""

SECRETS = re.compile(r"password|passwd|secret|access_key", re.I)
COUNT_LIMIT = 10**9


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(mark("must be a text in quotes"))
    if "\x00" in value:
        raise ValueError(mark("must not contain the character NUL"))
    return value.strip()


def _yes_or_no(value: object, folder: Path) -> bool:  # noqa: ARG001
    if not isinstance(value, bool):
        raise ValueError(mark("must be true or false"))
    return value


def _count(value: object, folder: Path) -> int:  # noqa: ARG001
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= COUNT_LIMIT:
        raise ValueError(mark("must be a whole number from 1 on"))
    return value


def _seconds(value: object, folder: Path) -> float:  # noqa: ARG001
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600
    if not fits:
        raise ValueError(mark("must be a number of seconds, at most 3600"))
    return float(value)  # type: ignore[arg-type]


def _some_seconds(value: object, folder: Path) -> float:
    if (found := _seconds(value, folder)) < 1:
        raise ValueError(mark("must be one second or more"))
    return found


def _size(value: object, folder: Path) -> int:  # noqa: ARG001
    found = size_of(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(mark('must be a size in quotes, like "700M" or "4G"'))
    return found


def _path(value: object, folder: Path) -> Path:
    return folder / Path(_text(value)).expanduser()


def _socket(value: object, folder: Path) -> str:  # noqa: ARG001
    text = _text(value)
    host, colon, port = text.rpartition(":")
    known = bool(colon) and port.isascii() and port.isdecimal() and int(port) < 65_536
    if not known or not host or "/" in host:
        raise ValueError(mark("must be HOST:PORT, like 127.0.0.1:8080"))
    return text


def _database(value: object, folder: Path) -> str:
    return _address(value, folder, "sqlite", expect_database)


def _objects(value: object, folder: Path) -> str:
    return _address(value, folder, "file", expect_objects)


def _address(value: object, folder: Path, scheme: str, expect: Callable[[str], None]) -> str:
    """An address, or a path that becomes one."""
    text = _text(value)
    if "://" not in text:
        return scheme + _path(text, folder.absolute()).as_uri().removeprefix("file")
    try:
        parts = urlsplit(text)
        asked = parse_qsl(parts.query)
    except ValueError as error:
        raise ValueError(mark("not an address the hub can use")) from error
    if parts.password is not None or any(SECRETS.search(name) for name, _ in asked):
        raise ValueError(mark("an address must not contain a secret: docs/hub.md says where it is"))
    try:
        expect(text)
    except TidewaiterError as error:
        raise ValueError(mark("not an address the hub can use")) from error
    return text


def _names(value: object, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    if not isinstance(value, list):
        raise ValueError(mark('must be a list of texts, like ["one", "two"]'))
    return tuple(_text(each) for each in value)


def _networks(value: object, folder: Path) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(name) for name in _names(value, folder))
    except ValueError as error:
        raise ValueError(
            mark('must be a list of addresses or networks, like ["127.0.0.1", "10.1.0.0/16"]')
        ) from error


READERS: Mapping[str, Reader] = {
    "database": _database,
    "objects": _objects,
    "backup": _path,
    "listen": _socket,
    "pages": _socket,
    "pages_names": _names,
    "pages_without_sign_in": _yes_or_no,
    "metrics": _socket,
    "certificate": _path,
    "private_key": _path,
    "proxies": _networks,
    "log.requests": _yes_or_no,
    "log.addresses": _yes_or_no,
    "limits.connections": _count,
    "limits.per_address": _count,
    "limits.head_seconds": _some_seconds,
    "limits.drain_seconds": _seconds,
    "limits.goodbye_seconds": _seconds,
    "quotas.unfinished_uploads": _count,
    "quotas.unfinished_bytes": _size,
    "quotas.stored_bytes": _size,
    "quotas.photos_floor": _size,
    "quotas.records_floor": _size,
}
"""Every key that a file may have."""

"""The stores that the addresses on the command line name.

Another engine or another store for photos is a folder beside `sqlite/` or `objects/`, and one more
scheme here.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import unquote, urlsplit

from domain.words import mark
from hub.errors import AddressRefused, CannotServe
from hub.store.objects.bucket_address import read_bucket_address
from hub.store.objects.folder import FolderObjects
from hub.store.port import Database, Objects
from hub.store.restoring import RestoreTarget
from hub.store.sqlite.database import SqliteDatabase
from hub.store.sqlite.restoring import SqliteTarget

DATABASE_SCHEME, OBJECTS_SCHEME = "sqlite", "file"
BUCKET = "s3"
POSTGRES = ("postgresql", "postgres")


class _PostgresEngine(Protocol):
    """What `hub.store.postgres.database` offers."""

    def open_database(self, url: str, *, create: bool) -> Database: ...

    def database_exists(self, url: str) -> bool: ...


class _PostgresRestoring(Protocol):
    """What `hub.store.postgres.restoring` offers."""

    def open_target(self, url: str, *, create: bool) -> RestoreTarget: ...


class _BucketEngine(Protocol):
    """What `hub.store.objects.bucket` offers."""

    def open_bucket(self, url: str) -> Objects: ...


def database_exists(url: str) -> bool:
    """Whether the database that the URL names was made before. Raises `CannotServe`."""
    if urlsplit(url).scheme in POSTGRES:
        return _postgres().database_exists(url)
    return _path(url, DATABASE_SCHEME).exists()


def open_database(url: str, *, create: bool = True) -> Database:
    """The database that the URL names: `sqlite:///path` or `postgresql://host/name`.

    Raises `CannotServe`.
    """
    if urlsplit(url).scheme in POSTGRES:
        return _postgres().open_database(url, create=create)
    path = _path(url, DATABASE_SCHEME)
    if not create and not path.exists():
        raise CannotServe(
            mark("there is no hub here"),
            about=str(path),
            hint=mark("Start one with: main.py hub serve."),
        )
    return SqliteDatabase(path)


def is_remote(url: str) -> bool:
    """Whether the address names a store that is no file or folder of this machine."""
    return urlsplit(url).scheme in (*POSTGRES, BUCKET)


def expect_database(url: str) -> None:
    """Raise `AddressRefused` for an address that no engine has; nothing is opened."""
    if urlsplit(url).scheme not in POSTGRES:
        _path(url, DATABASE_SCHEME)


def expect_objects(url: str) -> None:
    """Raise `AddressRefused` for an address that no store for photos has; nothing is opened."""
    if urlsplit(url).scheme == BUCKET:
        read_bucket_address(url)
    else:
        _path(url, OBJECTS_SCHEME)


def open_target(url: str, *, create: bool) -> RestoreTarget:
    """The database that the URL names, for a backup that is restored to it; with `create` its
    folder, or the tables of an empty PostgreSQL database, are made. Raises `CannotServe`.
    """
    if urlsplit(url).scheme in POSTGRES:
        engine = cast("_PostgresRestoring", _of_extra("hub.store.postgres.restoring"))
        return engine.open_target(url, create=create)
    return SqliteTarget(_path(url, DATABASE_SCHEME), create=create)


def _postgres() -> _PostgresEngine:
    return cast("_PostgresEngine", _of_extra("hub.store.postgres.database"))


def open_objects(url: str, *, create: bool = True) -> Objects:
    """The store for photos that the URL (`file:///path`, `s3://bucket`) names.

    Raises `AddressRefused`, `CannotServe`.
    """
    if urlsplit(url).scheme == BUCKET:
        engine = cast("_BucketEngine", _of_extra("hub.store.objects.bucket"))
        return engine.open_bucket(url)
    return FolderObjects(_path(url, OBJECTS_SCHEME), create=create)


def _of_extra(module: str) -> object:
    """A module whose packages are in the extra `central`, which most hubs do without.

    Raises `CannotServe` when they are not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise CannotServe(
            mark("the package {package} is not installed"),
            hint=mark("Install what requirements/central.txt lists: docs/hub.md says how."),
            package=error.name,
        ) from error


def _path(url: str, scheme: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != scheme or parts.netloc or len(parts.path) < 2:
        raise AddressRefused(
            mark("not an address the hub can use"),
            about=url[:80],
            hint=mark("Write it like {scheme}:///path."),
            scheme=scheme,
        )
    path = unquote(parts.path)
    if len(path) > 2 and path[2] == ":":
        path = path[1:]  # Windows: sqlite:///C:/folder/hub.sqlite
    if path.startswith("//"):
        path = "/" + path.lstrip("/")  # sqlite:////folder/hub.sqlite, as some write it
    return Path(path)

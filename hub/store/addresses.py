"""The stores that the addresses on the command line name.

Another engine or another store for photos is a folder beside `sqlite/` or `objects/`, and one more
scheme here.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

from domain.words import mark
from hub.errors import AddressRefused, CannotServe
from hub.store.objects.folder import FolderObjects
from hub.store.port import Database, Objects
from hub.store.sqlite.database import SqliteDatabase

DATABASE_SCHEME, OBJECTS_SCHEME = "sqlite", "file"
BUCKET_SCHEME = "s3"
POSTGRES = ("postgresql", "postgres")
POSTGRES_ENGINE = "hub.store.postgres.database"


def database_exists(url: str) -> bool:
    """Whether the database that the URL names was made before. Raises `CannotServe`."""
    if urlsplit(url).scheme in POSTGRES:
        found: bool = _of_extra(POSTGRES_ENGINE).database_exists(url)
        return found
    return _path(url, DATABASE_SCHEME).exists()


def open_database(url: str, *, create: bool = True) -> Database:
    """The database that the URL names: `sqlite:///path` or `postgresql://host/name`.

    Raises `CannotServe`.
    """
    if urlsplit(url).scheme in POSTGRES:
        made: Database = _of_extra(POSTGRES_ENGINE).open_database(url, create=create)
        return made
    path = _path(url, DATABASE_SCHEME)
    if not create and not path.exists():
        raise CannotServe(
            mark("there is no hub here"),
            about=str(path),
            hint=mark("Start one with: main.py hub serve."),
        )
    return SqliteDatabase(path)


def open_objects(url: str, *, create: bool = True) -> Objects:
    """The store for photos that the URL (`file:///path`, `s3://bucket`) names.

    Raises `AddressRefused`, `CannotServe`.
    """
    if urlsplit(url).scheme == BUCKET_SCHEME:
        opened: Objects = _of_extra("hub.store.objects.bucket").open_bucket(url)
        return opened
    return FolderObjects(_path(url, OBJECTS_SCHEME), create=create)


def _of_extra(module: str) -> ModuleType:
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

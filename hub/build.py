"""Builds a hub: the only file that knows all its parts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect

from domain.errors import TidewaiterError
from domain.instant import Instant
from domain.words import mark
from hub.api.devices import DeviceRoutes
from hub.api.door import error_as_json, error_as_text
from hub.api.photos import PhotoRoutes
from hub.errors import CannotServe
from hub.hub import Hub, Registry
from hub.ownership import expect_free, expect_own_folder
from hub.packs import Library
from hub.pages.guard import PagesGuard
from hub.pages.routes import page_routes
from hub.pictures import Pictures
from hub.serving.arrivals import Arrivals
from hub.store.objects.folder import FolderObjects
from hub.store.port import Database, Objects
from hub.store.sql import photos
from hub.store.sql.identity import Random, recognise
from hub.store.sqlite.database import SqliteDatabase

API_ERRORS = dict.fromkeys((TidewaiterError, HTTPException, ClientDisconnect), error_as_json)
PAGE_ERRORS = dict.fromkeys((TidewaiterError, HTTPException), error_as_text)
LATER = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "s3": "S3"}


def system_clock() -> Instant:
    """The operating system's time, in UTC."""
    return Instant.of(datetime.now(UTC))


def open_database(url: str, *, create: bool = True) -> Database:
    """The database that the URL (`sqlite:///path`) names. Raises `CannotServe`."""
    path = _path(url, "sqlite")
    if not create and not path.exists():
        raise CannotServe(
            mark("there is no hub here"),
            about=str(path),
            hint=mark("Start one with: main.py hub serve."),
        )
    return SqliteDatabase(path)


def open_objects(url: str, *, create: bool = True) -> Objects:
    """The store for photos that the URL (`file:///path`) names. Raises `CannotServe`."""
    return FolderObjects(_path(url, "file"), create=create)


def open_hub(
    database_url: str,
    objects_url: str,
    *,
    create: bool = True,
    accept_folder: bool = False,
    now: Callable[[], Instant] = system_clock,
    random: Random = secrets.token_bytes,
) -> Hub:
    """The hub at these URLs; with `create` a missing one is made.

    The folder for photos must be this hub's own (`hub.ownership`); with `accept_folder` this is not
    checked. Raises `CannotServe`.
    """
    if create and not _path(database_url, "sqlite").exists():
        expect_free(open_objects(objects_url))  # check before a useless database is created
    found = open_registry(database_url, create=create, now=now, random=random)
    try:
        with found.database.reading() as rows:
            fresh = not photos.sample(rows, 1)
        objects = open_objects(objects_url, create=create and fresh)
        expect_own_folder(found.database, found.identity, objects, accept=accept_folder)
    except BaseException:
        found.database.close()
        raise
    return Hub(found.database, found.identity, now, random, objects, Pictures(objects))


def open_registry(
    database_url: str,
    *,
    create: bool = False,
    now: Callable[[], Instant] = system_clock,
    random: Random = secrets.token_bytes,
) -> Registry:
    """Only the hub's rows, for commands that do not use photos."""
    database = open_database(database_url, create=create)
    return Registry(database, recognise(database, now().millis, random), now, random)


def api(hub: Hub, library: Library, arrivals: Arrivals) -> Starlette:
    """The ASGI application for workstations, without the pages."""
    return Starlette(
        routes=[
            *DeviceRoutes(hub, library, arrivals).routes(),
            *PhotoRoutes(hub, arrivals).routes(),
        ],
        exception_handlers=API_ERRORS,
    )


def pages(
    hub: Hub,
    library: Library,
    arrivals: Arrivals,
    *,
    for_all: bool = False,
    names: Sequence[str] = (),
) -> Starlette:
    """The ASGI application with the pages for people; it has its own socket.

    With `for_all` other machines may open the pages, under this machine's name or one of `names`.
    """
    return Starlette(
        routes=page_routes(hub, library, arrivals),
        middleware=[Middleware(PagesGuard, for_all=for_all, names=names)],
        exception_handlers=PAGE_ERRORS,
    )


def _path(url: str, scheme: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme in LATER:
        raise CannotServe(
            mark("this version of the hub does not have {engine} yet"),
            about=parts.scheme + "://",
            hint=mark("Use {scheme}:///path."),
            engine=LATER[parts.scheme],
            scheme=scheme,
        )
    if parts.scheme != scheme or parts.netloc or len(parts.path) < 2:
        raise CannotServe(
            mark("not an address the hub can use"),
            about=url[:80],
            hint=mark("Write it like {scheme}:///path."),
            scheme=scheme,
        )
    path = unquote(parts.path)
    if len(path) > 2 and path[2] == ":":
        path = path[1:]  # Windows: sqlite:///C:/folder/hub.sqlite
    return Path(path)

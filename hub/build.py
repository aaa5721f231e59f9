"""Builds a hub: the only file that knows all its parts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect

from domain.errors import TidewaiterError
from hub.api.bundles import BundleRoutes
from hub.api.devices import DeviceRoutes
from hub.api.door import error_as_json, fault_as_json
from hub.api.enrolment import EnrolmentRoutes
from hub.api.feed import FeedRoutes
from hub.api.health import HealthRoutes
from hub.api.own_photos import OwnPhotoRoutes
from hub.api.photos import PhotoRoutes
from hub.api.previews import PreviewRoutes
from hub.config import NO_QUOTAS
from hub.feed import offer_shipped
from hub.hub import Hub, Registry
from hub.ownership import expect_free, expect_own_folder
from hub.packs import Library
from hub.pages.gate import Gate
from hub.pages.guard import PagesGuard
from hub.pages.routes import page_routes
from hub.pages.templates import Templates
from hub.pages.trouble import error_as_page, fault_as_page
from hub.people.passwords import USUAL_COST, PasswordCost
from hub.pictures import Pictures
from hub.serving.arrivals import Arrivals
from hub.serving.readiness import Readiness
from hub.space import Space
from hub.store.addresses import database_exists, open_database, open_objects
from hub.store.sql import photos
from hub.store.sql.identity import Random, mark_as_copy, recognise
from system.clock import Clock, system_clock_utc
from system.decoders import build_decoders

API_ERRORS = {
    **dict.fromkeys((TidewaiterError, HTTPException, ClientDisconnect), error_as_json),
    Exception: fault_as_json,
}
PAGE_ERRORS = {
    **dict.fromkeys((TidewaiterError, HTTPException), error_as_page),
    Exception: fault_as_page,
}


def open_hub(
    database_url: str,
    objects_url: str,
    *,
    create: bool = True,
    accept_folder: bool = False,
    now: Clock = system_clock_utc,
    random: Random = secrets.token_bytes,
) -> Hub:
    """The hub at these URLs; with `create` a missing one is made.

    The folder for photos must be this hub's own (`hub.ownership`); with `accept_folder` this is not
    checked. Raises `CannotServe`.
    """
    if create and not database_exists(database_url):
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


def begin_epoch(
    database_url: str, *, now: Clock = system_clock_utc, random: Random = secrets.token_bytes
) -> str:
    """Begin a new epoch of the hub, because an older copy of its folder was put back; its name.

    Workstations then send again what the hub lost. Raises `CannotServe`, also while it is served.
    """
    database = open_database(database_url, create=False)
    try:
        with database.alone():
            mark_as_copy(database)
            return recognise(database, now().millis, random).epoch
    finally:
        database.close()


def open_registry(
    database_url: str,
    *,
    create: bool = False,
    now: Clock = system_clock_utc,
    random: Random = secrets.token_bytes,
) -> Registry:
    """Only the hub's rows, for commands that do not use photos."""
    database = open_database(database_url, create=create)
    hub = Registry(database, recognise(database, now().millis, random), now, random)
    offer_shipped(hub)
    return hub


def api(
    hub: Hub, library: Library, arrivals: Arrivals, readiness: Readiness | None = None
) -> Starlette:
    """The ASGI application for workstations, without the pages.

    Without `readiness` the hub has no quotas and uses its disk to the last byte.
    """
    readiness = readiness or Readiness(hub, Space(hub.database, hub.objects, NO_QUOTAS))
    space = readiness.space
    build_decoders()  # requests are answered in many threads
    return Starlette(
        routes=[
            *DeviceRoutes(hub, library, arrivals, space).routes(),
            *EnrolmentRoutes(hub).routes(),
            *PhotoRoutes(hub, arrivals, space).routes(),
            # after the tus server: a route for GET answers HEAD too, and HEAD asks about an upload
            *OwnPhotoRoutes(hub).routes(),
            *PreviewRoutes(hub, arrivals).routes(),
            *BundleRoutes(hub, arrivals, space).routes(),
            *FeedRoutes(hub, library).routes(),
            *HealthRoutes(readiness).routes(),
        ],
        exception_handlers=API_ERRORS,
    )


def pages(
    hub: Hub,
    library: Library,
    arrivals: Arrivals,
    *,
    sign_in: bool = True,
    for_others: bool = False,
    names: Sequence[str] = (),
    cost: PasswordCost = USUAL_COST,
) -> Starlette:
    """The ASGI application with the pages for people; it has its own socket.

    With `for_others` other machines reach the socket, and open the pages also under this machine's
    name or an IP address; `names` are further names. Without `sign_in` everybody who reaches them
    sees everything. `cost` is that of new passwords.
    """
    templates = Templates()
    routes = page_routes(hub, library, arrivals, templates, cost)
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(PagesGuard, for_others=for_others, sign_in=sign_in, names=names),
            Middleware(Gate, hub=hub, routes=routes, templates=templates, sign_in=sign_in),
        ],
        exception_handlers=PAGE_ERRORS,
    )

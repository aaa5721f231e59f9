"""Whether the folder for photos is this hub's own.

With a mistyped address or an unmounted disk the hub must not believe that its photos are lost.
"""

from __future__ import annotations

from domain.ids import HubId
from domain.words import mark
from hub.errors import CannotServe
from hub.store.port import Database, Objects
from hub.store.sql import photos
from hub.store.sql.identity import HubIdentity

SAMPLE = 1_000
"""Number of photos that are looked for in a folder without the name of its hub."""


def expect_own_folder(
    database: Database, identity: HubIdentity, objects: Objects, *, accept: bool = False
) -> None:
    """Check that the folder belongs to this hub, and write the hub's id into it.

    A folder without an id is accepted when it has at least half of the photos in the database, or
    when both are empty; with `accept` always. Raises `CannotServe` when the folder is another
    hub's, or lacks the photos of the database.
    """
    owner = expect_own_or_free(identity.hub, objects)
    if owner is None and not accept:
        _expect_own_photos(database, objects, objects.where)
    objects.claim(identity.hub)


def expect_own_or_free(hub: HubId, objects: Objects) -> HubId | None:
    """The owner of the photos, which is this hub or nobody. Raises `CannotServe`."""
    owner = objects.owner()
    if owner is not None and owner != hub:
        raise CannotServe(
            mark("these are the photos of another hub ({other}), not of this one ({own})"),
            about=objects.where,
            hint=mark("Name the folder or bucket that belongs to this database with --objects."),
            other=owner,
            own=hub,
        )
    return owner


def expect_free(objects: Objects) -> None:
    """Raises `CannotServe` when the folder belongs to a hub, so that a new hub cannot use it."""
    owner = objects.owner()
    if owner is not None:
        raise CannotServe(
            mark("these are the photos of another hub ({other}), and there is no database"),
            about=objects.where,
            hint=mark(
                "Name the database that belongs to them with --database, or a store without photos."
            ),
            other=owner,
        )


def _expect_own_photos(database: Database, objects: Objects, about: str) -> None:
    with database.reading() as rows:
        known = photos.sample(rows, SAMPLE)
    held = sum(objects.size(photo.hash) == photo.size for photo in known)
    if known and held * 2 < len(known):
        raise CannotServe(
            mark("these are not the hub's photos: {held} of {known} are there"),
            about=about,
            hint=mark(
                "Mount its disk, or name the right folder or bucket with --objects. If the photos"
                " are lost: main.py hub check --accept-folder, and the workstations send them"
                " again."
            ),
            held=held,
            known=len(known),
        )
    if not known and next(iter(objects.names()), None) is not None:
        raise CannotServe(
            mark("there are photos, and the database lists none"),
            about=about,
            hint=mark(
                "Name the database that belongs to them with --database, or a store without"
                " photos. If they belong together: main.py hub check --accept-folder takes the"
                " photos in."
            ),
        )

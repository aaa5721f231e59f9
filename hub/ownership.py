"""Whether the folder for photos is this hub's own.

A mistyped address or a disk that is not mounted must never look like a hub that lost its photos.
"""

from __future__ import annotations

from domain.words import mark
from hub.errors import CannotServe
from hub.store.port import Database, Objects
from hub.store.sql import photos
from hub.store.sql.identity import HubIdentity

SAMPLE = 1_000
"""Photos that are looked for in a folder that does not say whose it is."""


def expect_own_folder(
    database: Database, identity: HubIdentity, objects: Objects, *, accept: bool = False
) -> None:
    """The folder is this hub's when this returns, and says so.

    A folder that says nothing is taken when it holds at least half of the photos that the
    database names, or when neither side knows any; with `accept` in any case. Raises
    `CannotServe` when it is another hub's, or does not hold what the database names.
    """
    about = str(objects.folder or "")
    owner = objects.owner()
    if owner is not None and owner != identity.hub:
        raise CannotServe(
            mark("this folder holds the photos of another hub ({other}), not of this one ({own})"),
            about=about,
            hint=mark("Name the folder that belongs to this database with --objects."),
            other=owner,
            own=identity.hub,
        )
    if owner is None and not accept:
        _expect_own_photos(database, objects, about)
    objects.claim(identity.hub)


def expect_free(objects: Objects) -> None:
    """Raises `CannotServe` when the folder has a hub, so it is none for one yet to be made."""
    owner = objects.owner()
    if owner is not None:
        raise CannotServe(
            mark("this folder holds the photos of another hub ({other}), and there is no database"),
            about=str(objects.folder or ""),
            hint=mark("Name the database that belongs to it with --database, or an empty folder."),
            other=owner,
        )


def _expect_own_photos(database: Database, objects: Objects, about: str) -> None:
    with database.reading() as rows:
        known = photos.sample(rows, SAMPLE)
    held = sum(objects.size(photo.hash) == photo.size for photo in known)
    if known and held * 2 < len(known):
        raise CannotServe(
            mark("this is not the hub's folder for photos: it holds {held} of {known}"),
            about=about,
            hint=mark(
                "Mount its disk, or name the right folder with --objects. If the photos are lost:"
                " main.py hub check --accept-folder, and the workstations send them again."
            ),
            held=held,
            known=len(known),
        )
    if not known and next(iter(objects.names()), None) is not None:
        raise CannotServe(
            mark("this folder holds photos, and the database names none"),
            about=about,
            hint=mark(
                "Name the database that belongs to it with --database, or an empty folder. If they"
                " belong together: main.py hub check --accept-folder takes the photos in."
            ),
        )

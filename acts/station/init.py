"""Make a workstation's folder: keys, database, its own key pair, the first entry, the packs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from acts.deed import EntryDraft, perform
from acts.errors import InputRefused
from acts.session import Session
from acts.station.adopt_pack import adopt_pack
from domain.ids import DeviceId
from domain.kinds import EntryKind, StationOpened
from domain.numbers.case_number import seizure_number
from domain.pack.model import Post
from domain.pack.read import read_pack
from domain.words import mark
from storage import migrations
from storage.clock import refuse_unset
from storage.errors import UnfitFolder
from storage.first_look import DATABASE
from storage.forks import note_branches
from storage.identity import Station, StationIdentity, write_identity
from storage.key_file import key_file
from storage.key_memory import remember, write_public_key
from storage.keys import Unlock, make_keys
from storage.packs import PackOrigin
from storage.workstation import Workstation, open_workstation
from system.clock import Clock, system_clock
from system.database import transaction
from system.database.migrate import bring_up_to_date
from system.database.opener import open_encrypted
from system.files import cannot_write, put_in_place
from system.owner import nearest, refuse_root

PRACTICE_OFFICER = "PRACTICE"
SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud")


def make_workstation(
    home: Path,
    station: Station,
    ways: tuple[Unlock, ...],
    packs: Mapping[str, bytes],
    *,
    session: Session,
    now: Clock = system_clock,
    random: Callable[[int], bytes] = os.urandom,
) -> str:
    """Make a workstation at `home` and return its recovery key, which is not stored.

    `ways` are the ways to open it; the first is used here. `packs` are adopted by file name. The
    folder is made completely or not at all. Raises `UnfitFolder` when the folder is not empty or is
    on a synced drive, `WrongSecret` for a passphrase that is too short, `Malformed` when the
    station cannot be part of a seizure number, `InputRefused` for a post in none of the packs,
    `NotYours` when root would make it in a folder of another account, `ClockNotSet`, `CannotWrite`,
    or `PackRefused`.
    """
    refuse_unfit(home)
    refuse_root(nearest(home))
    refuse_unset(now())
    seizure_number(station.country, station.post, station.number, now().local_date.year, 1)
    refuse_unknown_post(station, packs)
    making = home.with_name(f".{home.name}.making")
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
        device = DeviceId.from_random(random(10))
        keys, recovery = make_keys(making, ways, f"tidewaiter {device}", random)
        identity = StationIdentity(device, station, random(32))
        write_public_key(making, identity)
        db = open_encrypted(making / DATABASE, keys.database, keys.salt, create=True)
        bring_up_to_date(db, making / DATABASE, migrations.PACKAGE, migrations.STEPS)
        with transaction(db):
            write_identity(db, identity)
            remember(db, key_file(making))
            note_branches(db, device)
        db.close()
        with open_workstation(making, ways[0], now=now, random=random) as ws:
            _open_chain(ws, identity, packs, session)
        put_in_place(making, home)
    except OSError as error:
        raise cannot_write(error, home) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return recovery


def posts_of(packs: Mapping[str, bytes]) -> tuple[Post, ...]:
    """The posts of all packs, each country and code once. Raises `PackRefused`."""
    found = [post for file, data in packs.items() for post in read_pack(data, file).posts]
    return tuple({(post.country, post.code): post for post in found}.values())


def list_of_posts(posts: tuple[Post, ...]) -> str:
    """`MCN Mail Centre North (XA), ...`."""
    return ", ".join(f"{post.code} {post.name['en']} ({post.country})" for post in posts) or "none"


def made_up_for_practice(given: Mapping[str, str], posts: tuple[Post, ...]) -> dict[str, str]:
    """The facts `given` (post, country, number, officer) with what is empty made up: only for
    practice, since two workstations with the same number give the same seizure numbers.
    """
    post = next((p for p in posts if p.code == given.get("post", "").upper()), posts[0])
    made_up = {"post": post.code, "country": post.country, "number": "1"}
    made_up["officer"] = PRACTICE_OFFICER
    return {**made_up, **{name: value for name, value in given.items() if value}}


def refuse_unknown_post(station: Station, packs: Mapping[str, bytes]) -> None:
    """Raises `InputRefused` for a post that no pack has, since every record would be refused."""
    posts = posts_of(packs)
    if packs and (station.country, station.post) not in {(p.country, p.code) for p in posts}:
        raise InputRefused(
            mark("no pack has a post {post} in {country}"),
            hint=mark("The posts of the packs are: {posts}."),
            post=station.post,
            country=station.country,
            posts=list_of_posts(posts),
        )


def _open_chain(
    ws: Workstation, identity: StationIdentity, packs: Mapping[str, bytes], session: Session
) -> None:
    station = identity.station
    body = StationOpened(
        public_key=identity.signing_key.verify_key.raw.hex(),
        name=station.name,
        post=station.post,
        station=station.number,
    )
    perform(ws, session, lambda _: EntryDraft(EntryKind.STATION_OPENED, str(ws.device), body))
    for file, data in packs.items():
        adopt_pack(ws, data, file, session, accept=PackOrigin.UNSIGNED)


def refuse_unfit(home: Path) -> None:
    """Raises `UnfitFolder` when no workstation can be put into the folder `home`."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise UnfitFolder(
            mark("this is not an empty folder"),
            about=str(home),
            hint=mark("Name an empty or new folder with --home."),
        )
    for part in home.absolute().parts:
        if any(part.lower().startswith(name) for name in SYNCED):
            raise UnfitFolder(
                mark("a synced folder would damage the database"),
                about=str(home),
                hint=mark("Take a folder on this computer's own disk."),
            )

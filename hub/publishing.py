"""Gives out packs, and withdraws them; the feed takes both to the workstations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.encoding import to_json
from domain.errors import PackUnsigned, PackUntrusted
from domain.ids import PackHash
from domain.pack.check import checked_pack
from domain.pack.finding import PackFinding
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.pack.signature import OperationKey, PackSignature, follows, is_trusted, opened
from domain.pack.versions import version_key
from domain.words import mark
from hub.errors import NotHere, PublishingRefused
from hub.feed import NAME_LIMIT, signature_of
from hub.hub import Registry
from hub.operation_keys import given_keys
from hub.store.sql import devices, feed, packs, wanted_packs
from hub.store.sql.devices import Device
from hub.store.sql.feed import FeedRow
from sync.wire.feed import PACK, WITHDRAWN
from system.database import Connection
from system.shipped import program_lists, shipped_packs


class Receivers(NamedTuple):
    """Whom a pack reaches: workstations that are not ended, by the posts that it names."""

    getting: tuple[Device, ...]
    others: tuple[Device, ...]
    without: tuple[str, ...]
    """Posts of the pack at which no workstation is enrolled."""


class PublishedPack(NamedTuple):
    """A pack that can be given out, and whom it reaches."""

    id: str
    version: str
    signer: OperationKey | None
    """None when it is given out unsigned, or ships with the program."""
    shipped: bool
    remarks: tuple[PackFinding, ...]
    receivers: Receivers
    new: bool = False
    """Whether it was published just now; False when it was before."""


class _Read(NamedTuple):
    pack: Pack
    data: bytes
    signature: PackSignature | None
    remarks: tuple[PackFinding, ...]


def preview_pack(hub: Registry, data: bytes, file: str, *, unsigned: bool = False) -> PublishedPack:
    """What `publish_pack` would do. Raises what it raises, and changes nothing."""
    read = _read(hub, data, file)
    with hub.database.reading() as rows:
        new = _expect_publishable(rows, read, file, unsigned=unsigned)
        return _published(rows, read, new=new)


def publish_pack(hub: Registry, data: bytes, file: str, *, unsigned: bool = False) -> PublishedPack:
    """Give out a pack, after the check that workstations make when they adopt it.

    Raises `PackRefused` with all its faults, `PackUntrusted` for one without a signature of a key
    that this hub gives (with `unsigned` one without a signature is accepted), and
    `PublishingRefused` for an older version than one that is given out, for other bytes than were
    published under its id and version, or when it was withdrawn.
    """
    read = _read(hub, data, file)
    pack, found = read.pack, PackHash.of(read.data).raw
    with hub.database.writing(("feed",)) as rows:
        new = _expect_publishable(rows, read, file, unsigned=unsigned)
        if new:
            signed = to_json(read.signature) if read.signature is not None else None
            packs.put(rows, pack.id, pack.version, found, read.data, signature=signed)
            wanted_packs.drop(rows, pack.id, pack.version)
            feed.add(
                rows,
                kind=PACK,
                name=pack.id,
                version=pack.version,
                sha256=found,
                at=hub.now().millis,
            )
        return _published(rows, read, new=new)


def withdraw_pack(hub: Registry, name: str, version: str) -> bool:
    """Give the pack out no longer, and tell the workstations; False when that was done before.

    Records that were made with it stay readable. Raises `NotHere`.
    """
    with hub.database.writing(("feed",)) as rows:
        row = feed.find(rows, PACK, name, version)
        if row is None:
            raise NotHere(
                mark("the hub has no such pack"),
                about=f"{name} {version}"[:NAME_LIMIT],
                hint=mark("main.py hub pack list shows what it has."),
            )
        feed.withdraw(rows, name, version)
        return feed.add(
            rows,
            kind=WITHDRAWN,
            name=name,
            version=version,
            sha256=row.sha256,
            at=hub.now().millis,
        )


def withdraw_file(hub: Registry, data: bytes, file: str) -> tuple[str, str, bool]:
    """Withdraw the pack in a file: its id, its version, and whether that is new.

    Raises `PackRefused` or `PackUntrusted` for a file that is none, `NotHere`.
    """
    pack = read_pack(opened(data, file)[0], file)
    return pack.id, pack.version, withdraw_pack(hub, pack.id, pack.version)


def _read(hub: Registry, data: bytes, file: str) -> _Read:
    data, signature = opened(data, file)
    pack, remarks = checked_pack(data, file, program_lists(), hub.now().local_date)
    return _Read(pack, data, signature, remarks)


def _expect_publishable(rows: Connection, read: _Read, file: str, *, unsigned: bool) -> bool:
    """Whether it is new; False when it was published as it is."""
    pack = read.pack
    about = f"{pack.id} {pack.version}"
    before = feed.find(rows, PACK, pack.id, pack.version)
    if before is not None and (before.sha256 != PackHash.of(read.data).raw or before.withdrawn):
        raise PublishingRefused(
            mark("this version was withdrawn")
            if before.withdrawn
            else mark("another pack was published with this id and version"),
            about=about,
            hint=mark("Give the pack a new version."),
        )
    if before is not None and read.signature and signature_of(rows, before) != read.signature:
        raise PublishingRefused(
            mark("this version was published without this signature"),
            about=about,
            hint=mark("Give the pack a new version."),
        )
    if before is not None:
        return False
    others = [row for row in feed.everything(rows) if row.kind == PACK and row.name == pack.id]
    _refuse_older(others, pack, about)
    _expect_signed(rows, others, read, file, unsigned=unsigned)
    return True


def _refuse_older(others: Sequence[FeedRow], pack: Pack, about: str) -> None:
    newer = [row.version for row in others if not row.withdrawn]
    newest = max(newer, key=version_key, default="")
    if newest and version_key(pack.version) < version_key(newest):
        raise PublishingRefused(
            mark("it is older than version {newer}, which is given out"),
            about=about,
            hint=mark("Give the pack a new version."),
            newer=newest,
        )


def _expect_signed(
    rows: Connection, others: Sequence[FeedRow], read: _Read, file: str, *, unsigned: bool
) -> None:
    """Raises `PackUntrusted` when it may not go out with this signature, or without one."""
    signature = read.signature
    if signature is None:
        if not unsigned and read.data not in shipped_packs().values():
            raise PackUnsigned(
                mark("nobody has signed this pack"),
                about=file,
                hint=mark("Sign it with `main.py pack --sign FILE --key KEYFILE --out FILE`."),
            ).with_way_out(
                "To give it out all the same, say --unsigned: records and receipts will show it.",
                "",
            )
        return
    known = given_keys(rows)
    if not is_trusted(signature.signer, known):
        raise PackUntrusted(
            mark(
                "operation {operation} signed this pack with a key that this hub does not give"
                " ({fingerprint})"
            ),
            about=file,
            hint=mark("`main.py hub pack trust KEYFILE` gives it to the workstations first."),
            operation=signature.operation,
            fingerprint=signature.signer.fingerprint,
        )
    for row in sorted(others, key=lambda row: version_key(row.version), reverse=True):
        before = signature_of(rows, row)
        if before is None:
            continue
        if not follows(signature.signer, before.signer, known):
            raise PackUntrusted(
                mark(
                    "operation {operation} signed this pack with the key {fingerprint}, and"
                    " operation {before} signed version {version} with another key that did not"
                    " name this one"
                ),
                about=file,
                hint=mark("Workstations would refuse it. Give the pack another id."),
                operation=signature.operation,
                fingerprint=signature.signer.fingerprint,
                before=before.operation,
                version=row.version,
            )
        return


def _published(rows: Connection, read: _Read, *, new: bool) -> PublishedPack:
    pack = read.pack
    posts = tuple(post.code for post in pack.posts)
    known = [each for each in devices.devices(rows) if each.key and each.ended_at is None]
    getting = tuple(each for each in known if each.post in posts)
    there = {each.post for each in getting}
    return PublishedPack(
        pack.id,
        pack.version,
        read.signature.signer if read.signature else None,
        read.data in shipped_packs().values(),
        read.remarks,
        Receivers(
            getting,
            tuple(each for each in known if each.post not in posts),
            tuple(post for post in posts if post not in there),
        ),
        new,
    )

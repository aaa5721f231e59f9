"""The manifest of a bundle: what is in it, signed by the workstation (docs/bundle-format.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from domain.encoding import to_json
from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import DeviceId, Digest, HubId, PhotoHash
from domain.instant import Instant
from domain.key_change import key_after
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.acknowledgement import NONCE_LIMIT
from sync.wire.batch import PACKED_LIMIT
from sync.wire.envelope import Envelope, UnreadableJson, decode, sign
from sync.wire.errors import BundleRefused

VERSION = 1
LABEL = "tidewaiter bundle 1"
"""Label under which a workstation signs the manifest."""
NAME = "manifest"
SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes of a manifest at most."""
MEMBERS_LIMIT = 20_000
PHOTO_LIMIT = 256 * 1024 * 1024
TOTAL_LIMIT = 64 * 1024**3
"""Bytes of all members together at most."""
PARTS_LIMIT = 10_000
BUNDLE_ID = re.compile(r"[0-9a-z]{8,32}-[0-9]{1,5}")
KeysOf = Callable[[DeviceId], Sequence[VerifyKey]]
"""The keys of a device; empty when it is not enrolled."""


class Member(msgspec.Struct, frozen=True):
    """One file of the bundle after the manifest."""

    name: str
    """`batches/0001` and so on, or `photos/` and the SHA-256 of the photo."""
    size: int
    sha256: Digest

    @property
    def photo(self) -> PhotoHash | None:
        """The photo; None for a batch."""
        return PhotoHash(self.sha256.raw) if self.name.startswith("photos/") else None


class FeedCursor(msgspec.Struct, frozen=True):
    """How far the workstation has taken the hub's feed."""

    epoch: str
    after: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True, tag_field="v", tag=VERSION):
    """What `device` sends to `hub` in this bundle; part `part` of `parts` of one export."""

    hub: HubId
    device: DeviceId
    bundle: str
    """The id of this bundle, also in the name of its file."""
    nonce: str
    """The nonce of the export, which the hub repeats in its answer."""
    part: int
    parts: int
    made_at: Instant
    """By the workstation's clock; nothing is decided by it."""
    members: tuple[Member, ...]
    losses: int = 0
    """The number of the hub's last lost photo that the workstation knows of."""
    feed: FeedCursor | None = None
    asks: tuple[PhotoHash, ...] = ()
    """Photos that wait and are missing at the workstation; the hub says whether it has them."""


def batch_name(number: int) -> str:
    """The name of the batch with this number, from 1."""
    return f"batches/{number:04d}"


def photo_name(photo: PhotoHash) -> str:
    """The name of the member that is this photo."""
    return f"photos/{photo}"


def sign_manifest(manifest: Manifest, key: SigningKey, changes: Sequence[Entry] = ()) -> bytes:
    """The bytes of the member `manifest`.

    `changes` are the journal entries with which the workstation changed its key, oldest first: the
    hub may not have them yet.
    """
    steps = tuple(
        Envelope(statement=each.bytes.decode(), signature=each.signature.hex()) for each in changes
    )
    return to_json(msgspec.structs.replace(sign(manifest, key, LABEL), keys=steps))


def read_manifest(data: bytes, hub: HubId, keys_of: KeysOf) -> Manifest:
    """The manifest, signed by one of the keys of the device that it names, for this hub.

    Raises `BundleRefused` for anything else, and for members that a bundle cannot have.
    """
    try:
        envelope = decode(data, Envelope)
        version = envelope.read(_OfVersion).v
        if version != VERSION:
            raise BundleRefused(
                mark("it is of version {version}, this program reads {known}"),
                hint=mark("Install the newer version of the program at this end."),
                version=version,
                known=VERSION,
            )
        manifest = envelope.read(Manifest)
    except UnreadableJson as error:
        raise BundleRefused(mark("its manifest cannot be read")) from error
    if manifest.hub != hub:
        raise BundleRefused(
            mark("it is for another hub ({hub})"),
            hint=mark("Take it to the hub at which its workstation is enrolled."),
            hub=manifest.hub,
        )
    known = keys_of(manifest.device)
    if not known:
        raise BundleRefused(
            mark("its workstation {device} is not enrolled at this hub"),
            hint=mark("Enrol the workstation; then take the bundle again."),
            device=manifest.device,
        )
    if not any(envelope.signed_by(key, LABEL) for key in _followed(envelope, manifest, known)):
        raise BundleRefused(
            mark("it is not signed by the workstation {device} that it names"),
            device=manifest.device,
        )
    _check(manifest)
    return manifest


def _followed(
    envelope: Envelope, manifest: Manifest, known: Sequence[VerifyKey]
) -> tuple[VerifyKey, ...]:
    """The known keys, and those to which entries in the envelope lead from them."""
    found = list(known)
    for step in envelope.keys:
        try:
            change = Entry(step.statement.encode(), bytes.fromhex(step.signature))
        except (EntryRefused, ValueError):
            continue
        if change.head.device == manifest.device:
            signers = (key for key in tuple(found) if change.signed_by(key))
            found += (after for key in signers if (after := key_after(change, key)) is not None)
    return tuple(found)


class _OfVersion(msgspec.Struct, frozen=True):
    v: int


def _check(manifest: Manifest) -> None:
    members = manifest.members
    sound = (
        BUNDLE_ID.fullmatch(manifest.bundle) is not None
        and 1 <= manifest.part <= manifest.parts <= PARTS_LIMIT
        and len(manifest.nonce) <= NONCE_LIMIT
        and 0 <= manifest.losses < 2**53
        and max(len(members), len(manifest.asks)) <= MEMBERS_LIMIT
        and sum(member.size for member in members) <= TOTAL_LIMIT
        and [member.name for member in members] == _names(members)
        and len({member.name for member in members}) == len(members)
        and all(0 < member.size <= _limit(member) for member in members)
    )
    if not sound:
        raise BundleRefused(mark("its manifest lists what a bundle cannot contain"))


def _names(members: Iterable[Member]) -> list[str]:
    """The only names that members in this order can have: batches first, then photos."""
    names: list[str] = []
    photos = False
    for number, member in enumerate(members, 1):
        photos = photos or member.photo is not None
        name = photo_name(PhotoHash(member.sha256.raw)) if photos else batch_name(number)
        names.append(name)
    return names


def _limit(member: Member) -> int:
    return PHOTO_LIMIT if member.photo is not None else PACKED_LIMIT

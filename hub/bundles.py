"""A bundle comes in, by hand or through a courier: the same intake as over HTTP.

Everything in a bundle is identified by its hash, so a bundle may come twice, in any order, cut, and
mixed with what came over the network: the hub holds the same afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from domain.errors import TidewaiterError
from domain.ids import DeviceId, PhotoHash
from domain.signing import VerifyKey
from domain.statement import Refusal
from domain.words import mark
from hub.hub import Hub
from hub.intake import Intake, take
from hub.signers import keys_of
from hub.statement import Question, held_photo, signed, state
from hub.store.sql import bundles, entries, photos
from hub.store.sql.bundles import TakenBundle
from hub.store.sql.photos import Held
from hub.uploads import drop_pictures, form_of
from sync.wire.age import Source
from sync.wire.bundle import BundleContent
from sync.wire.errors import BatchRefused, BundleRefused
from sync.wire.manifest import Manifest, Member
from system.errors import CannotWrite

PIECE = 4 * 1024 * 1024
"""Bytes of a photo that are written and flushed at once."""
ROWS_AT_ONCE = 50
"""Photos whose rows are written in one transaction."""
ANSWER_PHOTOS_LIMIT = 20_000
"""Photos in one answer at most."""
ANSWER_BUNDLES_LIMIT = 200
"""Bundles in one answer at most."""


@dataclass
class BundleReport:
    """What came of a bundle. `problem` is set when it could not be read to its end."""

    manifest: Manifest | None = None
    new_entries: int = 0
    held_entries: int = 0
    early_entries: int = 0
    """Entries that continue some that are not here: kept until the part before them comes."""
    refused: list[Refusal] = field(default_factory=list)
    new_photos: list[PhotoHash] = field(default_factory=list)
    held_photos: int = 0
    missing: tuple[Member, ...] = ()
    problem: TidewaiterError | None = None

    @property
    def complete(self) -> bool:
        """Whether everything in it was taken."""
        return not (self.problem or self.early_entries or self.refused)

    @property
    def missing_photos(self) -> int:
        """How many photos did not come whole."""
        return sum(member.photo is not None for member in self.missing)


def take_bundle(
    hub: Hub,
    source: Source,
    carrier: DeviceId | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> BundleReport:
    """Take what is in the bundle; `carrier` brought it, None for a person at the hub.

    `progress` is called with the bytes that were read. A bundle that is cut or damaged gives its
    members before that point. Raises `BundleRefused` when nothing in it can be believed, and
    `PhotosAway` or `CannotWrite` when the hub cannot store it.
    """
    reading = _Hashed(source, progress)
    intake = _BundleIntake(hub, carrier)
    content = BundleContent(hub.identity.hub, lambda device: _keys(hub, device), intake)
    report = intake.report
    try:
        content.read(reading, hub.identity.age_identities)
    except BundleRefused as error:
        if content.manifest is None:
            raise
        report.problem = report.problem or error
    finally:
        intake.drop()
        intake.commit()
    report.missing = content.missing
    if content.manifest is not None and report.problem is None:
        reading.to_the_end()
        found = content.manifest
        with hub.database.writing((str(found.device),)) as rows:
            bundles.finish(rows, found.device, found.bundle, reading.digest())
    return report


def answer(hub: Hub, device: DeviceId, refused: Iterable[Refusal] = ()) -> bytes:
    """The hub's signed statement for the workstation, to travel back by hand.

    It repeats the nonce of the newest bundle of the device, names the photos of its last exports
    that the hub holds, the bundles that it has read, and the branch ends in these that it holds.
    `refused` are the entries of these bundles that were refused just now. Raises `PhotosAway`.
    """
    with hub.database.reading() as rows:
        newest = bundles.newest(rows, device)
        nonce = newest.nonce if newest else ""
        asked = bundles.photos_of(rows, device, ANSWER_PHOTOS_LIMIT)
        question = Question(nonce, newest.losses if newest else 0)
        found = state(hub, rows, device, asked=asked, refused=refused, question=question)
        names = bundles.read_of(rows, device, ANSWER_BUNDLES_LIMIT)
        ends = bundles.ends_of(rows, device, ANSWER_BUNDLES_LIMIT)
        brought = tuple(end for end in ends if entries.is_held(rows, end))
    return signed(hub, msgspec.structs.replace(found, bundles=names, brought=brought))


def taken_before(hub: Hub, sha256: bytes) -> TakenBundle | None:
    """The bundle in the file with this SHA-256, when all that it brought is still here."""
    with hub.database.reading() as rows:
        found = bundles.with_file(rows, sha256)
        if found is None:
            return None
        here = (held_photo(hub, rows, photo) for photo in bundles.photos_in(rows, found))
        return found if all(here) else None


def _keys(hub: Hub, device: DeviceId) -> tuple[VerifyKey, ...]:
    """All that it ever signed with: a bundle may come weeks later."""
    with hub.database.reading() as rows:
        return keys_of(rows, device)


class _BundleIntake:
    """Stores the members of one bundle, each when it is whole."""

    def __init__(self, hub: Hub, carrier: DeviceId | None) -> None:
        self._hub = hub
        self._carrier = carrier
        self._part = ""
        self._size = 0
        self._held = bytearray()
        self._kept: list[Held] = []
        self.report = BundleReport()

    def begun(self, manifest: Manifest) -> None:
        """As `BundleSink`."""
        self.report.manifest = manifest
        self._device = manifest.device
        self._carrier = self._carrier or manifest.device
        named = [member.photo for member in manifest.members if member.photo is not None]
        named += manifest.asks
        bundle = TakenBundle(
            device=manifest.device,
            id=manifest.bundle,
            nonce=manifest.nonce,
            part=manifest.part,
            parts=manifest.parts,
            brought_by=self._carrier,
            taken_at=self._hub.now().millis,
            whole=False,
            sha256=None,
            losses=manifest.losses,
            feed_epoch=manifest.feed.epoch if manifest.feed else "",
            feed_after=manifest.feed.after if manifest.feed else 0,
        )
        with self._hub.database.writing((str(manifest.device),)) as rows:
            bundles.begin(rows, bundle, named)

    def batch(self, member: Member, data: bytes) -> None:
        """As `BundleSink`."""
        assert self._carrier is not None
        try:
            took = take(self._hub, self._carrier, data)
        except BatchRefused as error:
            self.report.problem = error
            return
        self._count(took)
        manifest = self.report.manifest
        assert manifest is not None
        with self._hub.database.writing((str(self._device),)) as rows:
            bundles.add_ends(rows, self._device, manifest.bundle, took.ends)
            if took.gaps:
                bundles.keep_early(
                    rows,
                    member.sha256.raw,
                    data,
                    device=self._device,
                    brought_by=self._carrier,
                    now=self._hub.now().millis,
                )
        if took.new:
            self._take_early()

    def _take_early(self) -> None:
        """Take batches that came before the entries that they continue, as long as any fits."""
        fits = True
        while fits:
            fits = False
            with self._hub.database.reading() as rows:
                waiting = bundles.early(rows, self._device)
            for sha256, brought_by, data in waiting:
                took = take(self._hub, brought_by, data)
                self.report.new_entries += took.new
                self.report.early_entries = max(0, self.report.early_entries - took.new)
                fits = fits or took.new > 0
                if not took.gaps:
                    with self._hub.database.writing((str(self._device),)) as rows:
                        bundles.drop_early(rows, sha256)

    def _count(self, took: Intake) -> None:
        self.report.new_entries += took.new
        self.report.held_entries += took.held
        self.report.early_entries += took.gaps
        self.report.refused += took.statement.refused

    def photo_begins(self, member: Member) -> None:
        """As `BundleSink`. A photo that the hub holds is read and not stored again."""
        photo = member.photo
        assert photo is not None
        self._hub.objects.expect_own()
        with self._hub.database.reading() as rows:
            held = held_photo(self._hub, rows, photo)
        self._part = "" if held is not None else self._hub.random(16).hex()
        self._size, self._held = 0, bytearray()

    def photo_piece(self, data: bytes) -> None:
        """As `BundleSink`."""
        if self._part:
            self._held += data
            if len(self._held) >= PIECE:
                self._write()

    def _write(self) -> None:
        self._size = self._hub.objects.append(self._part, self._size, bytes(self._held))
        self._held = bytearray()

    def photo_whole(self, member: Member) -> None:
        """As `BundleSink`. The bytes are read back and hashed before the photo counts as held."""
        photo = member.photo
        assert photo is not None
        if not self._part:
            self.report.held_photos += 1
            return
        self._write()
        found, start = self._hub.objects.digest(self._part)
        if found != photo:
            raise CannotWrite(
                mark("the disk returned other bytes than were written"),
                about=photo.short,
                hint=mark("Check the disk of the hub, then take the bundle again."),
            )
        self._hub.objects.keep(self._part, photo)
        self._part = ""
        self._kept.append(Held(photo, member.size, form_of(start)))
        if len(self._kept) == ROWS_AT_ONCE:
            self.commit()

    def commit(self) -> None:
        """Write the rows of the photos whose bytes are stored.

        Where the process is killed before, the bytes lie under their hash, and the bundle is taken
        again.
        """
        kept, self._kept = self._kept, []
        now = self._hub.now().millis
        if kept:
            stored = [held.hash for held in kept]
            with self._hub.database.writing(("photos",), storing=stored) as rows:
                for held in kept:
                    before = photos.held(rows, held.hash, self._hub.identity.epoch)
                    if before is not None and before.size != held.size:
                        photos.reopen(rows, [held.hash], now)
                    photos.add(rows, held, now, self._device)
        for held in kept:
            drop_pictures(self._hub, held.hash)
            self.report.new_photos.append(held.hash)

    def photo_refused(self, member: Member) -> None:  # noqa: ARG002
        """As `BundleSink`."""
        self.drop()

    def drop(self) -> None:
        """Forget the photo that did not come whole."""
        if self._part:
            self._hub.objects.drop(self._part)
            self._part = ""


class _Hashed:
    """Hashes what is read."""

    def __init__(self, source: Source, progress: Callable[[int], None]) -> None:
        self._source = source
        self._progress = progress
        self._hash = hashlib.sha256()
        self._read = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._hash.update(data)
        self._read += len(data)
        self._progress(self._read)
        return data

    def to_the_end(self) -> None:
        """Read what the decryption left unread."""
        while self.read(1 << 20):
            pass

    def digest(self) -> bytes:
        """The SHA-256 of what was read."""
        return self._hash.digest()

"""What waits, read from the workstation for bundles. What cannot be read is set aside by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from acts.hub.join_hub import EnrolledHub
from domain.encoding import from_json
from domain.entry import Entry
from domain.errors import Malformed, TidewaiterError
from domain.ids import Digest, EntryHash, HubId, PhotoHash
from domain.words import mark
from storage import exports, hub_memory, journal
from storage.errors import NotFound
from storage.exports import Bundle, WaitingItem
from storage.hub_memory import Deliverable, HubFact
from storage.projections import records
from storage.workstation import Workstation
from sync.plan import cut_batch
from sync.stick.parts import Batched, Part, content_limit, cost
from sync.wire.batch import pack_batch
from sync.wire.manifest import (
    MEMBERS_LIMIT,
    FeedCursor,
    Manifest,
    Member,
    batch_name,
    photo_name,
    sign_manifest,
)
from system.errors import StickFailed

TOO_LARGE = mark("it is too large for a file of {size} bytes; give a larger --size")


@dataclass(frozen=True)
class SetAside:
    """An item that was not written, and why; `record` is its interception, empty for none."""

    name: Deliverable
    record: str
    why: TidewaiterError

    @property
    def what(self) -> str:
        """`entry` or `photo`."""
        return "entry" if isinstance(self.name, EntryHash) else "photo"


def missing(set_aside: Sequence[SetAside]) -> list[PhotoHash]:
    """The photos among them: the hub may have them from before, and is asked."""
    return [item.name for item in set_aside if isinstance(item.name, PhotoHash)]


@dataclass
class WaitingContent:
    """What is to be written, before it is divided."""

    batches: list[Batched] = field(default_factory=list)
    photos: list[tuple[PhotoHash, int]] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


class ContentReader:
    """Reads entries and photos; `looked` is called after each item with how many were read, of how
    many, so that it can be shown and cancelled.
    """

    def __init__(
        self, ws: Workstation, looked: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        self._ws = ws
        self._looked = looked

    def waiting(self, only: str, limit: int) -> WaitingContent:
        """What waits and is in no bundle yet; or what `only` names, in bundles or not.

        Batches fit into files of `limit` bytes, where a single entry does. What the hub refused for
        good is left out, but when `only` names it. Raises `NotFound`.
        """
        db = self._ws.db
        if only:
            return self._read(self._named(only), limit)
        found = WaitingContent()
        for item, why in exports.refused(db):
            found.set_aside.append(SetAside(item.name, item.record, _refused(why)))
        covered = exports.in_bundles(db)
        waiting = [
            item
            for what in ("entry", "photo")
            for item in exports.waiting(db, what)
            if item.name.raw not in covered
        ]
        read = self._read(waiting, limit)
        read.set_aside = found.set_aside + read.set_aside
        return read

    def planned(self, bundle: Bundle, limit: int) -> WaitingContent:
        """What is in a bundle that was planned before; `limit` as for `waiting`."""
        names = exports.items(self._ws.db, bundle.id)
        return self._read([WaitingItem(name, "") for name in names], limit)

    def _named(self, only: str) -> list[WaitingItem]:
        """The entries and photos that a seizure number or a hash names, with all that must come
        before them.
        """
        db, device = self._ws.db, self._ws.device
        waiting = {item.name: item for what in ("entry", "photo") for item in
                   exports.waiting(db, what)}  # fmt: skip
        waiting |= {item.name: item for item, _ in exports.refused(db)}
        try:
            raw = Digest.parse(only.lower()).raw
            wanted = [item for name, item in waiting.items() if name.raw == raw]
        except Malformed:
            record = str(records.find_number(db, only))
            wanted = [item for item in waiting.values() if item.record == record]
        if not wanted:
            raise NotFound(mark("nothing of that name waits for the hub"), about=only[:80])
        last = [item.name for item in wanted if isinstance(item.name, EntryHash)]
        before = {name for one in last for name in journal.ancestors(db, one)}
        order = [name for name in journal.lacking(db, device, ()) if name in before]
        entries = [waiting.get(name, WaitingItem(name, "")) for name in order if name in waiting]
        return entries + [item for item in wanted if isinstance(item.name, PhotoHash)]

    def _read(self, items: Sequence[WaitingItem], limit: int) -> WaitingContent:
        found = WaitingContent()
        entries: list[Entry] = []
        for number, item in enumerate(items, 1):
            try:
                if isinstance(item.name, EntryHash):
                    entries.append(journal.entry(self._ws.db, item.name))
                else:
                    found.photos.append((item.name, len(self._ws.photos.original(item.name))))
            except TidewaiterError as error:
                found.set_aside.append(SetAside(item.name, item.record, error))
            self._looked(number, len(items))
        while entries:
            batch = _batch(entries, limit)
            found.batches.append(batch)
            entries = entries[len(batch.entries) :]
        return found


def _batch(entries: Sequence[Entry], limit: int) -> Batched:
    """The first entries as one batch that fits into a file of `limit` bytes; at least one entry."""
    batch = cut_batch(entries)
    data = pack_batch(batch)
    while len(batch) > 1 and cost(len(data)) > content_limit(limit):
        batch = batch[: len(batch) // 2]
        data = pack_batch(batch)
    return Batched(tuple(entry.hash for entry in batch), data)


def recipient_of(hub: EnrolledHub) -> str:
    """To whom bundles are encrypted. Raises `NotFound` while it is not known here."""
    if not hub.recipient:
        raise NotFound(
            mark("this workstation does not know yet how to encrypt for its hub"),
            hint=mark(
                "Synchronise once with a newer hub, enrol anew, or take an answer of the hub from a"
                " stick: main.py bundle import."
            ),
        )
    return hub.recipient


def signed_manifest(
    ws: Workstation, hub: HubId, bundle: Bundle, part: Part, asks: Sequence[PhotoHash] = ()
) -> bytes:
    """The manifest of the bundle, signed by the workstation; `asks` are photos missing here."""
    batches = [
        Member(batch_name(number), len(batch.data), Digest(hashlib.sha256(batch.data).digest()))
        for number, batch in enumerate(part.batches, 1)
    ]
    photos = [Member(photo_name(name), size, Digest(name.raw)) for name, size in part.photos]
    manifest = Manifest(
        hub=hub,
        device=ws.device,
        bundle=bundle.id,
        nonce=bundle.nonce,
        part=bundle.part,
        parts=bundle.parts,
        made_at=ws.now(),
        members=(*batches, *photos),
        losses=hub_memory.number(ws.db, HubFact.LOSSES),
        feed=_cursor(ws),
        asks=tuple(asks[:MEMBERS_LIMIT]),
    )
    return sign_manifest(manifest, ws.signing_key(), journal.key_changes(ws.db, ws.device))


def members_of(ws: Workstation, part: Part) -> Iterator[tuple[str, bytes]]:
    """The members with their bytes. Raises `StickFailed` for a photo that changed meanwhile."""
    for number, batch in enumerate(part.batches, 1):
        yield batch_name(number), batch.data
    for name, size in part.photos:
        data = ws.photos.original(name)
        if len(data) != size:
            raise StickFailed(mark("a photo changed while it was written"), about=name.short)
        yield photo_name(name), data


def _cursor(ws: Workstation) -> FeedCursor | None:
    found = hub_memory.remembered(ws.db, HubFact.FEED)
    return from_json(found, FeedCursor) if found else None


def _refused(why: str) -> TidewaiterError:
    return TidewaiterError(mark("the hub refuses it: {why}"), why=why)

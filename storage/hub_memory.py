"""Stores what this workstation knows of its hub: the address, and what the hub signed for.

Every entry, and every photo that any revision ever named, is in exactly one of the tables `held`
and `waiting`. A row in `held` is a cache of the hub's last statement. The hub may have lost the
item since, so the row never permits to delete anything here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import EntryHash, PhotoHash
from domain.instant import Instant
from domain.statement import Level, Refusal
from system.database import Connection

Deliverable = EntryHash | PhotoHash
"""Things that the hub signs for."""


class HubFact(StrEnum):
    """A row of the table `hub`."""

    URL = "url"
    ID = "id"
    KEY = "key"
    """The key that the hub had at enrolment, raw."""
    TOKEN = "token"
    AUTHORITY = "authority"
    """PEM certificates of authorities for the hub, in addition to the system's."""
    EPOCH = "epoch"
    """The epoch in which the hub signed last."""
    LEFT_EPOCHS = "left_epochs"
    """JSON: the earlier epochs of the hub."""
    SIGNED_AT = "signed_at"
    """When the hub signed last, by its clock: milliseconds since 1970."""
    SETBACKS = "setbacks"
    """How often the hub's clock had been set back when it signed last."""
    KNOWS_NONCES = "knows_nonces"
    """`1` once the hub repeated the nonce of a question."""
    LAST_CONTACT = "last_contact"
    """When the hub signed last, by the clock of this workstation: an `Instant` as text."""
    CLOCKS = "clock"
    """JSON: the times of all clocks then (`storage.clock`)."""
    BRANCHED = "branched"
    """`1` when the hub holds another branch of this workstation's journal, else `0`."""
    RECIPIENT = "recipient"  # of age, for bundles
    FEED = "feed"  # JSON: how far it was taken
    TIPS = "tips"
    """JSON: the branch ends that were here and that the hub signed for."""
    PROTOCOL = "protocol"
    """The protocol that the hub speaks, by its last statement."""
    LOSSES = "losses"
    """Running number of the last loss of the hub that is noted here."""
    PIECE = "piece"
    """Bytes that a proxy before the hub lets through in a request, and the day when it did."""
    OTHERS_NONCE = "others_nonce"
    """The nonce of an answer on a stick that was to the question of another copy of this folder."""
    ASKED_AFTER = "asked_after"
    """The last such nonce after which this folder wrote a bundle: a question of its own."""
    CHECKED_ON = "checked_on"
    """The day of the last spot check of held photos, by the clock of this workstation."""


class HubSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The counts for the sentence in the footer."""

    hub: str
    """The hub's address; empty when the workstation is not enrolled."""
    records: int
    records_held: int
    photos: int
    photos_held: int
    photos_safe: int
    """Photos that the hub signed as safe in a tested second copy."""
    waiting_since: Instant | None
    last_contact: Instant | None
    branched: bool
    """The hub holds another branch of this workstation's journal."""
    refused: int
    """Entries or photos that the hub would not take."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One interception of which the hub lacks something."""

    record: str
    number: str
    title: str
    since: Instant
    entries: int
    photos: int
    refused: str
    """Why the hub refused a part of it; empty when it only waits."""


def wait_for(db: Connection, name: Deliverable, record: str, at: Instant) -> None:
    """Note that an item must be sent, unless the hub has signed for it already."""
    db.execute(
        "INSERT OR IGNORE INTO waiting (hash, what, record, since)"
        " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM held WHERE hash = ?1)",
        (name.raw, _what(name), record, at.millis),
    )


def hold(
    db: Connection, names: Iterable[Deliverable], *, level: Level, epoch: str, at: Instant
) -> None:
    """Note that the hub signed for these, at that `level`, in that `epoch` of the hub."""
    for name in names:
        db.execute(
            "INSERT INTO held (hash, what, level, epoch, at) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (hash) DO UPDATE SET level = ?3, epoch = ?4, at = ?5",
            (name.raw, _what(name), level, epoch, at.millis),
        )
        db.execute("DELETE FROM waiting WHERE hash = ?", (name.raw,))
        db.execute("DELETE FROM refused WHERE hash = ?", (name.raw,))
        db.execute("DELETE FROM begun WHERE photo = ?", (name.raw,))


def let_go(db: Connection, name: Deliverable, record: str, at: Instant) -> None:
    """Note that the hub no longer holds it (it was restored from an older backup)."""
    db.execute("DELETE FROM held WHERE hash = ?", (name.raw,))
    wait_for(db, name, record, at)
    if isinstance(name, PhotoHash):
        note_begun(db, [name])


def forget(db: Connection) -> None:
    """Let everything wait until the hub signs again: it was restored, or it is another hub."""
    doubt_photos(db)
    db.execute(
        "INSERT OR IGNORE INTO waiting (hash, what, record, since)"
        # an entry that is not in the journal cannot be sent
        " SELECT h.hash, h.what, e.subject, e.at FROM held AS h JOIN entry AS e ON e.hash = h.hash"
    )
    db.execute("DELETE FROM held")
    db.execute("DELETE FROM refused")


def doubt_photos(db: Connection) -> None:
    """Let all photos wait until the hub signs for them again: it may have lost any of them."""
    db.execute("INSERT OR IGNORE INTO begun (photo) SELECT hash FROM held WHERE what = 'photo'")
    db.execute(
        "INSERT OR IGNORE INTO waiting (hash, what, record, since)"
        " SELECT h.hash, h.what, coalesce(p.record, ''), h.at FROM held AS h"
        " LEFT JOIN record_photo AS p ON p.hash = h.hash WHERE h.what = 'photo'"
    )
    db.execute("DELETE FROM held WHERE what = 'photo'")


def refuse(db: Connection, item: Refusal, at: Instant) -> None:
    """Note that the hub refused an entry, and why."""
    _note_refusal(db, item.hash, item.reason, at, curable=item.curable)


def refuse_photo(db: Connection, photo: PhotoHash, reason: str, at: Instant) -> None:
    """Note that the hub never takes a photo, and why."""
    _note_refusal(db, photo, reason, at, curable=False)


def _note_refusal(
    db: Connection, name: Deliverable, reason: str, at: Instant, *, curable: bool
) -> None:
    db.execute(
        "INSERT INTO refused (hash, what, reason, at, curable) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (hash) DO UPDATE SET reason = ?3, at = ?4, curable = ?5",
        (name.raw, _what(name), reason, at.millis, int(curable)),
    )


def forget_refusals(db: Connection) -> None:
    """What the hub refused only waits from now on; part of the caller's transaction."""
    db.execute("DELETE FROM refused")


def is_held(db: Connection, name: Deliverable) -> bool:
    """Whether the hub signed for it, by its last answer."""
    return db.execute("SELECT 1 FROM held WHERE hash = ?", (name.raw,)).fetchone() is not None


def noted_tips(db: Connection) -> tuple[EntryHash, ...] | None:
    """The branch ends that were here and that the hub signed for last; None before the first."""
    names = remembered(db, HubFact.TIPS)
    if names is None:
        return None
    return tuple(EntryHash.parse(name) for name in from_json(names, list[str]))


def note_tips(db: Connection, tips: Iterable[EntryHash]) -> None:
    """Note the branch ends that are here and that the hub signed for; kept beside `held`."""
    names = sorted(str(tip) for tip in tips)
    if names or noted_tips(db) is None:
        remember(db, HubFact.TIPS, to_json(names))


def signed_for_and_gone(db: Connection) -> int:
    """How many entries the hub signed for while they were here, and that are not here now."""
    rows = db.execute("SELECT hash FROM held WHERE what = 'entry'").fetchall()
    names = {bytes(row[0]) for row in rows} | {tip.raw for tip in noted_tips(db) or ()}
    here = {bytes(row[0]) for row in db.execute("SELECT hash FROM entry").fetchall()}
    return len(names - here)


def waiting_photos(db: Connection) -> tuple[PhotoHash, ...]:
    """Photos that the hub has neither signed for nor refused for good, those of the oldest
    interceptions first.
    """
    rows = db.execute(
        "SELECT hash FROM waiting AS w WHERE what = 'photo' AND NOT EXISTS"
        " (SELECT 1 FROM refused AS r WHERE r.hash = w.hash) ORDER BY since, hash"
    )
    return tuple(PhotoHash(bytes(row[0])) for row in rows.fetchall())


def note_begun(db: Connection, photos: Iterable[PhotoHash]) -> None:
    """Note that the hub may hold some bytes of these photos, or all; part of the caller's
    transaction.
    """
    rows = ((photo.raw,) for photo in photos)
    db.executemany("INSERT OR IGNORE INTO begun (photo) VALUES (?)", rows)


def photo_owner(db: Connection, photo: PhotoHash) -> str:
    """A record that names the photo; empty when none does."""
    row = db.execute(
        "SELECT record FROM record_photo WHERE hash = ? LIMIT 1", (photo.raw,)
    ).fetchone()
    return str(row[0]) if row else ""


def remembered(db: Connection, fact: HubFact) -> bytes | None:
    """A fact about the hub; None when it was never stored."""
    row = db.execute("SELECT value FROM hub WHERE name = ?", (fact,)).fetchone()
    return bytes(row[0]) if row else None


def number(db: Connection, fact: HubFact) -> int:
    """A fact that is a number; 0 when it was never stored."""
    return int(remembered(db, fact) or b"0")


def piece_of(db: Connection, day: str) -> int:
    """Bytes that a proxy before the hub let through in a request that `day`; 0 if none refused."""
    size, _, when = (remembered(db, HubFact.PIECE) or b"0").decode().partition(" ")
    return int(size) if when == day else 0


def remember(db: Connection, fact: HubFact, value: bytes) -> None:
    """Store a fact about the hub; part of the caller's transaction."""
    db.execute(
        "INSERT INTO hub (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        (fact, value),
    )


def unremember(db: Connection, *facts: HubFact) -> None:
    """Drop facts about the hub; part of the caller's transaction."""
    for fact in facts:
        db.execute("DELETE FROM hub WHERE name = ?", (fact,))


def count_waiting(db: Connection) -> int:
    """How many entries and photos the hub has not signed for."""
    return _count(db, "waiting")


def summary(db: Connection) -> HubSummary:
    """What the hub stores of this workstation, by its last statement."""
    records = _count(db, "record")
    late_records = db.execute(
        "SELECT count(DISTINCT w.record) FROM waiting AS w JOIN record USING (record)"
        " WHERE w.what = 'entry'"
    ).fetchone()[0]
    late_photos, since = db.execute(
        "SELECT (SELECT count(*) FROM waiting WHERE what = 'photo'),"
        " (SELECT min(since) FROM waiting JOIN record USING (record))"
    ).fetchone()
    photos, safe = db.execute(
        "SELECT count(*), coalesce(sum(level = 'safe'), 0) FROM held WHERE what = 'photo'"
    ).fetchone()
    contact = remembered(db, HubFact.LAST_CONTACT)
    return HubSummary(
        hub=(remembered(db, HubFact.URL) or b"").decode(),
        records=records,
        records_held=records - late_records,
        photos=photos + late_photos,
        photos_held=photos,
        photos_safe=safe,
        waiting_since=Instant(since) if since is not None else None,
        last_contact=Instant.parse(contact.decode()) if contact else None,
        branched=remembered(db, HubFact.BRANCHED) == b"1",
        refused=_count(db, "refused"),
    )


def waiting(db: Connection, limit: int = 200) -> tuple[Waiting, ...]:
    """The interceptions of which the hub lacks something, the oldest first."""
    rows = db.execute(
        "SELECT w.record, r.number, r.title, min(w.since), sum(w.what = 'entry'),"
        " sum(w.what = 'photo'), max(coalesce(f.reason, ''))"
        " FROM waiting AS w JOIN record AS r USING (record)"
        " LEFT JOIN refused AS f ON f.hash = w.hash"
        " GROUP BY w.record ORDER BY min(w.since) LIMIT ?",
        (limit,),
    )
    return tuple(
        Waiting(
            record=record,
            number=number,
            title=title,
            since=Instant(since),
            entries=entries,
            photos=photos,
            refused=reason,
        )
        for record, number, title, since, entries, photos, reason in rows.fetchall()
    )


def _what(name: Deliverable) -> str:
    """The kind of item for the column `what`."""
    return "entry" if isinstance(name, EntryHash) else "photo"


def _count(db: Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

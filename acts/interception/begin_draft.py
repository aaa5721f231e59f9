"""Begin an interception: the values known from the post and the clock are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from acts.deed import new_record_id
from acts.errors import DeedRefused
from acts.session import Session
from domain.document import Document, DocumentPart, JsonValue
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.codes import CustomsDirection, LegalAction
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.pack.model import Post
from domain.words import in_language, mark
from storage import drafts, packs
from storage.drafts import Draft
from storage.identity import Station
from storage.workstation import Workstation
from system.database import transaction


def begin_draft(
    ws: Workstation,
    checklist: Checklist,
    session: Session,
    *,
    like: DocumentPart | None = None,
) -> RecordId:
    """A new draft for `checklist`; the values in `like` replace those of the post.

    Durable when it returns. Raises `CannotWrite`, and `DeedRefused` for a withdrawn pack.
    """
    refuse_withdrawn(ws, checklist)
    record, now = new_record_id(ws), ws.now()
    document = over(opening(ws.station, checklist, session.badge, now, like), like or {})
    document["record_id"] = str(record)
    draft = Draft(
        record=record,
        document=document,
        pack=PackRef(id=checklist.pack.id, version=checklist.pack.version),
        amends=None,
        begun_at=now,
        saved_at=now,
    )
    with transaction(ws.db):
        drafts.put(ws.db, draft)
    return record


def refuse_withdrawn(ws: Workstation, checklist: Checklist) -> None:
    """Raises `DeedRefused` when headquarters has withdrawn this version: drafts and records that
    were made with it go on, and new ones take another.
    """
    if packs.is_withdrawn(ws.db, checklist.ref):
        raise DeedRefused(
            mark("headquarters has withdrawn this pack"),
            about=f"{checklist.pack.id} {checklist.pack.version}",
            hint=mark("Record with another pack, or ask headquarters for a new version."),
        )


def opening(
    station: Station,
    checklist: Checklist,
    officer: str,
    now: Instant,
    named: DocumentPart | None = None,
) -> Document:
    """The values known before the officer types: post, place, time, country of destination.

    `named` are values from the record itself. The place is that of the post in `named`, else of the
    workstation's post; a record with another place gets no values of the post's place.
    """
    code = (named or {}).get("post") or station.post
    post = checklist.post(code) if isinstance(code, str) else None
    own = post is None or code == station.post
    occasion: Document = {"seized_at": str(now), "customs_direction": CustomsDirection.IMPORT}
    document: Document = {
        "post": code,
        "officer": officer,
        "occasion": occasion,
        "route": {"destination_country": station.country if own or post is None else post.country},
        "legal": {"action": LegalAction.SEIZURE},
    }
    if post is not None:
        if is_at(post, (named or {}).get("occasion")):
            occasion |= place_of(post)
        if post.default_mode:
            document["consignment"] = {"mode": post.default_mode}
    return document


def is_at(post: Post, occasion: JsonValue) -> bool:
    """Whether `occasion` names the post's own place, or no place."""
    if not isinstance(occasion, Mapping):
        return True
    text, locode = occasion.get("place_text"), occasion.get("unlocode")
    degrees = [occasion.get(name) for name in ("latitude", "longitude")]
    if any(value not in (None, "") for value in degrees):
        return False
    elsewhere = text not in (None, "", *post.name.values())
    return not elsewhere and locode in (None, "", post.unlocode)


def place_of(post: Post) -> dict[str, str]:
    """The place of the post, as fields of `occasion`."""
    place = {
        "place_text": in_language(post.name, "en"),
        "unlocode": post.unlocode,
        "place_type": post.place_type,
    }
    return {name: value for name, value in place.items() if value}


def over(ground: DocumentPart, upper: DocumentPart, *, empty_too: bool = True) -> Document:
    """`ground` with the values of `upper` over it, group by group; lists are replaced whole.

    Without `empty_too`, `None` and `""` in `upper` do not replace a value.
    """
    joined = dict(ground)
    for name, value in upper.items():
        below = joined.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            joined[name] = over(below, value, empty_too=empty_too)
        elif empty_too or name not in joined or value not in (None, ""):
            joined[name] = value
    return joined

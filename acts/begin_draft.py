"""Begin an interception: what the post and the clock know is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acts.deed import new_record_id
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist, in_language
from storage import drafts
from storage.database import transaction
from storage.drafts import Draft
from storage.place import Station
from storage.workstation import Workstation


def begin_draft(
    ws: Workstation,
    checklist: Checklist,
    officer: str,
    *,
    like: Mapping[str, Any] | None = None,
) -> RecordId:
    """A new draft shaped by `checklist`; `like` are values that go over those of the post.

    Durable when it returns. Raises `CannotWrite`.
    """
    record, now = new_record_id(ws), ws.now()
    document = over(opening(ws.station, checklist, officer, now), like or {})
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


def opening(station: Station, checklist: Checklist, officer: str, now: Instant) -> dict[str, Any]:
    """What is known before anything is typed: post, place, time, country of destination."""
    post = checklist.post(station.post)
    document: dict[str, Any] = {
        "post": station.post,
        "officer": officer,
        "occasion": {"seized_at": str(now), "customs_direction": "import"},
        "route": {"destination_country": station.country},
        "legal": {"action": "seizure"},
    }
    if post is not None:
        document["occasion"]["place_text"] = in_language(post.name, "en")
        if post.unlocode:
            document["occasion"]["unlocode"] = post.unlocode
        if post.place_type:
            document["occasion"]["place_type"] = post.place_type
        if post.default_mode:
            document["consignment"] = {"mode": post.default_mode}
    return document


def over(ground: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """`ground` with the values of `upper` over it, group by group; lists are replaced whole."""
    joined = dict(ground)
    for name, value in upper.items():
        below = joined.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            joined[name] = over(below, value)
        else:
            joined[name] = value
    return joined

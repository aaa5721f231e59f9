"""The interceptions of an export as JSON: in force, with their history and the signed bytes."""

from __future__ import annotations

from domain.document import Document
from domain.encoding import to_plain
from domain.entry import Entry
from domain.fields import items_of, walk
from domain.fold import Case
from domain.interception.base import FieldKind
from hub.export.records import ExportedInterception
from hub.export.tables import utc
from hub.packs import Library


def document_of(found: ExportedInterception, library: Library, language: str) -> Document:
    """One interception; docs/export-format.md names the members."""
    listed, case = found.listed, found.case
    made: Document = {
        "number": listed.number,
        "record_id": listed.record,
        "workstation": listed.device,
        "case": {"id": listed.case_id, "number": found.first},
        "status": listed.status,
        "revision": listed.revision,
        "arrived_at": utc(listed.arrived_at),
        "changed_at": utc(listed.changed_at),
        "journal": [_entry(arrival, entry) for arrival, entry in found.journal],
    }
    if case is not None:
        made |= {
            "entry": str(case.current.entry),
            "interception": to_plain(case.interception),
            "labels": _labels(case, library, language),
            "photos_held": sorted(map(str, found.held)),
            "history": _history(case),
            "cancelled": to_plain(case.cancelled) if case.cancelled else None,
        }
    return made


def _entry(arrival: int, entry: Entry) -> Document:
    """The entry as it was signed, so that a stranger can verify it (docs/journal.md)."""
    return {
        "arrival": arrival,
        "hash": str(entry.hash),
        "signed": entry.bytes.decode(),
        "signature": entry.signature.hex(),
    }


def _labels(case: Case, library: Library, language: str) -> Document:
    """The words for each code, by the path of its field."""
    found = case.interception
    pack = (found.pack.id, found.pack.version)
    labels: Document = {}
    for path, field, value in walk(found, added=library.added(pack)):
        list_name = "posts" if path == "post" else field.list_name
        if list_name and (field.kind is FieldKind.CODE or path == "post"):
            words = [
                library.label(pack, list_name, str(item), language) for item in items_of(value)
            ]
            labels[path] = words if field.many else words[0]
    return labels


def _history(case: Case) -> Document:
    """All revisions, oldest first, with reviews and receipts."""
    return {
        "revisions": [
            {
                "entry": str(each.entry),
                "seq": each.seq,
                "at": str(each.at),
                "officer": each.actor,
                "in_force": each.entry == case.current.entry,
                "rival": each.entry in case.rivals,
                **to_plain(each.body),
            }
            for each in case.revisions
        ],
        "reviews": [
            {"at": str(each.at), "officer": each.actor, **to_plain(each.body)}
            for each in case.reviews
        ],
        "receipts": [
            {"officer": each.actor, **to_plain(each.body), "copies": [*map(to_plain, each.copies)]}
            for each in case.receipts
        ],
    }

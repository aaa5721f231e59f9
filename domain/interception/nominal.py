"""Separates the data that stays from the data that is sent, and proves that both match.

What names persons stays, and what the pack keeps.

The shared part is the document without its nominal fields. The nominal part is a flat map from path
to value, written as JSON with a salt before it; the journal entry carries only the SHA-256 of those
bytes (the commitment), so the signature is valid with and without the nominal part.
"""

from __future__ import annotations

from collections.abc import Collection

from domain.document import Document, JsonValue
from domain.encoding import from_plain, to_plain
from domain.fields import NO_FIELDS, AddedFields, bare, walk
from domain.ids import Digest
from domain.interception.base import Privacy
from domain.interception.record import Interception

STAYS = (Privacy.NOMINAL, Privacy.SEALED)


class Commitment(Digest):
    """SHA-256 of salt and nominal part."""

    __slots__ = ()


def stays(
    path: str, privacy: Privacy | None, freed: Collection[str], kept: Collection[str] = ()
) -> bool:
    """Whether the field at `path` stays at the post.

    `freed` are field names without indexes (`persons.parties.name`, `legal.grounds`) that the pack
    allows to be sent, `kept` those that it holds back though they name no person.
    """
    name = bare(path)
    return name in kept or (privacy in STAYS and name not in freed)


def nominal_paths(
    interception: Interception,
    freed: Collection[str] = (),
    added: AddedFields = NO_FIELDS,
    kept: Collection[str] = (),
) -> tuple[str, ...]:
    """The paths in `interception` that stay at the post; `freed` and `kept` as in `stays`, `added`
    are the fields that the pack adds.
    """
    return tuple(
        path
        for path, field, _ in walk(interception, added=added)
        if stays(path, field.privacy, freed, kept)
    )


def split(
    interception: Interception,
    freed: Collection[str] = (),
    added: AddedFields = NO_FIELDS,
    kept: Collection[str] = (),
) -> tuple[Interception, Document]:
    """The shared interception, and the nominal values by path (empty when there are none)."""
    document = to_plain(interception)
    nominal: Document = {}
    for path in nominal_paths(interception, freed, added, kept):
        *parents, last = path.split(".")
        nominal[path] = _follow(document, parents).pop(last)
    return from_plain(document, Interception), nominal


def join(shared: Interception, nominal: Document) -> Interception:
    """The interception with its nominal values back in their places."""
    document = to_plain(shared)
    for path, value in nominal.items():
        *parents, last = path.split(".")
        _follow(document, parents)[last] = value
    return from_plain(document, Interception)


def commit(salt: bytes, nominal_json: bytes) -> Commitment:
    """The hash that an entry contains in place of its nominal part.

    `salt`: 16 random bytes or more.
    """
    return Commitment.of(salt + nominal_json)


def _follow(document: Document, parents: list[str]) -> Document:
    here: JsonValue = document
    for part in parents:
        if isinstance(here, dict):
            here = here.setdefault(part, {})
        elif isinstance(here, list):
            here = here[int(part)]
    assert isinstance(here, dict)
    return here

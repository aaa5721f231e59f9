"""The checklists that the hub offers and reads labels from: shipped ones, and those in its
database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import PackRefused
from domain.ids import PackHash
from domain.pack.checklist import Checklist, Terms
from domain.pack.model import Unit
from domain.pack.read import read_pack
from hub.store.port import Database
from hub.store.sql import packs
from sync.wire.enrolment import OfferedPack
from system.resources import shipped_packs, terms


@dataclass(frozen=True, slots=True)
class Library:
    """Checklists by id and version, with the bytes of their files; they do not change while the hub
    runs.
    """

    checklists: dict[tuple[str, str], Checklist]
    files: dict[tuple[str, str], bytes]
    terms: Terms
    refused: tuple[PackRefused, ...]

    @property
    def offered(self) -> tuple[OfferedPack, ...]:
        """The checklists that a device can fetch."""
        found = ((key, self.checklists[key].sha256) for key in sorted(self.checklists))
        return tuple(OfferedPack(id=i, version=v, sha256=sha) for (i, v), sha in found)

    def unit(self, pack: tuple[str, str], code: str) -> Unit | None:
        """The unit in that pack, else in another version of it."""
        found = (checklist.unit(code) for checklist in self._like(pack))
        return next(filter(None, found), None)

    def unit_words(self, pack: tuple[str, str], unit: str, value: Decimal) -> str:
        """English words for `value` of a unit, from the pack or another version of it; else the
        unit's code.
        """
        for checklist in self._like(pack):
            if checklist.unit(unit):
                return checklist.unit_words(unit, value, "en")
        return unit

    def label(self, pack: tuple[str, str], list_name: str, code: str) -> str:
        """English words for a code, from the pack or another version of it; else the code
        itself.
        """
        for checklist in self._like(pack):
            if checklist.has(list_name, code):
                return checklist.label(list_name, code, "en")
        for term in self.terms.get(list_name, ()):
            if term.code == code:
                return term.label.get("en", code)
        return code

    def post_name(self, code: str) -> str:
        """The English name of a post, from any pack; else its code."""
        found = (c.label("posts", code, "en") for c in self.checklists.values() if c.post(code))
        return next(found, code)

    def _like(self, pack: tuple[str, str]) -> Iterator[Checklist]:
        """The pack itself, then the other versions of it."""
        if pack in self.checklists:
            yield self.checklists[pack]
        for (name, _), checklist in sorted(self.checklists.items(), reverse=True):
            if name == pack[0]:
                yield checklist


def open_library(database: Database) -> Library:
    """All packs that can be read; the others are listed in `refused`.

    Raises `Damaged` when files of the program are missing.
    """
    with database.reading() as rows:
        given = packs.files(rows)
    files = [*shipped_packs().items()]
    files += [("the hub's database", data) for data in given]
    checklists: dict[tuple[str, str], Checklist] = {}
    by_key: dict[tuple[str, str], bytes] = {}
    refused: list[PackRefused] = []
    for name, data in files:
        try:
            pack = read_pack(data, name)
        except PackRefused as error:
            refused.append(error)
            continue
        key = (pack.id, pack.version)
        checklists[key] = Checklist(pack, PackHash.of(data), terms())
        by_key[key] = data
    return Library(checklists, by_key, terms(), tuple(refused))

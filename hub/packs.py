"""The checklists that the hub offers and reads labels from: shipped ones, and those in its
database, which were published or came from workstations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from domain.errors import PackRefused
from domain.fields import AddedFields, Field
from domain.ids import PackHash
from domain.pack.checklist import Checklist, Terms
from domain.pack.model import Pack, Unit
from domain.pack.read import read_pack
from domain.words import in_language
from hub.store.port import Database
from hub.store.sql import feed, packs
from sync.wire.enrolment import OfferedPack
from sync.wire.feed import PACK
from system.shipped import shipped_packs, terms


class Library:
    """Checklists by id and version, with the bytes of their files. Safe to use from any thread."""

    def __init__(
        self,
        checklists: Mapping[tuple[str, str], Checklist],
        files: Mapping[tuple[str, str], bytes],
        known_terms: Terms,
        *,
        refused: tuple[PackRefused, ...] = (),
        given: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._checklists = checklists
        self._files = files
        self._terms = known_terms
        self._given = given
        self.refused = refused

    def offered(self, post: str) -> tuple[OfferedPack, ...]:
        """The checklists that name the post; withdrawn ones are not among them."""
        self._look()
        found = (
            (key, self._checklists[key].sha256)
            for key in sorted(self._checklists)
            if key in self._given and self._checklists[key].post(post)
        )
        return tuple(OfferedPack(id=i, version=v, sha256=sha) for (i, v), sha in found)

    @property
    def given_out(self) -> tuple[Pack, ...]:
        """The packs that are given out."""
        self._look()
        return tuple(
            checklist.pack
            for key, checklist in sorted(self._checklists.items())
            if key in self._given
        )

    def names_post(self, pack: tuple[str, str], post: str) -> bool:
        """Whether a checklist names this post; True also for one that cannot be read now."""
        if pack not in self._checklists:
            self._look()
        checklist = self._checklists.get(pack)
        return checklist is None or checklist.post(post) is not None

    def has(self, pack: tuple[str, str]) -> bool:
        """Whether this very version is here, so that its codes have words."""
        self._look()
        return pack in self._checklists

    def file(self, pack: tuple[str, str]) -> bytes | None:
        """The bytes of a checklist, also of a withdrawn one."""
        self._look()
        return self._files.get(pack)

    def _look(self) -> None:
        """Look whether there are newer packs."""

    def unit(self, pack: tuple[str, str], code: str) -> Unit | None:
        """The unit in that pack, else in another version of it."""
        found = (checklist.unit(code) for checklist in self._like(pack))
        return next(filter(None, found), None)

    def added(self, pack: tuple[str, str]) -> AddedFields:
        """The fields that the pack, or another version of it, adds to lines of goods."""
        found: dict[str, Field] = {}
        for checklist in self._like(pack):
            found = {**checklist.added, **found}
        return found

    def unit_words(self, pack: tuple[str, str], unit: str, value: Decimal) -> str:
        """English words for `value` of a unit, from the pack or another version of it; else the
        unit's code.
        """
        for checklist in self._like(pack):
            if checklist.unit(unit):
                return checklist.unit_words(unit, value, "en")
        return unit

    def label(self, pack: tuple[str, str], list_name: str, code: str, language: str = "en") -> str:
        """Words for a code, from the pack or another version of it; in English where there are
        none in `language`, else the code itself.
        """
        for checklist in self._like(pack):
            if checklist.has(list_name, code):
                return checklist.label(list_name, code, language)
        for term in self._terms.get(list_name, ()):
            if term.code == code:
                return in_language(term.label, language) or code
        return code

    def post_name(self, code: str) -> str:
        """The English name of a post, from any pack; else its code."""
        found = (c.label("posts", code, "en") for c in self._checklists.values() if c.post(code))
        return next(found, code)

    def _like(self, pack: tuple[str, str]) -> Iterator[Checklist]:
        """The pack itself, then the other versions of it."""
        if pack not in self._checklists:
            self._look()
        if pack in self._checklists:
            yield self._checklists[pack]
        for (name, _), checklist in sorted(self._checklists.items(), reverse=True):
            if name == pack[0]:
                yield checklist


class LiveLibrary(Library):
    """The packs of the program and of the hub's database.

    What is published while the hub runs, also by another process, is there at the next question.
    """

    def __init__(self, database: Database) -> None:
        super().__init__({}, {}, terms())
        self._database = database
        self._last = (-1, -1)
        self._look()

    def _look(self) -> None:
        with self._database.reading() as rows:
            last = (feed.last(rows), packs.count(rows))
            if last == self._last:
                return
            held = packs.files(rows)
            published = [row for row in feed.everything(rows) if row.kind == PACK]
        given = {(row.name, row.version) for row in published if not row.withdrawn}
        files = [*shipped_packs().items(), *(("the hub's database", data) for data in held)]
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
            checklists[key] = Checklist(pack, PackHash.of(data), self._terms)
            by_key[key] = data
        # each is replaced whole, so that another thread sees the old one or the new one
        self._checklists, self._files = checklists, by_key
        self._given, self.refused = frozenset(given), tuple(refused)
        self._last = last


def open_library(database: Database) -> Library:
    """All packs that can be read; the others are listed in `refused`.

    Raises `Damaged` when files of the program are missing.
    """
    return LiveLibrary(database)

"""Unfinished drafts as the desk lists them: named by what they hold, and found by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from acts.interception.save_draft import discard_draft, restore_draft
from domain.badge import names_nobody
from domain.changes import Changes
from domain.document import Document, JsonValue, parts_at, text_at
from domain.errors import Malformed, TidewaiterError
from domain.fields import IDENTIFIERS, label_of
from domain.ids import RecordId
from domain.instant import Instant
from domain.words import Labels, in_language, mark
from gui.bridge import Bridge, Failed
from gui.parts.option import fold
from gui.words import Words
from storage import drafts
from storage.drafts import Draft
from storage.errors import NotFound
from storage.workstation import Workstation

DRAFT_WORDS = mark("draft")
"""The state of a draft."""
DELETE_KEY = "Ctrl+Shift+Delete"
FIRST_WORDS = 6
"""How many words of the grounds name a draft."""
MOST_READ_SINGLY = 20
"""When more records than that changed, all drafts are read in one query."""
NAMES = 4
"""How many parts name a draft at most."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in one line. Texts are empty where nothing was typed."""

    record: RecordId
    pack: str
    item: str
    """The first identifier of the consignment that has a value."""
    goods: Labels
    described: str
    """The officer's own words for the goods."""
    lot: str
    bag: str
    photos: int
    officer: str
    grounds: str
    """The first words of the grounds."""
    route: str
    seized_at: Instant | None
    saved_at: Instant
    amends: bool
    document: Document

    def title(self, words: Words) -> str:
        """What the draft holds, the most telling first."""
        say = words.say
        parts = (
            self.item,
            in_language(self.goods, words.language) or self.described,
            f"{say(label_of('goods.medicine.lot'))} {self.lot}" if self.lot else "",
            f"{say(label_of('goods.bag_no'))} {self.bag}" if self.bag else "",
            words.count("1 photo", "{count} photos", self.photos) if self.photos else "",
            self.grounds,
            say("officer {badge}", badge=self.officer) if self.officer else "",
        )
        return " · ".join([part for part in parts if part][:NAMES])

    def matches(self, search: str) -> bool:
        """Whether each word of `search` begins a word of the draft."""
        asked = _words(search)
        # Worked out only for a search: drafts are listed after each save.
        texts = (*_texts(self.document), *self.goods.values()) if asked else ()
        held = {word for text in texts for word in _words(text)}
        return all(any(word.startswith(part) for word in held) for part in asked)


def draft_line(draft: Draft, ws: Workstation) -> DraftLine:
    """The line for `draft`."""
    document = draft.document
    found = (text_at(document, field.path) for field in IDENTIFIERS)
    checklist = ws.checklist(draft.pack)
    lines = parts_at(document, "goods")
    first = lines[0] if lines else {}
    category = checklist.category(text_at(first, "category")) if checklist else None
    officer = document.get("officer")
    words = text_at(document, "legal.grounds").split()
    shown = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
    ends = [text_at(document, f"route.{end}_country") for end in ("dispatch", "destination")]
    labels = category.label if category else {}
    return DraftLine(
        record=draft.record,
        pack=f"{draft.pack.id} {draft.pack.version}",
        item=next((text for text in found if text), ""),
        goods=labels,
        described=text_at(first, "description"),
        lot=text_at(first, "medicine.lot"),
        bag=text_at(first, "bag_no"),
        photos=len(parts_at(document, "photos")),
        officer="" if names_nobody(officer) else str(officer),
        grounds=shown,
        route=" → ".join(ends) if all(ends) else "",
        seized_at=_instant(text_at(document, "occasion.seized_at")),
        saved_at=draft.saved_at,
        amends=draft.amends is not None,
        document=document,
    )


def read_drafts(ws: Workstation) -> tuple[DraftLine, ...]:
    """All drafts; the draft that was saved last is first."""
    return tuple(draft_line(draft, ws) for draft in drafts.drafts(ws.db))


def read_some(ws: Workstation, subjects: Collection[str]) -> tuple[DraftLine, ...]:
    """The drafts of those subjects, in any order; a subject may have none, or be no record."""
    lines = []
    for subject in subjects:
        with suppress(Malformed, NotFound):
            lines.append(draft_line(drafts.draft(ws.db, RecordId.parse(subject)), ws))
    return tuple(lines)


class DraftList(QObject):
    """All drafts of the workstation. `changed` is sent when `lines` are others.

    After a save only the saved draft is read: a shift may hold hundreds. One read runs at a time,
    so that an older answer never replaces a newer one.
    """

    changed = Signal()

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.lines: tuple[DraftLine, ...] = ()
        self._stale: set[str] = set()
        """Subjects whose draft may have changed since it was read."""
        self._all_stale, self._reading = True, False
        bridge.changed.connect(self._hear)

    def read(self) -> None:
        """Read all of them in the background."""
        self._all_stale = True
        self._read_stale()

    def read_again(self, record: RecordId | None) -> None:
        """Read the draft of that record in the background, and what else was not read yet."""
        if record is not None:
            self._stale.add(str(record))
        self._read_stale()

    def leave_out(self, record: RecordId) -> None:
        """The record is a draft no longer: the next page must not name it before all is read."""
        self.lines = tuple(line for line in self.lines if line.record != record)

    def _read_stale(self) -> None:
        if self._reading or not (self._all_stale or self._stale):
            return
        every, subjects = self._all_stale, frozenset(self._stale)
        self._all_stale, self._reading = False, True
        self._stale.clear()

        def then(found: tuple[DraftLine, ...]) -> None:
            self._reading = False
            held = () if every else self.lines
            kept = (line for line in held if str(line.record) not in subjects)
            self._show(sorted((*found, *kept), key=_saved, reverse=True))
            self._read_stale()

        def failed(error: TidewaiterError) -> None:
            self._all_stale, self._reading = True, False
            self._bridge.log_failure(error)

        self._bridge.read(
            lambda: read_drafts(self._ws) if every else read_some(self._ws, subjects), then, failed
        )

    def _show(self, lines: Iterable[DraftLine]) -> None:
        found = tuple(lines)
        if found != self.lines:
            self.lines = found
            self.changed.emit()

    def delete(self, record: RecordId, then: Callable[[Draft], None], failed: Failed) -> None:
        """Delete a draft; `then` gets it as it was, so that it can be put back."""
        kept: list[Draft] = []

        def work() -> Changes:
            kept.append(drafts.draft(self._ws.db, record))
            return discard_draft(self._ws, record)

        self._bridge.write(work, lambda _changes: then(kept[0]), failed)

    def put_back(self, draft: Draft, then: Callable[[], None], failed: Failed) -> None:
        """Put back a deleted draft."""
        self._bridge.write(lambda: restore_draft(self._ws, draft), lambda _changes: then(), failed)

    def _hear(self, changes: Changes) -> None:
        if not (changes.drafts or changes.entries):
            return
        if len(changes.subjects) > MOST_READ_SINGLY:
            self._all_stale = True
        else:
            self._stale.update(changes.subjects)
        self._read_stale()


def _saved(line: DraftLine) -> tuple[str, str]:
    """As the store orders drafts."""
    return str(line.saved_at), str(line.record)


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _instant(text: str) -> Instant | None:
    try:
        return Instant.parse(text) if text else None
    except Malformed:
        return None

"""The wide column of the capture screen: the cards of the form, laid by what is asked now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from domain.fields import label_of
from domain.pack.checklist import Checklist
from gui.action import key_words
from gui.form.entries import Entries, Recent
from gui.form.form import asked, has_more
from gui.form.section import SectionCard
from gui.form.sections import GOODS, SECTIONS, Section
from gui.form.sheet import Sheet
from gui.look.tokens import GAP_3
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.column import Column
from gui.parts.field import FieldBox
from gui.parts.tab_order import chain
from gui.parts.text import label
from gui.words import Words

LINE_KEY = "Ctrl+L"


class FormColumn(Column):
    """`left` carries the path of the field that the focus went away from."""

    left = Signal(str)
    entered = Signal(str)
    laid = Signal()

    def __init__(self, sheet: Sheet, checklist: Checklist, words: Words, recent: Recent,
                 offset_minutes: int) -> None:  # fmt: skip
        super().__init__()
        self._sheet, self._checklist, self._words = sheet, checklist, words
        self.entries = Entries(checklist, words, recent, offset_minutes)
        self._cards: dict[str, SectionCard] = {}
        self._opened: set[str] = set()
        self._reason = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        self._safety = self._safety_card()
        say = words.say
        self._add_line = push_button(
            say("Another line of goods"), "quiet", key_words(LINE_KEY, words)
        )
        self._add_line.clicked.connect(self.add_line)
        self._add_party = push_button(say("Add a person or company"), "quiet")
        self._add_party.clicked.connect(lambda: sheet.add_item("persons.parties", {}))
        sheet.changed.connect(self._changed)
        sheet.reshaped.connect(self.lay)
        self.lay()

    def _safety_card(self) -> Card:
        card = Card(self._words.say("Safety"))
        card.setProperty("mood", "warn")
        from_pack = self._checklist.pack.safety
        text = from_pack.get(self._words.language) or from_pack.get("en", "")
        card.body.addWidget(label(text, wrap=True))
        card.setVisible(False)
        return card

    def lay(self) -> None:
        """Show exactly the cards and fields that are asked now, with their values."""
        document = self._sheet.document
        wanted: list[QWidget] = []
        keys: list[str] = []
        for section in SECTIONS:
            if section.repeats:
                items = self._sheet.value(section.block) or ([{}] if section is GOODS else [])
                for place, item in enumerate(items):
                    keys.append(self._lay_card(section, place, len(items), item))
                    wanted.append(self._cards[keys[-1]])
                wanted.append(self._add_line if section is GOODS else self._add_party)
            else:
                keys.append(self._lay_card(section, None, 0, document))
                wanted.append(self._cards[keys[-1]])
        wanted.insert(1, self._safety)
        for key in [key for key in self._cards if key not in keys]:
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        self._place(wanted)
        self._show_safety()
        chain(self)
        self.laid.emit()

    def _place(self, wanted: list[QWidget]) -> None:
        items = [self._column.itemAt(place) for place in range(self._column.count())]
        there = [widget for item in items if item and (widget := item.widget())]
        if there == wanted:
            return
        # Not takeAt: an item that outlives its place keeps the heights of the next one stale.
        for widget in there:
            self._column.removeWidget(widget)
        while self._column.count():
            self._column.takeAt(0)
        for widget in wanted:
            if isinstance(widget, QPushButton):
                self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
            else:
                self._column.addWidget(widget)
            if widget is not self._safety:
                widget.show()
        self._column.addStretch(1)

    def _lay_card(
        self, section: Section, place: int | None, count: int, item: Mapping[str, Any]
    ) -> str:
        prefix = "" if place is None else f"{section.block}.{place}."
        key = section.block + prefix
        title = self._words.say(label_of(section.block))
        if place is not None and count > 1:
            title = self._words.say("{title} {number} of {count}", title=title, number=place + 1,
                                    count=count)  # fmt: skip
        if key not in self._cards:
            self._cards[key] = self._new_card(section, prefix, title, key)
        card = self._cards[key]
        card.set_title(title)
        self._fill(card, item, key)
        return key

    def _new_card(self, section: Section, prefix: str, title: str, key: str) -> SectionCard:
        freed = self._checklist.pack.freed
        card = SectionCard(
            section, prefix, title=title, entries=self.entries, words=self._words, freed=freed
        )
        card.typed.connect(self._sheet.put)
        card.left.connect(self.left)
        card.entered.connect(self.entered)
        card.way_out.connect(self._sheet.keep_as_seen)
        card.more.connect(lambda: self._open(key))
        place = int(prefix.split(".")[-2]) if prefix else 0
        card.removed.connect(lambda: self._sheet.remove_item(section.block, place))
        card.copied.connect(lambda: self._sheet.copy_item(section.block, place))
        return card

    def _fill(self, card: SectionCard, item: Mapping[str, Any], key: str) -> bool:
        document, checklist = self._sheet.document, self._checklist
        line = item if card.section.repeats else None
        more = key in self._opened
        why = self._reason
        asks = asked(card.section, document, checklist, line=line, more=more, reason=why)
        relaid = card.lay(asks)
        card.offer_more(
            not more and has_more(card.section, len(asks), document, checklist, line, reason=why)
        )
        if card.section is GOODS:
            self._offer_units(card, item)
        card.put(item)
        return relaid

    def _offer_units(self, card: SectionCard, item: Mapping[str, Any]) -> None:
        box = card.box(card.prefix + "unit")
        offer = getattr(box.entry, "offer", None) if box else None
        if offer is not None:
            offer(self.entries.choices.units(self._checklist.category(item.get("category"))))

    def _changed(self, path: str) -> None:
        if path.startswith("photos"):
            return
        relaid = False
        for key, card in self._cards.items():
            if card.section.repeats:
                mine = path.startswith(card.prefix)
                item = self._sheet.value(card.prefix.rstrip(".")) or {}
            else:
                mine, item = True, self._sheet.document
            if mine:
                relaid |= self._fill(card, item, key)
        self._show_safety()
        if relaid:
            chain(self)
            self.laid.emit()

    def _show_safety(self) -> None:
        codes = [line.get("category") for line in self._sheet.document.get("goods") or ()]
        found = [self._checklist.category(code) for code in codes]
        drugs = any(category and category.weighed for category in found)
        self._safety.setVisible(drugs and bool(self._checklist.pack.safety))

    def _open(self, key: str) -> None:
        self._opened.add(key)
        self.lay()

    def amend_for(self, reason: str) -> None:
        """Ask also for what an amendment for this reason is about; a code of `amend_reasons`."""
        if reason != self._reason:
            self._reason = reason
            self.lay()

    def add_line(self) -> None:
        """One more line of goods; the focus goes to its category."""
        if not self._sheet.value("goods"):
            self._sheet.add_item("goods", {})
        self._sheet.add_item("goods", {})
        place = len(self._sheet.value("goods") or ()) - 1
        box = self.box(f"goods.{place}.category")
        if box is not None:
            box.entry.target().setFocus()

    def box(self, path: str) -> FieldBox | None:
        """The field at `path`, if it is shown."""
        for card in self._cards.values():
            box = card.box(path)
            if box is not None:
                return box
        return None

    def reach(self, path: str) -> FieldBox | None:
        """The field at `path`; the card is opened when the field is among those not shown."""
        if self.box(path) is None:
            for key, card in tuple(self._cards.items()):
                if path.startswith(card.prefix) and any(
                    card.prefix + ask.path == path for ask in card.section.asks
                ):
                    self._opened.add(key)
            self.lay()
        return self.box(path)

    def boxes(self) -> dict[str, FieldBox]:
        """All fields that are shown, in reading order."""
        found = {}
        for card in self._cards.values():
            for path in card.shown_paths():
                box = card.box(path)
                if box is not None:
                    found[path] = box
        return found

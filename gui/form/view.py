"""A form on the screen: its cards below each other, with the fields that are shown now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from domain.document import DocumentPart, part_at, parts_at
from domain.pack.checklist import Checklist
from gui.action import key_words
from gui.form.chip_order import ChipOrder
from gui.form.entries import Entries
from gui.form.layout import Ask, FormSection
from gui.form.section import SectionCard
from gui.form.sheet import FormSheet
from gui.look.tokens import GAP_3
from gui.parts.button import push_button
from gui.parts.column import GrowingColumn
from gui.parts.field import FieldBox
from gui.parts.tab_order import chain
from gui.words import Words


class FormView(GrowingColumn):
    """`left` carries the path of the field that lost the focus, `entered` the path where Enter was
    pressed; `laid` is sent when other fields are shown. `notice` is a widget below the first card;
    the screen shows and hides it.
    """

    left = Signal(str)
    entered = Signal(str)
    laid = Signal()

    def __init__(
        self,
        sheet: FormSheet,
        checklist: Checklist,
        words: Words,
        order: ChipOrder,
        offset_minutes: int,
        *,
        notice: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._sheet, self._checklist, self._words = sheet, checklist, words
        self._form, self._notice = sheet.form, notice
        self.entries = Entries(checklist, words, order, offset_minutes)
        self._cards: dict[str, SectionCard] = {}
        self._opened: set[str] = set()
        self._reason = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        self._add_buttons = {
            section.block: self._add_button(section)
            for section in self._form.sections
            if section.repeats
        }
        sheet.changed.connect(self._changed)
        sheet.reshaped.connect(self.lay)
        self.lay()

    def _add_button(self, section: FormSection) -> QPushButton:
        key = key_words(section.add_key, self._words) if section.add_key else ""
        button = push_button(self._words.say(section.add_words), "quiet", key)
        button.clicked.connect(lambda: self.add_item(section))
        return button

    def lay(self) -> None:
        """Show exactly the cards and fields that are needed now, with their values."""
        document = self._sheet.document
        wanted: list[QWidget] = []
        keys: list[str] = []
        for section in self._form.sections:
            if section.repeats:
                empty: tuple[DocumentPart, ...] = ({},) if section.begins_with_one else ()
                items = parts_at(document, section.block) or empty
                for index, item in enumerate(items):
                    keys.append(self._lay_card(section, index, len(items), item))
                    wanted.append(self._cards[keys[-1]])
                wanted.append(self._add_buttons[section.block])
            else:
                keys.append(self._lay_card(section, None, 0, document))
                wanted.append(self._cards[keys[-1]])
        if self._notice is not None:
            wanted.insert(1, self._notice)
        for key in [key for key in self._cards if key not in keys]:
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        self._put_in_order(wanted)
        chain(self)
        self.laid.emit()

    def _put_in_order(self, wanted: list[QWidget]) -> None:
        items = [self._column.itemAt(index) for index in range(self._column.count())]
        there = [widget for item in items if item and (widget := item.widget())]
        if there == wanted:
            return
        # Not takeAt: a layout item that exists after its removal keeps old heights for the next
        # one.
        for widget in there:
            self._column.removeWidget(widget)
        while self._column.count():
            self._column.takeAt(0)
        for widget in wanted:
            if isinstance(widget, QPushButton):
                self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
            else:
                self._column.addWidget(widget)
            if widget is not self._notice:
                widget.show()
        self._column.addStretch(1)

    def _lay_card(
        self, section: FormSection, index: int | None, count: int, item: DocumentPart
    ) -> str:
        prefix = "" if index is None else f"{section.block}.{index}."
        key = section.block + prefix
        title = self._words.say(self._form.title_of(section))
        if index is not None and count > 1:
            title = self._words.say("{title} {number} of {count}", title=title, number=index + 1,
                                    count=count)  # fmt: skip
        if key not in self._cards:
            self._cards[key] = self._new_card(section, prefix, title, key)
        card = self._cards[key]
        card.set_title(title)
        self._fill(card, item, key)
        return key

    def _new_card(self, section: FormSection, prefix: str, title: str, key: str) -> SectionCard:
        freed = self._checklist.pack.freed
        card = SectionCard(
            section,
            prefix,
            title=title,
            form=self._form,
            entries=self.entries,
            words=self._words,
            freed=freed,
        )
        card.typed.connect(self._sheet.put)
        card.left.connect(self.left)
        card.entered.connect(self.entered)
        card.way_out.connect(self._sheet.keep_as_seen)
        card.more.connect(lambda: self._open(key))
        index = int(prefix.split(".")[-2]) if prefix else 0
        card.removed.connect(lambda: self._sheet.remove_item(section.block, index))
        card.copied.connect(lambda: self._sheet.copy_item(section.block, index))
        return card

    def _fill(self, card: SectionCard, item: DocumentPart, key: str) -> bool:
        """Fill a card; whether its shown fields changed."""
        asks = self._asked(card.section, item, more=key in self._opened)
        relaid = card.lay(asks)
        card.offer_more(
            key not in self._opened and len(self._asked(card.section, item, more=True)) > len(asks)
        )
        self._offer_options(card, item)
        card.put(item)
        return relaid

    def _asked(self, section: FormSection, item: DocumentPart, *, more: bool) -> tuple[Ask, ...]:
        line = item if section.repeats else None
        return self._form.asked(
            section, self._sheet.document, self._checklist, line=line, more=more,
            reason=self._reason,
        )  # fmt: skip

    def _offer_options(self, card: SectionCard, item: DocumentPart) -> None:
        for path, options_of in (card.section.offers or {}).items():
            box = card.box(card.prefix + path)
            offer = getattr(box.entry, "offer", None) if box else None
            if offer is not None:
                offer(options_of(self.entries.choices, item))

    def _changed(self, path: str) -> None:
        if self._sheet.is_beside(path):
            return
        relaid = False
        for key, card in self._cards.items():
            if card.section.repeats:
                mine = path.startswith(card.prefix)
                item = part_at(self._sheet.document, card.prefix.rstrip("."))
            else:
                mine, item = True, self._sheet.document
            if mine:
                relaid |= self._fill(card, item, key)
        if relaid:
            chain(self)
            self.laid.emit()

    def _open(self, key: str) -> None:
        self._opened.add(key)
        self.lay()

    def amend_for(self, reason: str) -> None:
        """Also show the fields that belong to this reason of an amendment, a code of
        `amend_reasons`.
        """
        if reason != self._reason:
            self._reason = reason
            self.lay()

    def add_item(self, section: FormSection) -> None:
        """Add an item to a repeated section and set the focus to its first field."""
        path, sheet = section.block, self._sheet
        if section.begins_with_one and not sheet.value(path):
            # The empty card that is already shown becomes the first item.
            sheet.add_item(path, {})
        sheet.add_item(path, {})
        index = len(parts_at(sheet.document, path)) - 1
        box = self.box(f"{path}.{index}.{section.asks[0].path}")
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
        """The field at `path`; opens the long form of the card when the field is hidden."""
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

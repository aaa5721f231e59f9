"""A form on the screen: its cards below each other, with the fields that are shown now.

One form shows one record after the other: its cards are filled anew, which is ten times quicker
than to build them. Of a long list of items only the last few that were worked on are cards; the
others are lines.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from domain.document import DocumentPart, JsonValue, part_at, parts_at
from domain.pack.checklist import Checklist
from gui.action import key_words
from gui.form.chip_order import ChipOrder
from gui.form.entries import Entries
from gui.form.folded import FoldedItem
from gui.form.items import ItemCards
from gui.form.layout import Ask, FormSection
from gui.form.offers import offer_options
from gui.form.section import SectionCard
from gui.form.sheet import FormSheet
from gui.look.tokens import GAP_2
from gui.parts.button import push_button
from gui.parts.column import GrowingColumn
from gui.parts.field import FieldBox
from gui.parts.in_steps import InSteps
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
        self.checklist = checklist
        self._sheet, self._words = sheet, words
        self._decided: object = None
        """What decided which fields are asked and what is offered, when that was last shown."""
        self._form, self._notice = sheet.form, notice
        self.entries = Entries(checklist, words, order, offset_minutes)
        InSteps(self, self.entries.made_ready())
        self._single: dict[str, SectionCard] = {}
        """The card of each section that does not repeat, by its block."""
        self._items: dict[str, ItemCards] = {}
        """The cards and lines of each section that repeats, by its block."""
        self._more: set[tuple[str, str]] = set()
        """The blocks and prefixes of the cards whose long form is open."""
        self._reason = ""
        self._deaf = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_2)
        self._column.addStretch(1)
        for section in self._form.sections:
            if section.repeats:
                self._items[section.block] = self._new_items(section)
            else:
                self._single[section.block] = self._new_card(section, "")
        sheet.changed.connect(self._changed)
        sheet.reshaped.connect(self.lay)
        self.lay()

    def release(self) -> None:
        """Take no more keys for the present record: another one will be shown."""
        self._deaf = True
        holder = QApplication.focusWidget()
        if holder is not None and self.isAncestorOf(holder):
            holder.clearFocus()

    def begin(self) -> None:
        """Show the sheet's record, as a form that nobody has touched."""
        self._more.clear()
        self._reason = ""
        for card in self._single.values():
            card.renew("")
        for items in self._items.values():
            items.renew()
        self._deaf = False
        self.lay()

    def _new_items(self, section: FormSection) -> ItemCards:
        key = key_words(section.add_key, self._words) if section.add_key else ""
        button = push_button(self._words.say(section.add_words), "quiet", key)
        button.clicked.connect(lambda: self.add_item(section))
        button.setParent(self)
        button.hide()
        items = ItemCards(section, button, lambda prefix: self._new_card(section, prefix))
        items.wanted.connect(self._go_into)
        return items

    def _new_card(self, section: FormSection, prefix: str) -> SectionCard:
        card = SectionCard(
            section,
            prefix,
            form=self._form,
            entries=self.entries,
            words=self._words,
            freed=self.checklist.pack.freed,
            kept=self.checklist.pack.kept,
        )
        card.typed.connect(self._typed)
        card.left.connect(self._left)
        card.entered.connect(self._entered)
        card.way_out.connect(self._sheet.keep_as_seen)
        card.more.connect(lambda: self._turn_more(card))
        card.removed.connect(lambda: self._sheet.remove_item(section.block, card.index))
        card.copied.connect(lambda: self._sheet.copy_item(section.block, card.index))
        card.another.connect(lambda: self.add_item(section))
        return card

    def _typed(self, path: str, value: JsonValue) -> None:
        if not self._deaf:
            self._sheet.put(path, value)

    def _left(self, path: str) -> None:
        if not self._deaf:
            self.left.emit(path)

    def _entered(self, path: str) -> None:
        if not self._deaf:
            self.entered.emit(path)

    def lay(self) -> None:
        """Show exactly the cards, lines and fields that are needed now, with their values."""
        document, say = self._sheet.document, self._words.say
        self._decided = self._form.deciding(document, self.checklist)
        wanted: list[QWidget] = []
        for section in self._form.sections:
            if not section.repeats:
                card = self._single[section.block]
                card.set_title(say(self._form.title_of(section)))
                self._fill(card, document)
                wanted.append(card)
                continue
            items = self._items[section.block]
            empty: tuple[DocumentPart, ...] = ({},) if section.begins_with_one else ()
            parts = parts_at(document, section.block) or empty
            for index, widget in enumerate(items.lay(len(parts))):
                if isinstance(widget, SectionCard):
                    widget.set_title(self._numbered(section, index, len(parts)))
                    self._fill(widget, parts[index])
                else:
                    widget.say(self._in_one_line(section, index, parts))
                wanted.append(widget)
            if not items.cards():
                wanted.append(items.add)
        if self._notice is not None:
            wanted.insert(1, self._notice)
        self._put_in_order(wanted)
        chain(self)
        self.laid.emit()

    def _numbered(self, section: FormSection, index: int, count: int) -> str:
        """The title of an item, with its number where there are several."""
        say, title = self._words.say, self._words.say(self._form.title_of(section))
        if count < 2:
            return title
        return say("{title} {number} of {count}", title=title, number=index + 1, count=count)

    def _in_one_line(
        self, section: FormSection, index: int, parts: tuple[DocumentPart, ...]
    ) -> str:
        title, in_words = self._numbered(section, index, len(parts)), section.in_one_line
        held = in_words(parts[index], self.checklist, self._words) if in_words else ""
        return f"{title} · {held}" if held else title

    def _put_in_order(self, wanted: list[QWidget]) -> None:
        keep = set(wanted)
        for index in reversed(range(self._column.count())):
            item = self._column.itemAt(index)
            widget = item.widget() if item else None
            if widget is not None and widget not in keep:
                # Not takeAt: a layout item that exists after its removal keeps old heights for the
                # next one.
                self._column.removeWidget(widget)
                widget.hide()
        for index, widget in enumerate(wanted):
            item = self._column.itemAt(index)
            if item is None or item.widget() is not widget:
                self._column.removeWidget(widget)
                at = Qt.AlignmentFlag.AlignLeading if _is_add(widget) else Qt.AlignmentFlag(0)
                self._column.insertWidget(index, widget, 0, at)
            if widget is not self._notice and widget.isHidden():
                widget.show()

    def _fill(self, card: SectionCard, item: DocumentPart) -> bool:
        """Fill a card; whether its shown fields changed."""
        relaid = self._ask(card, item)
        offer_options(card, item, self.entries, self._form, self._sheet.document)
        card.put(item)
        return relaid

    def _fill_with(
        self, card: SectionCard, item: DocumentPart, path: str, *, decides: bool
    ) -> bool:
        """Fill a card after the value at `path` alone changed; whether its shown fields changed."""
        if decides:
            return self._fill(card, item)
        beside = not card.section.holds(card.below(path))
        return not (beside or card.put_alone(path, item)) and self._fill(card, item)

    def _ask(self, card: SectionCard, item: DocumentPart) -> bool:
        """Show the fields of the card that are asked now; whether they changed."""
        more = (card.section.block, card.prefix) in self._more
        asks = self._asked(card.section, item, more=more)
        rest = not more and len(self._asked(card.section, item, more=True)) > len(asks)
        card.offer_more(offered=rest, is_open=more)
        return card.lay(asks)

    def _asked(self, section: FormSection, item: DocumentPart, *, more: bool) -> tuple[Ask, ...]:
        line = item if section.repeats else None
        return self._form.asked(
            section, self._sheet.document, self.checklist, line=line, more=more,
            reason=self._reason,
        )  # fmt: skip

    def _changed(self, path: str) -> None:
        if self._sheet.is_beside(path):
            return
        document, relaid = self._sheet.document, False
        before, self._decided = self._decided, self._form.deciding(document, self.checklist)
        decides = before != self._decided
        for card in self._single.values():
            relaid |= self._fill_with(card, document, path, decides=decides)
        for items in self._items.values():
            for card in items.cards():
                item = part_at(document, card.prefix.rstrip("."))
                relaid |= self._fill_with(card, item, path, decides=decides)
            line, index = items.line_of(path)
            if line is not None:
                parts = parts_at(document, items.section.block)
                line.say(self._in_one_line(items.section, index, parts))
        if relaid:
            chain(self)
            self.laid.emit()

    def _turn_more(self, card: SectionCard) -> None:
        self._more ^= {(card.section.block, card.prefix)}
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
        index = len(parts_at(sheet.document, path))
        self._items[path].unfold(index)
        sheet.add_item(path, {})
        self._go_into(f"{path}.{index}.")

    def _go_into(self, prefix: str) -> None:
        """Set the focus to the first field of the item with this prefix."""
        first = next(s for s in self._form.sections if prefix.startswith(s.below or "/")).asks[0]
        box = self.reach(prefix + first.path)
        if box is not None:
            box.entry.target().setFocus()

    def _items_of(self, path: str) -> ItemCards | None:
        """The items of the repeated section that `path` is in; None in other sections."""
        inside = (items for block, items in self._items.items() if path.startswith(f"{block}."))
        return next(inside, None)

    def box(self, path: str) -> FieldBox | None:
        """The field at `path`, if it is shown."""
        items = self._items_of(path)
        cards = self._single.values() if items is None else items.cards()
        return next((box for card in cards if (box := card.box(path)) is not None), None)

    def reach(self, path: str) -> FieldBox | None:
        """The field at `path`; makes a line a card, and opens the long form of a card, when the
        field is hidden.
        """
        items = self._items_of(path)
        if self.box(path) is None and items is not None and items.unfold_for(path):
            self.lay()
        if self.box(path) is None:
            cards = self._single.values() if items is None else items.cards()
            for card in cards:
                if path.startswith(card.prefix) and any(
                    card.prefix + ask.path == path for ask in card.section.asks
                ):
                    self._more.add((card.section.block, card.prefix))
            self.lay()
        return self.box(path)

    def boxes(self) -> dict[str, FieldBox]:
        """All fields that are shown, in reading order."""
        found: dict[str, FieldBox] = {}
        for section in self._form.sections:
            items = self._items.get(section.block)
            cards = [self._single[section.block]] if items is None else items.cards()
            for card in cards:
                found |= card.shown()
        return found


def _is_add(widget: QWidget) -> bool:
    return isinstance(widget, QPushButton) and not isinstance(widget, FoldedItem)

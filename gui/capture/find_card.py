"""The card of the find: its other records, and the interception of the same find."""

from __future__ import annotations

from PySide6.QtCore import Qt

from domain.fields import label_of
from gui.capture.find import CASE, FindOfDraft
from gui.look.tokens import GAP_2
from gui.parts.field import FieldBox
from gui.parts.option import Option
from gui.parts.pick import WHOLE_LIST, NoMatch, PickEntry
from gui.same_find import FindCard, OfFind
from gui.words import Words


class FindOfDraftCard(FindCard):
    """Hidden while the draft is the only record of its find, and nobody asks for another."""

    def __init__(self, find: FindOfDraft, words: Words) -> None:
        super().__init__(words)
        self._find = find
        self._asks = False
        self._entry = PickEntry((), no_match=NoMatch(lambda _text: words.say(WHOLE_LIST)))
        self._entry.typed.connect(lambda value: find.put(str(value)))
        self._box = FieldBox(words.say(label_of(CASE)), self._entry)
        self._box.set_margins(GAP_2, 0)
        self.body.addWidget(self._box)
        self.wanted.connect(find.wanted)
        find.changed.connect(self._follow)
        find.asked.connect(self.take_focus)
        self.hide()

    def begin(self, *, asks: bool) -> None:
        """Another draft is on the screen; `asks`: show the field for the interception of the same
        find.
        """
        self._asks = asks
        if asks:
            self._find.offer(self._offer)
        self._follow()

    def take_focus(self) -> None:
        """Ask for the interception of the same find."""
        if not self._asks:
            self.begin(asks=True)
        self._entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        others = self._find.others
        self.show_find(others)
        self._box.setVisible(self._asks)
        self.setVisible(self._asks or bool(others))

    def _offer(self, found: tuple[OfFind, ...]) -> None:
        """One option for each case, named by its oldest record and found by each."""
        by_case: dict[str, list[OfFind]] = {}
        for one in found:
            by_case.setdefault(one.case_id, []).append(one)
        self._entry.offer([self._option(case_id, of) for case_id, of in by_case.items()])
        self._entry.put(self._find.typed)

    def _option(self, case_id: str, found: list[OfFind]) -> Option:
        name, *others = (one.name(self._words) for one in reversed(found))
        return Option(case_id, name, search=tuple(others))

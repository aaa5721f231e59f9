"""Choices as chips, with a search line below them for the rest and for what is typed on a chip."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from domain.document import JsonValue
from gui.look.tokens import GAP_2
from gui.parts.chips import KEYS, ChipRow
from gui.parts.entry import FieldEntry
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.option_list import OptionList
from gui.parts.pick import NoMatch, PickEntry


class ChoicesEntry(FieldEntry):
    """The value is a list of codes (`many`), or one code. `more`: as `ChipRow`.

    `shown` are the codes that have chips, all without it. A code that was found by typing is added
    to it, so that other entries with the same list give it the same number. The search line is made
    when a letter is typed on the chips; where there are none, it is there at once.
    """

    def __init__(
        self,
        options: Sequence[Option],
        *,
        many: bool,
        hint: str = "",
        more: str = "",
        shown: list[str] | None = None,
        no_match: NoMatch | None = None,
    ) -> None:
        super().__init__()
        self._many, self._hint, self._no_match = many, hint, no_match
        self._name = ""
        self._chosen: list[str] = []
        self._row = ChipRow((), many=many, search=hint, more=more)
        self._row.typed.connect(self._toggled)
        self._row.left.connect(self.left)
        self._row.entered.connect(self.entered)
        self._row.searched.connect(self._search)
        self._pick: PickEntry | None = None
        self.column.setSpacing(GAP_2)
        self.column.addWidget(self._row)
        self._shared = shown
        self.offer(options)
        if not self._row.codes and shown is not None:
            self._finder()

    def offer(self, options: Sequence[Option]) -> None:
        """Change the options."""
        self._options = OptionList.of(options)
        self._by_code = {option.code: option for option in options}
        if self._pick is not None:
            self._pick.offer(self._options)
        self._show()

    def put(self, value: JsonValue) -> None:
        """Show which are chosen; a code that is not shown yet gets a chip."""
        if isinstance(value, (list, tuple)):
            self._chosen = [str(code) for code in value]
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value or "")
            self._chosen = [text] if text else []
        self._show()

    def name(self, words: str) -> None:
        """Set what a screen reader says."""
        self._name = words
        self._row.name(words)
        if self._pick is not None:
            self._pick.name(words)

    def target(self) -> QWidget:
        """The first chip; the search line where there is none yet."""
        return self._row.target() if self._row.codes else self._finder().target()

    def mood(self, mood: Mood) -> None:
        """Shown by the search line."""
        if self._pick is not None:
            self._pick.mood(mood)

    def unfinished(self) -> str:
        """The words in the search line that match nothing."""
        return self._pick.unfinished() if self._pick is not None else ""

    @property
    def matches_nothing(self) -> bool:
        """Whether words in the search line match nothing."""
        return self._pick is not None and self._pick.matches_nothing

    def renew(self) -> None:
        """As `FieldEntry`."""
        if self._pick is not None:
            self._pick.renew()
            if self._row.codes and not self._pick.target().hasFocus():
                self._pick.hide()

    def _finder(self) -> PickEntry:
        if self._pick is None:
            self._pick = PickEntry(
                self._options, hint=self._hint, keeps=False, no_match=self._no_match
            )
            self._pick.typed.connect(self._found)
            self._pick.left.connect(self.left)
            self._pick.entered.connect(self.entered)
            self._pick.emptied.connect(self._to_chips)
            self._pick.unmatched.connect(self.unmatched)
            self._pick.name(self._name)
            self.column.addWidget(self._pick)
        return self._pick

    def _search(self, letter: str) -> None:
        is_new = self._pick is None
        finder = self._finder()
        if is_new:
            QWidget.setTabOrder(self._row.target(), finder.target())
        finder.show()  # Now, because a hidden line takes no focus.
        finder.type_on(letter)

    def _to_chips(self) -> None:
        """The search is over: digits choose chips again."""
        if self._row.codes and self._pick is not None:
            self._row.target().setFocus(Qt.FocusReason.OtherFocusReason)
            self._pick.hide()

    def _toggled(self, value: JsonValue) -> None:
        if isinstance(value, list):
            self._chosen = [str(code) for code in value]
        else:
            self._chosen = [str(value)] if value else []
        self.typed.emit(value)

    def _found(self, code: str) -> None:
        if not code or code in self._chosen:
            return
        self._chosen = [*self._chosen, code] if self._many else [code]
        self._show()
        self.typed.emit(list(self._chosen) if self._many else code)

    def _shown(self) -> list[str]:
        """The codes that have chips: of those that are offered, as many as without the others."""
        codes = list(self._by_code)
        if self._shared is None:
            return codes
        held = [code for code in self._shared if code in self._by_code]
        rest = (code for code in codes if code not in self._shared)
        return [*held, *islice(rest, len(self._shared) - len(held))]

    def _show(self) -> None:
        # Chips keep their numbers; a new one goes to the end.
        for code in self._chosen:
            shared = self._shared
            if shared is not None and code not in shared and len(shared) < len(KEYS):
                shared.append(code)
        shown = self._shown()
        codes = (*shown, *(code for code in self._chosen if code not in shown))
        if codes != self._row.codes:
            self._row.offer([self._by_code.get(code, Option(code, code)) for code in codes])
        self._row.put(list(self._chosen) if self._many else "".join(self._chosen[:1]))

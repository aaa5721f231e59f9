"""Several choices from a long list: chips for chosen and likely ones, a search line for the
rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from domain.document import JsonValue
from gui.look.tokens import GAP_2
from gui.parts.chips import ChipRow
from gui.parts.entry import FieldEntry
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.pick import PickEntry

LIKELY = 6


class ChoicesEntry(FieldEntry):
    """The value is a list of codes. The likely `options` come first."""

    def __init__(self, options: Sequence[Option], *, hint: str) -> None:
        super().__init__()
        self._options = tuple(options)
        self._by_code = {option.code: option for option in options}
        self._shown: list[str] = [option.code for option in options[:LIKELY]]
        self._chosen: list[str] = []
        self._row = ChipRow([self._by_code[code] for code in self._shown], many=True)
        self._pick = PickEntry(options, hint=hint, keeps=False)
        self._row.typed.connect(self._toggled)
        self._pick.typed.connect(self._found)
        self._row.left.connect(self.left)
        self._pick.left.connect(self.left)
        self._row.entered.connect(self.entered)
        self._pick.entered.connect(self.entered)
        self.column.setSpacing(GAP_2)
        self.column.addWidget(self._row)
        self.column.addWidget(self._pick)

    def put(self, value: JsonValue) -> None:
        """Show which are chosen; a code that is not shown yet gets a chip."""
        self._chosen = [str(code) for code in value] if isinstance(value, (list, tuple)) else []
        self._show()

    def renew(self) -> None:
        """As `FieldEntry`."""
        self._pick.renew()

    def name(self, words: str) -> None:
        """Set what a screen reader says."""
        self._row.name(words)
        self._pick.name(words)

    def target(self) -> QWidget:
        """The first chip."""
        return self._row.target()

    def mood(self, mood: Mood) -> None:
        """Shown by the search line."""
        self._pick.mood(mood)

    def _toggled(self, codes: list[str]) -> None:
        self._chosen = codes
        self.typed.emit(list(codes))

    def _found(self, code: str) -> None:
        if code and code not in self._chosen:
            self._chosen.append(code)
            self._show()
            self.typed.emit(list(self._chosen))

    def _show(self) -> None:
        # Chips keep their numbers while the officer works; a new one goes to the end.
        new = [code for code in self._chosen if code not in self._shown]
        if new:
            self._shown += new
            self._row.offer([self._by_code.get(code, Option(code, code)) for code in self._shown])
        self._row.put(self._chosen)

"""The order of the choices of a list: learnt from earlier records, fixed for a shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gui.parts.option import Option

LIKELY = 6
"""So many chips a long list begins with."""
ALPHABETICAL = frozenset({"countries", "currencies"})
"""Lists whose first entries are not the likely ones: only used codes are chips."""


class ChipOrder:
    """A chip keeps its number while one officer works, so that a number key can be pressed without
    looking. What was learnt meanwhile counts for the next shift.

    `recent` returns the codes of a list that were used last, newest first.
    """

    def __init__(self, recent: Callable[[str], tuple[str, ...]]) -> None:
        self._recent = recent
        self._order: dict[str, tuple[str, ...]] = {}
        self._shown: dict[tuple[str, str], list[str]] = {}

    def begin_shift(self) -> None:
        """Use what was learnt until now: another officer works from now on."""
        self._order.clear()
        self._shown.clear()

    def of(self, list_name: str) -> tuple[str, ...]:
        """The likely codes of a list, in the order of this shift."""
        if list_name not in self._order:
            self._order[list_name] = self._recent(list_name)
        return self._order[list_name]

    def shown(self, pack: str, list_name: str, options: Sequence[Option]) -> list[str]:
        """The codes that have chips, of a long list in a pack.

        One list for all fields with these choices: a code that is added to it has the same number
        everywhere until the shift ends. `options` are in the order of this shift.
        """
        key = (pack, list_name)
        if key not in self._shown:
            known = {option.code for option in options}
            used = [code for code in self.of(list_name) if code in known]
            first = [] if list_name in ALPHABETICAL else [option.code for option in options]
            self._shown[key] = list(dict.fromkeys([*used, *first]))[:LIKELY]
        return self._shown[key]

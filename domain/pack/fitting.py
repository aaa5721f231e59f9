"""What the codes of a pack are for: goods and modes of transport."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.pack.model import LIMITED_LISTS, Pack


class CodeFitting:
    """Which codes of one pack are for some goods or modes of transport alone (`Code.only_for`)."""

    def __init__(self, pack: Pack, modes: Collection[str]) -> None:
        listed = [(name, getattr(pack, name)) for name in LIMITED_LISTS] + [*pack.lists.items()]
        self._profiles = {category.code: category.profile_code for category in pack.categories}
        self._goods: dict[tuple[str, str], frozenset[str]] = {}
        self._modes: dict[tuple[str, str], frozenset[str]] = {}
        for name, items in listed:
            for item in items:
                if item.only_for:
                    self._modes[name, item.code] = frozenset(item.only_for).intersection(modes)
                    self._goods[name, item.code] = frozenset(item.only_for).difference(modes)
        self.lists = frozenset(name for name, _ in self._goods)
        """The names of the lists with such a code."""

    def fits(
        self, list_name: str, code: str, categories: Sequence[str], mode: str, *, sure: bool = False
    ) -> bool:
        """Whether a code is for one of these categories, and for the mode of transport.

        A category or mode that is not known, or not chosen yet, does not speak against it; `sure`:
        it does.
        """
        goods = self._goods.get((list_name, code))
        modes = self._modes.get((list_name, code))
        kinds = [(each, self._profiles[each]) for each in categories if each in self._profiles]
        fits_goods = not goods or not (goods.isdisjoint(name for kind in kinds for name in kind))
        return (fits_goods or (not kinds and not sure)) and (
            not modes or mode in modes or (not mode and not sure)
        )

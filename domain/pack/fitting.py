"""What the codes of a pack are for: goods, modes of transport and, of a legal basis, actions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.pack.model import LIMITED_LISTS, Pack


class CodeFitting:
    """Which codes of one pack are for some goods or modes of transport alone (`Code.only_for`), and
    which legal bases for some actions (`LegalBasis.acts`).
    """

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
        self._acts = {
            ("legal_bases", basis.code): frozenset(basis.acts)
            for basis in pack.legal_bases
            if basis.acts
        }
        self.lists = frozenset(name for name, _ in (*self._goods, *self._acts))
        """The names of the lists with such a code."""

    def fits(
        self,
        list_name: str,
        code: str,
        categories: Sequence[str],
        mode: str,
        *,
        act: str = "",
        sure: bool = False,
    ) -> bool:
        """Whether a code is for one of these categories, for the mode of transport and for the act.

        A category or mode that is not known, or not chosen yet, does not speak against it; `sure`:
        it does. An act that is not chosen never does.
        """
        goods = self._goods.get((list_name, code))
        modes = self._modes.get((list_name, code))
        if act and act not in self._acts.get((list_name, code), (act,)):
            return False
        kinds = [(each, self._profiles[each]) for each in categories if each in self._profiles]
        fits_goods = not goods or not (goods.isdisjoint(name for kind in kinds for name in kind))
        return (fits_goods or (not kinds and not sure)) and (
            not modes or mode in modes or (not mode and not sure)
        )

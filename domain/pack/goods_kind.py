"""What a line of goods of a category has and needs: its category and its profile together."""

from __future__ import annotations

from collections.abc import Iterable

from domain.pack.model import Category, Dimension, Pack, Unit
from domain.pack.profile import SHIPPED, GoodsKind, Group


def kind_of(pack: Pack, category: Category) -> GoodsKind:
    """What lines of that category of the pack have and need."""
    code = category.profile_code
    profile = next((own for own in pack.profiles if own.code == code), None)
    profile = profile or SHIPPED.get(code) or SHIPPED[Group.EQUIPMENT]
    like = SHIPPED[profile.like]
    return GoodsKind(
        group=profile.like,
        fields=once((*profile.fields, *category.fields)),
        required=once((*profile.required, *category.required)),
        asked=once((*profile.asked, *category.asked)),
        photos=once((*profile.photos, *category.photos)),
        units=once((*category.units, *_units_of(pack, category.dimensions))),
        contents=category.contents or profile.contents,
        measure=category.measure or profile.measure,
        weighed=profile.weighed or like.weighed,
        concealment=profile.concealment or like.concealment,
        tested=like.weighed,
        safety=profile.safety or (pack.safety if like.weighed else {}),
    )


def has_content(kind: GoodsKind, unit: Unit | None) -> bool:
    """Whether the content of each is asked: the goods have one, and are counted in packages."""
    return bool(kind.contents) and unit is not None and unit.dimension == Dimension.PACKAGE


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts in their order, each once."""
    return tuple(dict.fromkeys(texts))


def _units_of(pack: Pack, dimensions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit.code for unit in pack.units if unit.dimension in dimensions)

"""The second amount of a line that follows from what is typed in it."""

from __future__ import annotations

from decimal import Decimal

from domain.amount import Amount
from domain.fields import walk
from domain.interception.goods import GoodsLine
from domain.pack.checklist import Checklist
from domain.pack.measure import computed


def second_amount(line: GoodsLine, checklist: Checklist) -> Amount | None:
    """The second amount by the rule of the goods; None without a rule, or while something that it
    needs is not known.
    """
    kind = checklist.goods_kind(line.category)
    if kind is None or kind.measure is None:
        return None

    def in_base(amount: Amount) -> Decimal:
        unit = checklist.unit(amount.unit)
        return amount.value * unit.factor if unit else amount.value

    rule = kind.measure
    held = [value for path, _, value in walk(line, added=checklist.added) if path == rule.percent]
    percent = Decimal(held[0]) if held and isinstance(held[0], Decimal | int) else None
    value = computed(line, rule, percent, in_base)
    return None if value is None else Amount(value, rule.unit)

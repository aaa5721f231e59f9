"""Codes that the pack has for some goods or modes of transport alone stand only there."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import Fault, FaultKind
from domain.fields import items_of
from domain.rules.situation import Situation
from domain.words import mark

LEGAL_BASIS = "legal.legal_basis"
CODE_OF_OTHER_GOODS = FaultKind(
    "code_of_other_goods", mark("{code} is not for {goods}"), mark("Choose another one.")
)
CODE_OF_OTHER_MODES = FaultKind(
    "code_of_other_modes", mark("{code} is not for {mode}"), mark("Choose another one.")
)
BASIS_OF_OTHER_ACTS = FaultKind(
    "basis_of_other_acts", mark("{code} is not for the action {act}"), mark("Choose another one.")
)
GOODS_WITHOUT_LAW = FaultKind(
    "goods_without_law", mark("none of these is for {goods}"), mark("Add one that is.")
)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault for each code that is not for the goods, or not for the mode of transport.

    A code of one line is judged by its goods; one of the record must be for some of its goods, and
    each of them needs a legal basis.
    """
    checklist, record = situation.checklist, situation.interception
    yield from _other_acts(situation)
    if not checklist.fitting.lists:
        return
    mode = record.consignment.mode or ""
    lines = [line.category or "" for line in record.goods]
    for path, field, value in situation.filled:
        if field.list_name not in checklist.fitting.lists:
            continue
        goods = [lines[int(path.split(".")[1])]] if path.startswith("goods.") else lines
        for code in map(str, items_of(value)):
            named = situation.listed(field.list_name, code)
            if not checklist.fitting.fits(field.list_name, code, goods, ""):
                known = situation.listed("categories", *dict.fromkeys(filter(None, goods)))
                yield Fault(path, CODE_OF_OTHER_GOODS, code=named, goods=known)
            elif not checklist.fitting.fits(field.list_name, code, (), mode):
                there = situation.listed("modes", mode)
                yield Fault(path, CODE_OF_OTHER_MODES, code=named, mode=there)
    yield from _without_law(situation, [code for code in dict.fromkeys(lines) if code])


def _without_law(situation: Situation, goods: list[str]) -> Iterator[Fault]:
    """Goods for which no basis is, beside others for which one is."""
    fits = situation.checklist.fitting.fits
    for_some = [
        basis
        for basis in situation.interception.legal.legal_basis
        if fits("legal_bases", basis, goods, "")
    ]
    for category in goods if for_some else ():
        if not any(fits("legal_bases", basis, (category,), "") for basis in for_some):
            named = situation.listed("categories", category)
            yield Fault(LEGAL_BASIS, GOODS_WITHOUT_LAW, goods=named)


def _other_acts(situation: Situation) -> Iterator[Fault]:
    legal = situation.interception.legal
    for basis in situation.checklist.pack.legal_bases:
        other = basis.acts and legal.action and legal.action not in basis.acts
        if other and basis.code in legal.legal_basis:
            named = situation.listed("legal_bases", basis.code)
            act = situation.listed("actions", str(legal.action))
            yield Fault(LEGAL_BASIS, BASIS_OF_OTHER_ACTS, code=named, act=act)

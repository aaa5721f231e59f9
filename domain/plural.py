"""Which plural form a number needs, for words from packs.

The categories and rules are those of Unicode CLDR 46 (supplemental/plurals.xml, cardinals). Words
of the program itself follow the rule in the head of their catalogue, as gettext does.
"""

from __future__ import annotations

from decimal import Decimal

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
ALL_ALIKE = ("id", "ja", "km", "ko", "lo", "ms", "my", "th", "vi", "zh")
"""Languages with one form for all numbers."""
ONE_BELOW_TWO = ("fr", "hy", "pt")
ONE_UP_TO_ONE = ("am", "bn", "fa", "gu", "hi", "kn", "zu")
RUSSIAN = ("be", "ru", "uk")
FOUR_FORMS = ("cs", "pl", "sk")


def categories_of(language: str) -> tuple[str, ...]:
    """The plural categories that `language` (BCP 47) has, in the order of `CATEGORIES`."""
    tag = language.partition("-")[0]
    if tag in ALL_ALIKE:
        return ("other",)
    if tag == "ar":
        return CATEGORIES
    if tag in RUSSIAN or tag in FOUR_FORMS:
        return ("one", "few", "many", "other")
    return ("one", "other")


def category_of(value: Decimal, language: str) -> str:
    """The plural category of `value` in `language` (BCP 47): one of `CATEGORIES`."""
    tag, amount = language.partition("-")[0], abs(value)
    if tag in ALL_ALIKE:
        return "other"
    if tag in ONE_BELOW_TWO:
        return "one" if amount < 2 else "other"
    if tag in ONE_UP_TO_ONE:
        return "one" if amount <= 1 else "other"
    if tag == "ar":
        return _arabic(amount)
    if tag in RUSSIAN:
        return _russian(amount)
    if tag == "pl":
        return "one" if amount == 1 else _few_or_many(amount)
    if tag in ("cs", "sk"):
        return _czech(amount)
    return "one" if amount == 1 else "other"


def _arabic(amount: Decimal) -> str:
    if amount in (0, 1, 2):
        return ("zero", "one", "two")[int(amount)]
    if not _whole(amount):
        return "other"
    rest = int(amount) % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def _russian(amount: Decimal) -> str:
    if _whole(amount) and amount % 10 == 1 and amount % 100 != 11:
        return "one"
    return _few_or_many(amount)


def _few_or_many(amount: Decimal) -> str:
    if not _whole(amount):
        return "other"
    few = int(amount) % 10 in (2, 3, 4) and int(amount) % 100 not in (12, 13, 14)
    return "few" if few else "many"


def _czech(amount: Decimal) -> str:
    if not _whole(amount):
        return "many"
    return "one" if amount == 1 else "few" if amount in (2, 3, 4) else "other"


def _whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value()

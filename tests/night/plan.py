"""The parcels of a night: what is in each, how it is typed, and what goes wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from domain.numbers import s10
from tests.builders import a_checklist

CHECKLIST = a_checklist("SAMPLE-MED")
GOODS = (
    ("MED_PREGAB", "lyrica"),
    ("MED_ED", "kamagra"),
    ("MED_PSYCHO", "zolpidem"),
    ("MED_PAIN", "tramadol"),
    ("MED_STEROID", "testost"),
    ("HAIRNET", "charlotte"),
    ("OXIMETER", "SpO2"),
)
"""Categories, each with a word that finds it in all languages."""
METHODS = ("XRAY", "DOG", "SEARCH", "RANDOM")
REASONS = ("NO_AUTHORISATION", "UNDECLARED", "PROHIBITED")
BASIS = "SAMPLE-MEDICINES-4"
GROUNDS = {
    "en": "Declared as cosmetics; {n} blisters between two layers of hand cream, no licence.",
    "fr": "Déclaré « cosmétiques » ; {n} plaquettes cachées entre deux couches de crème.",
    "ar": "صرح بها كمستحضرات تجميل؛ {n} شريطا بين طبقتين من الكريم، بلا ترخيص.",
}
"""With letters that need more than one key on some keyboards, and from right to left."""
PHOTO_WAYS = ("paste", "dialog", "folder")


@dataclass
class Parcel:
    """What an officer has on the table."""

    number: int
    item: str
    category: str
    word: str
    """Finds the category."""
    packs: int
    per_pack: int
    bag: str
    lot: str
    expiry: str
    as_code: bool
    """Lot and expiry are in a code that is scanned."""
    method: str
    reason: str
    grounds: str
    photo_way: str
    begins: str
    """The first key: the label is `scan`ned at once, or Ctrl+N and then `typed`."""
    wrong: str = ""
    """The name of what goes wrong with it."""
    photos: list[bytes] = field(default_factory=list)
    """The hashes of its pictures, when they are made."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The pictures that its checklist requires."""
        return CHECKLIST.required_photos((self.category,))

    @property
    def has_lot(self) -> bool:
        """Whether it is a medicine, on whose box a lot and an expiry stand."""
        return self.category.startswith("MED")

    def held(self) -> dict[str, Any]:
        """The values that its record must hold at the end, by path."""
        lot = {"goods.0.medicine.lot": self.lot, "goods.0.medicine.expiry": self.expiry}
        return {
            "consignment.postal_item_id": self.item,
            "route.dispatch_country": self.item[-2:],
            "goods.0.category": self.category,
            "goods.0.packs": str(self.packs),
            "goods.0.units_per_pack": str(self.per_pack),
            "goods.0.bag_no": self.bag,
            "goods.0.reasons": [self.reason],
            "detection.methods": [self.method],
            "legal.legal_basis": [BASIS],
            "legal.grounds": self.grounds,
            **(lot if self.has_lot else {}),
        }


def a_parcel(number: int, random: Random, language: str) -> Parcel:
    """The parcel of this number; bags are numbered in order, as on their roll."""
    serial = f"{random.randrange(10**8):08}"
    country = random.choice(("GB", "CN", "IN", "DE"))
    category, word = random.choice(GOODS)
    return Parcel(
        number=number,
        item=f"R{random.choice('ABCDE')}{serial}{s10.check_digit(serial)}{country}",
        category=category,
        word=word,
        packs=random.randint(2, 90),
        per_pack=random.choice((10, 14, 20, 28)),
        bag=f"TW-{4000000 + number:07}",
        lot=f"B{random.randint(1000, 9999)}",
        expiry=f"20{random.randint(27, 31)}-{random.randint(1, 12):02}",
        as_code=random.random() < 0.3,
        method=random.choice(METHODS),
        reason=random.choice(REASONS),
        grounds=GROUNDS[language].format(n=random.randint(10, 400)),
        photo_way=random.choice(PHOTO_WAYS),
        begins=random.choice(("scan", "scan", "typed")),
    )

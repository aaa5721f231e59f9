"""Everything that goes wrong in a night, by name."""

from __future__ import annotations

from tests.night.accidents import (
    BadPhoto,
    CutWhileSigning,
    DiskFull,
    HubGone,
    HugePhoto,
    NotAPhoto,
    PowerCut,
)
from tests.night.mishaps import (
    BagTooEarly,
    DeletedByMistake,
    LeftByMistake,
    LookedAround,
    Mishap,
    NextLabel,
    OtherLabel,
    OwnLabelAgain,
    TextTooEarly,
    TypoInList,
    TypoInNumber,
    UsedBag,
    WrongCheckDigit,
)

KINDS: dict[str, type[Mishap]] = {
    "typo in a list": TypoInList,
    "typo in a number": TypoInNumber,
    "wrong check digit": WrongCheckDigit,
    "own label again": OwnLabelAgain,
    "label of another parcel": OtherLabel,
    "bag scanned too early": BagTooEarly,
    "text typed too early": TextTooEarly,
    "used bag": UsedBag,
    "photo cut short": BadPhoto,
    "no photo": NotAPhoto,
    "photo of 1 GB": HugePhoto,
    "hub gone": HubGone,
    "disk full": DiskFull,
    "power cut": PowerCut,
    "power cut while signing": CutWhileSigning,
    "left by mistake": LeftByMistake,
    "deleted by mistake": DeletedByMistake,
    "looked around": LookedAround,
    "next label": NextLabel,
}

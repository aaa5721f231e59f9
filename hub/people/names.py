"""Names of accounts and regions, each in one form, so that no two look alike."""

from __future__ import annotations

import re
import unicodedata

from domain.words import mark
from hub.errors import RequestRefused

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
REGION = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,39}")
POST = re.compile(r"[A-Z0-9]{1,12}")
SHOWN_LIMIT = 80
NAME_TYPED_LIMIT = 200


def folded(name: str) -> str:
    """The name as it is stored: capitals and full-width letters make no difference."""
    return unicodedata.normalize("NFKC", name[:NAME_TYPED_LIMIT].strip()).casefold()


def account_name(name: str) -> str:
    """The name of a new account. Raises `RequestRefused`.

    Only plain letters are allowed, because those of other scripts look the same and are not.
    """
    found = folded(name)
    if not NAME.fullmatch(found):
        raise RequestRefused(
            mark("a name has 2 to 40 of the letters a to z, digits, and . _ -"),
            about=name[:60],
        )
    return found


def region_name(name: str) -> str:
    """The name of a region. Raises `RequestRefused`."""
    found = unicodedata.normalize("NFKC", name.strip()).upper()
    if not REGION.fullmatch(found):
        raise RequestRefused(
            mark("a region has a name of 1 to 40 letters A to Z, digits, and . _ -"),
            about=name[:60],
        )
    return found


def shown_name(text: str) -> str:
    """What people call an account. Raises `RequestRefused`."""
    found = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(found) > SHOWN_LIMIT or not found.isprintable():
        raise RequestRefused(
            mark("the name to show has more than {limit} characters, or hidden ones"),
            limit=SHOWN_LIMIT,
        )
    return found

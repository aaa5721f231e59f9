"""Printed text in the one form in which a seal vouches for it (docs/seal.md)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_SHOWN_AS_HYPHEN = "\x02\ufffe"
"""The characters that PDF readers return for a hyphen at the end of a line."""
_OPENED = str.maketrans(")]}>\u00bb", "([{<\u00ab")


def canonical(texts: Iterable[str]) -> str:
    """Printed texts one after the other, in the form that docs/seal.md calls canonical.

    Each character in its compatibility form (NFKC; several letters of a ligature by code point),
    a closing bracket as its opening one (readers mirror them in right-to-left text), without
    white space, unseen characters and combining marks.
    """
    joined = "".join(texts).translate(_OPENED)
    for shown in _SHOWN_AS_HYPHEN:
        joined = joined.replace(shown, "-")
    if joined.isascii():
        return "".join(joined.split())
    letters = (c for each in joined for c in sorted(unicodedata.normalize("NFKC", each)))
    return "".join(
        c for c in letters if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Mn")
    )

"""The compact form that all identifiers share: no separators, capitals, ASCII digits."""

from __future__ import annotations

import unicodedata

_SEPARATORS = frozenset("-./_'\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\ufeff")
_FORMAT = "Cf"
_LEFT_OUT = {code: None for code in range(128) if chr(code).isspace() or chr(code) in _SEPARATORS}
"""The ASCII characters that are left out, for `str.translate`: most numbers have no others."""


def tidy(text: str) -> str:
    """`text` without spaces, hyphens and invisible marks, in capitals.

    Digits of other scripts (Arabic-Indic, full width) become ASCII digits, so that a number typed
    on an Arabic keyboard is the same number, and letters of full width become ASCII letters (NFKC).
    Other characters are kept, and the check of the shape then fails.
    """
    if text.isascii():
        return text.translate(_LEFT_OUT).upper()
    kept = []
    for char in unicodedata.normalize("NFKC", text):
        if char.isspace() or char in _SEPARATORS or unicodedata.category(char) == _FORMAT:
            continue
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept.append(str(digit))
        else:
            kept.append(char.upper() if char.isascii() else char)
    return "".join(kept)

"""What the letters of a text say of its writing: whether words have spaces between them.

The patterns are made when a text first needs them: few do, and making one takes two milliseconds.
"""

from __future__ import annotations

import functools
import re

_WIDE = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"


def wide_letters(text: str) -> int:
    """How many Chinese, Japanese and Korean characters: each is a syllable or a word."""
    return 0 if text.isascii() else len(_made(_WIDE).findall(text))


def has_unspaced(text: str) -> bool:
    """Whether some of it is Thai, Lao, Burmese, Khmer, Japanese or Chinese: no space between words,
    nor between the parts of a name.
    """
    return not text.isascii() and _made(_UNSPACED).search(text) is not None


@functools.cache
def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)

"""Checks that a PDF file has the form in which this program writes it: complete and written once.

A PDF reader looks from the end of a file for the table of its parts (ISO 32000-1, 7.5.6). So data
added after the end of a genuine file can change what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.remark import Remark, remark
from domain.words import mark

END = b"%%EOF"
_LINE_END = re.compile(rb"\r?\n")
"""The bytes that may follow the end mark, once."""
_TABLES = re.compile(rb"startxref|/XRef\b|/ObjStm\b")


def written_since(data: bytes) -> Iterator[Remark]:
    """Signs that the file was changed after this program had made it."""
    end = data.find(END) + len(END)
    line_end = _LINE_END.match(data, end)
    count = len(data) - (line_end.end() if line_end else end)
    if count:
        yield remark(mark("there are bytes after the end of the file: {count}"), count=count)
    if len(_TABLES.findall(data)) > 1 or data.count(b"trailer") > 1:
        yield remark(mark("the file was changed: it has a second table of its parts"))

"""Whether the file of a paper is as this program writes one: whole, written once, and ended.

A reader of PDF looks from the end of a file for the table that says where its parts are (ISO
32000-1, 7.5.6): whoever writes more behind the end of a genuine file decides what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.words import mark
from receipts.judgement import Remark, remark

END = b"%%EOF"
_ENDS = (b"", b"\n", b"\r\n")
"""What may stand behind the mark of the end."""
_TABLES = re.compile(rb"startxref|/XRef\b|/ObjStm\b")


def written_since(data: bytes) -> Iterator[Remark]:
    """What shows that the file was written to after this program had made it."""
    behind = data[data.find(END) + len(END) :]
    if behind not in _ENDS:
        yield remark(mark("bytes stand behind the end of the file: {count}"), count=len(behind))
    if len(_TABLES.findall(data)) > 1 or data.count(b"trailer") > 1:
        yield remark(mark("the file was written to again: it has a second table of its parts"))

"""Finds differences between a paper and its seal, and between a paper and the issued one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from PIL import ImageChops

from domain.remark import Remark, remark
from domain.words import mark
from papers.judge.reading import PaperReading, PrintedText, pictures, read_pdf
from papers.seal.canonical import canonical
from papers.seal.seal import Seal, line_hash
from papers.typeset.words import moment

_LINE = re.compile(r"TwLine([1-9]\d{0,3})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHOWN_CHANGES = 12
_SCALE = 1.5
_SEEN = 48
"""Levels of 256; smaller differences of a pixel are ignored."""
_RECEIPT = (
    mark("the receipt number on the paper is not that of the seal"),
    mark("the receipt number cannot be found on the paper"),
)
_SEIZURE = (
    mark("the seizure number on the paper is not that of the seal"),
    mark("the seizure number cannot be found on the paper"),
)
_TIME = (
    mark("the time of issue on the paper is not that of the seal"),
    mark("the time of issue cannot be found on the paper"),
)
NO_MARKS = mark(
    "the file was written by another program; its numbers, lines and totals cannot be compared with"
    " the seal: compare them by eye"
)


def with_seal(paper: PaperReading, seal: Seal) -> list[Remark]:
    """Differences between the text of the paper and its seal.

    In a file without marks, numbers, lines and totals are not compared, since a program cannot find
    them.
    """
    if not paper.is_marked:
        return [remark(NO_MARKS), *_annotated(paper)]
    found = [
        *_stated(paper, "TwReceipt", seal.receipt_no, _RECEIPT),
        *_stated(paper, "TwSeizure", seal.seizure_no, _SEIZURE),
        *_stated(paper, "TwTime", moment(seal.issued_at), _TIME),
        *_lines(paper, seal),
        *_totals(paper, seal),
        *_tampered(paper),
    ]
    return list(dict.fromkeys(found))


def lines_of(paper: PaperReading, count: int) -> tuple[str, ...]:
    """The printed text of each goods line from 1 to `count`."""
    return tuple(
        " ".join(words.text.strip() for words in paper.tagged(f"TwLine{number}"))
        for number in range(1, count + 1)
    )


def _stated(
    paper: PaperReading, tag: str, sealed: str, otherwise: tuple[str, str]
) -> Iterable[Remark]:
    """`otherwise` are the messages for another text and for a missing text."""
    printed = [canonical([words.text]) for words in paper.tagged(tag)]
    differs, missing = otherwise
    if not printed:
        yield remark(missing)
    elif any(text != canonical([sealed]) for text in printed):
        yield remark(differs)


def _lines(paper: PaperReading, seal: Seal) -> Iterable[Remark]:
    found = {_LINE.fullmatch(words.tag) for words in paper.words}
    numbers = {int(match[1]) for match in found if match}
    for number in sorted(numbers - set(range(1, seal.line_count + 1))):
        yield remark(mark("line {n} is not in the seal"), n=number)
    for number in sorted(set(range(1, seal.line_count + 1)) - numbers):
        yield remark(mark("line {n} is missing on the paper"), n=number)
    printed = [paper.canonical(f"TwLine{n}") for n in range(1, seal.line_count + 1)]
    if seal.combined:
        if not seal.vouches_for(tuple(printed)):
            yield remark(
                mark(
                    "{n} line differs from the seal",
                    "one or more of the {n} lines differ from the seal",
                    "n",
                ),
                n=seal.line_count,
            )
        return
    for number, text in enumerate(printed, start=1):
        if number in numbers and line_hash(number, text) != seal.line_hashes[number - 1]:
            yield remark(mark("line {n} differs from the seal"), n=number)


def _totals(paper: PaperReading, seal: Seal) -> Iterable[Remark]:
    text = paper.canonical("TwTotal").replace(",", ".")
    if seal.totals and not text:
        yield remark(mark("the totals cannot be found on the paper"))
        return
    printed = [Decimal(number) for number in _NUMBER.findall(text)]
    sealed = [total.value for total in seal.totals]
    if not set(sealed) <= set(printed) or (len(sealed) == len(printed) and sealed != printed):
        yield remark(mark("the totals on the paper are not those of the seal"))


def _tampered(paper: PaperReading) -> Iterable[Remark]:
    for words in paper.words:
        if words.hidden and words.tag:
            yield remark(
                mark("“{words}” on page {page} is hidden or painted over"),
                words=words.text.strip(),
                page=words.page,
            )
    for page in range(1, paper.pages + 1):
        table = [w for w in paper.words if w.page == page and _LINE.fullmatch(w.tag)]
        if table:
            top, bottom = max(w.box[3] for w in table), min(w.box[1] for w in table)
            for words in paper.words:
                if words.page == page and not words.tag and bottom < words.box[1] < top:
                    yield _added(words)
    yield from _annotated(paper)


def _annotated(paper: PaperReading) -> Iterable[Remark]:
    if paper.annotations:
        yield remark(mark("something was put on top of the paper (an annotation)"))


def _added(words: PrintedText) -> Remark:
    return remark(
        mark("“{words}” on page {page} was added to the table of goods"),
        words=words.text.strip(),
        page=words.page,
    )


def with_issued(data: bytes, paper: PaperReading, issued: Iterable[bytes]) -> list[Remark]:
    """Differences from the most similar issued file; empty when no file is stored.

    A file without marks is not compared: the program that wrote it breaks lines and draws letters
    in its own way, so every comparison would find differences.
    """
    if not paper.is_marked:
        return []
    nearest: list[Remark] | None = None
    for original in issued:
        was = read_pdf(original)
        changes = _changes(was, paper)
        if not changes:
            return _looks(original, data) or list(_not_shown(was, paper))
        if nearest is None or len(changes) < len(nearest):
            nearest = changes
    return (nearest or [])[:_SHOWN_CHANGES]


def _changes(was: PaperReading, now: PaperReading) -> list[Remark]:
    before = [(words.page, words.text.strip()) for words in was.words]
    after = [(words.page, words.text.strip()) for words in now.words]
    found: list[Remark] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for old, new in zip_longest(before[a:b], after[c:d]):
            if old is None:
                what = mark("page {page}: “{new}” was added")
                found.append(remark(what, page=new[0], new=new[1]))
            elif new is None:
                what = mark("page {page}: “{old}” was taken out")
                found.append(remark(what, page=old[0], old=old[1]))
            else:
                what = mark("page {page}: “{old}” now reads “{new}”")
                found.append(remark(what, page=new[0], old=old[1], new=new[1]))
    return found


def _not_shown(was: PaperReading, now: PaperReading) -> Iterable[Remark]:
    """Differences in a file that shows the same words and looks the same."""
    yield remark(mark("the file looks like the issued file; the difference is not visible"))
    if now.attachments > was.attachments:
        yield remark(mark("files were attached to the paper"))
    names = sorted({*was.described, *now.described})
    names = [name for name in names if was.described.get(name) != now.described.get(name)]
    if names:
        what = mark("the metadata of the file was changed: {names}")
        yield remark(what, names=", ".join(name[:40] for name in names[:8]))


def _looks(original: bytes, data: bytes) -> list[Remark]:
    """The pages that look different though their words are the same."""
    found = []
    both = zip_longest(pictures(original, _SCALE), pictures(data, _SCALE))
    for number, (was, now) in enumerate(both, start=1):
        if was is None or now is None or was.size != now.size:
            found.append(remark(mark("page {page} was added, taken out or resized"), page=number))
            continue
        apart = ImageChops.difference(was, now).point(lambda shade: 255 if shade > _SEEN else 0)
        if apart.getbbox():
            what = mark("page {page} looks different, though its words are the same")
            found.append(remark(what, page=number))
    return found

"""What a paper says when it is read back, so that each test can compare it with what was meant."""

from __future__ import annotations

import io
import re
import zlib

import pypdfium2
from pypdfium2 import raw

from domain.ids import PaperHash
from papers.judge.judgement import IssuedPaper
from papers.judge.reading import read_pdf
from papers.receipt.goods_row import rows_of
from papers.receipt.model import ReceiptPaper
from papers.receipt.page import render
from papers.seal.canonical import canonical

REPEATED = ("TwFoot", "TwReceipt", "TwTitle", "TwCopy")


def words_on(pdf: bytes) -> str:
    """All words of the PDF in the order in which they are drawn, one space between two."""
    return " ".join(" ".join(words.text for words in read_pdf(pdf).words).split())


def says(pdf: bytes, text: str) -> bool:
    """Whether the text is on the paper, however its lines are broken."""
    words = read_pdf(pdf).words
    all_of_it = canonical(each.text for each in words)
    without_heads = canonical(each.text for each in words if each.tag not in REPEATED)
    return canonical([text]) in all_of_it or canonical([text]) in without_heads


def holds_what_was_meant(paper: ReceiptPaper, pdf: bytes) -> None:
    """Fails unless numbers, times and every goods line of `paper` are on `pdf`, each whole."""
    read = read_pdf(pdf)
    assert read.canonical("TwReceipt") == canonical([paper.receipt_no]) * read.pages
    assert read.canonical("TwSeizure") == canonical([paper.seizure_no])
    for number, row in enumerate(rows_of(paper), start=1):
        assert read.canonical(f"TwLine{number}") == row.canonical
    assert not [words for words in read.words if words.hidden]


def altered(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """`pdf` with `old` changed to `new` inside a compressed page stream, whole again."""
    for found in re.finditer(rb"/Length (\d+)\n>>\s*stream\r?\n", pdf):
        start, length = found.end(), int(found[1])
        plain = zlib.decompress(pdf[start : start + length])
        if old in plain:
            packed = zlib.compress(plain.replace(old, new, 1), 9)
            head = found[0].replace(found[1], b"%d" % len(packed))
            body = pdf[: found.start()] + head + packed + pdf[start + length :]
            return _with_offsets(body, found.start(), len(body) - len(pdf))
    raise AssertionError("nothing was altered")


def without_marks(pdf: bytes) -> bytes:
    """`pdf` without its marked content, as ghostscript and others write it anew."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        for each in page.get_objects():
            for place in reversed(range(raw.FPDFPageObj_CountMarks(each.raw))):
                raw.FPDFPageObj_RemoveMark(each.raw, raw.FPDFPageObj_GetMark(each.raw, place))
        raw.FPDFPage_GenerateContent(page.raw)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def on_paper(text: str) -> bytes:
    """How reportlab writes a text of plain letters in a page's stream."""
    return b"<" + text.encode().hex().encode() + b"> Tj"


def _with_offsets(pdf: bytes, changed: int, shift: int) -> bytes:
    """`pdf` with its table of offsets put right: what lay behind `changed` moved by `shift`."""
    table = pdf.rindex(b"\nxref\n") + 1

    def moved(found: re.Match[bytes]) -> bytes:
        offset = int(found[1])
        return b"%010d 00000 n" % (offset + shift if offset > changed else offset)

    entries = re.sub(rb"(\d{10}) 00000 n", moved, pdf[table:])
    return pdf[:table] + re.sub(rb"startxref\n\d+", b"startxref\n%d" % table, entries)


class Journal:
    """A journal that knows the given papers, their second copy too."""

    def __init__(self, *papers: ReceiptPaper) -> None:
        self.known = {paper.receipt_no: _issued(paper) for paper in papers}

    def issued(self, receipt_no: str) -> IssuedPaper | None:
        """The receipt of that number."""
        return self.known.get(receipt_no)

    def naming(self, paper: PaperHash) -> IssuedPaper | None:
        """The receipt that has this file."""
        return next((held for held in self.known.values() if paper in held.papers), None)


def _issued(paper: ReceiptPaper) -> IssuedPaper:
    files = tuple(render(copy_of(paper, number)) for number in (1, 2))
    return IssuedPaper(
        receipt_no=paper.receipt_no,
        seizure_no=paper.seizure_no,
        papers={PaperHash.of(each): number for number, each in enumerate(files, start=1)},
        seal=paper.seal,
        files=files,
    )


def copy_of(paper: ReceiptPaper, number: int) -> ReceiptPaper:
    """The same paper as copy `number`."""
    values = {name: getattr(paper, name) for name in paper.__struct_fields__}
    return ReceiptPaper(**{**values, "copy": number})

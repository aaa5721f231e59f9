"""Time and size of one receipt, after a warm-up, compared with a plain page by other libraries.

Run: `python -m benchmarks.receipt`. Prints ratios from one run, because absolute times differ
between machines. Each receipt has different words than the last one, so that no cached line is
used. The plain pages have the same words, fonts and code, in rows without any layout.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from itertools import count

import msgspec
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from papers.judge.reading import read_pdf
from papers.receipt.model import ReceiptPaper
from papers.receipt.page import render
from papers.receipt.seal_facts import facts_of
from papers.seal.seal import make_seal
from papers.typeset import fonts
from tests.papers.builders import KEY, a_line, a_paper, an_interception

try:
    from fpdf import FPDF
except ImportError:  # not a dependency: measured only when it is installed
    FPDF = None

ROUNDS = 40
_numbers = count(1)


def fresh_paper() -> ReceiptPaper:
    """A new receipt with two lines and four photos."""
    number = next(_numbers)
    goods = (a_line(number), a_line(number + 1, description=f"Ampoules, batch {number}"))
    legal = an_interception().legal
    grounds = f"Parcel {number}: {legal.grounds}"
    legal = msgspec.structs.replace(legal, grounds=grounds)
    return a_paper(
        key=None,
        receipt_no=f"R-MCN-2026-{number:06d}",
        interception=an_interception(goods=goods, legal=legal),
    )


def sealed(paper: ReceiptPaper) -> ReceiptPaper:
    """The paper with its seal."""
    return msgspec.structs.replace(paper, seal=make_seal(facts_of(paper), KEY))


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def bare_reportlab(words: list[str], seal: str) -> bytes:
    """The same words, drawn with reportlab and its own code widget."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    name = fonts.latin(False).name
    canvas.setFont(name, 8)
    for index, text in enumerate(words):
        canvas.drawString(40, 820 - 8 * index, text)
    drawing = Drawing(100, 100)
    drawing.add(QrCodeWidget(seal, barWidth=100, barHeight=100, barLevel="Q"))
    renderPDF.draw(drawing, canvas, 440, 700)
    canvas.save()
    return out.getvalue()


def bare_fpdf(words: list[str]) -> bytes | None:
    """The same words, drawn with fpdf2, without a code; None when it is not installed."""
    if FPDF is None:
        return None
    page = FPDF()
    page.add_page()
    page.add_font("Noto", "", str(fonts.FOLDER / "NotoSans-Regular.ttf"))
    page.set_font("Noto", size=8)
    for index, text in enumerate(words):
        page.text(15, 10 + 3 * index, text)
    return bytes(page.output())


def main() -> None:
    """Measure and print."""
    pdf = render(sealed(fresh_paper()))
    papers = iter([sealed(fresh_paper()) for _ in range(ROUNDS)])
    unsealed = iter([fresh_paper() for _ in range(ROUNDS)])
    words = [each.text for each in read_pdf(pdf).words]
    seal = sealed(fresh_paper()).seal
    ours = milliseconds(lambda: render(next(papers)))
    signing = milliseconds(lambda: sealed(next(unsealed)))
    others = {"reportlab with its own code": milliseconds(lambda: bare_reportlab(words, seal))}
    if bare_fpdf(words):
        others["fpdf2 without a code"] = milliseconds(lambda: bare_fpdf(words))
    pages = len({each.page for each in read_pdf(pdf).words})
    print(f"receipt, {pages} pages, code and 4 photos' hashes: {ours:.1f} ms, {len(pdf):,} bytes")
    print(f"  its lines set and the seal signed: {signing:.1f} ms")
    for name, taken in others.items():
        print(f"  {name}, bare: {taken:.1f} ms = {taken / ours:.1f} x ours")


if __name__ == "__main__":
    main()

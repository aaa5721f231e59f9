"""PDFium is used by one thread at a time, wherever in the program."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from papers.receipt.page import render
from system.pdfium import PdfiumError, open_pdf
from tests.papers.builders import a_paper

PDF = render(a_paper())
ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "system", "storage", "papers", "acts", "sync", "hub", "gui", "demo")


def test_a_second_thread_waits_until_the_document_is_closed() -> None:
    inside = Event()

    def second() -> int:
        with open_pdf(PDF) as document:
            inside.set()
            return len(document)

    with ThreadPoolExecutor(1) as threads:
        with open_pdf(PDF):
            answer = threads.submit(second)
            assert not inside.wait(0.2)
        assert answer.result(timeout=30) > 0


def test_a_document_that_cannot_be_opened_keeps_nobody_waiting() -> None:
    for _ in range(2):
        with pytest.raises(PdfiumError), open_pdf(b"no PDF"):
            pass


def test_no_other_file_uses_pdfium_itself() -> None:
    uses = re.compile(r"^\s*(from|import) pypdfium2", re.MULTILINE)
    found = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if uses.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["system/pdfium.py"]

"""A paper is judged offline, and what was altered is named."""

from __future__ import annotations

import io

import msgspec
import pypdfium2
import pytest
from pypdfium2 import raw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from domain.signing import VerifyKey
from papers.judge.judgement import SENTENCES, Judgement, Verdict
from papers.judge.reading import read_pdf
from papers.judge.verify import verify_paper
from papers.receipt.page import render
from papers.seal.canonical import canonical
from papers.seal.seal import key_id, read_seal
from tests.papers.builders import KEY, OTHER_KEY, a_line, a_paper, an_interception
from tests.papers.paper_text import Journal, altered, copy_of, on_paper

PAPER = a_paper()
PDF = render(PAPER)


def keys(name: bytes) -> VerifyKey | None:
    """The one key that is known."""
    return KEY.verify_key if name == key_id(KEY.verify_key) else None


def said(judged: Judgement) -> list[str]:
    """The differences in words."""
    return [str(difference) for difference in judged.differences]


def test_the_file_that_the_journal_names_is_genuine() -> None:
    judged = verify_paper(PDF, keys, Journal(PAPER))
    assert judged.verdict is Verdict.GENUINE
    assert judged.seal == read_seal(PAPER.seal)


def test_a_copy_that_the_journal_names_is_genuine() -> None:
    judged = verify_paper(render(copy_of(PAPER, 2)), keys, Journal(PAPER))
    assert judged.verdict is Verdict.GENUINE


def test_without_a_journal_the_seal_and_the_words_are_judged() -> None:
    judged = verify_paper(PDF, keys)
    assert (judged.verdict, judged.differences) == (Verdict.SEAL_ONLY, ())
    assert "not compared" in str(judged)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("560", "590", "line 1 differs from the seal"),
        ("60", "90", "line 2 differs from the seal"),
        ("B 4711002", "B 4711003", "line 2 differs from the seal"),
        ("0.420 kg net", "0.020 kg net", "line 1 differs from the seal"),
        ("620 capsule", "630 capsule", "the totals on the paper are not those of the seal"),
        (
            "R-MCN-2026-000123",
            "R-MCN-2026-000124",
            "the receipt number on the paper is not that of the seal",
        ),
        (
            "XA-MCN-2026-00412-K",
            "XA-MCN-2026-00413-K",
            "the seizure number on the paper is not that of the seal",
        ),
        (
            "2026-11-23 03:12 UTC+01:00",
            "2026-11-24 03:12 UTC+01:00",
            "the time of issue on the paper is not that of the seal",
        ),
    ],
)
def test_one_altered_digit_is_named(old: str, new: str, difference: str) -> None:
    judged = verify_paper(altered(PDF, on_paper(old), on_paper(new)), keys)
    assert judged.verdict is Verdict.ALTERED
    assert said(judged) == [difference]


def test_a_total_with_zeros_at_its_end_is_the_same_total() -> None:
    older = altered(PDF, on_paper("620 capsule"), on_paper("620.0 capsule"))
    assert verify_paper(older, keys).verdict is Verdict.SEAL_ONLY


def test_with_the_journal_also_words_outside_the_seal_are_compared() -> None:
    forged = altered(PDF, on_paper("23 December 2026"), on_paper("13 December 2026"))
    assert verify_paper(forged, keys).verdict is Verdict.SEAL_ONLY
    judged = verify_paper(forged, keys, Journal(PAPER))
    assert judged.verdict is Verdict.ALTERED
    assert "page 1: “23 December 2026” now reads “13 December 2026”" in said(judged)


def test_an_altered_copy_is_compared_with_that_copy() -> None:
    copy = render(copy_of(PAPER, 2))
    forged = altered(copy, on_paper("23 December 2026"), on_paper("13 December 2026"))
    judged = verify_paper(forged, keys, Journal(PAPER))
    assert not [words for words in said(judged) if "COPY" in words]


def test_the_seal_of_another_receipt_is_named_by_what_it_says() -> None:
    other = a_paper(
        receipt_no="R-MCN-2026-000999",
        seizure_no="XA-MCN-2026-00999-K",
        interception=an_interception(goods=(a_line(9), a_line(2, bag_no="B 1"))),
    )
    judged = verify_paper(render(msgspec.structs.replace(PAPER, seal=other.seal)), keys)
    assert judged.verdict is Verdict.ALTERED
    assert "the receipt number on the paper is not that of the seal" in said(judged)
    assert "line 1 differs from the seal" in said(judged)
    assert "line 2 differs from the seal" in said(judged)


def test_a_line_that_is_missing_or_added_is_named() -> None:
    more = an_interception(goods=(a_line(1), a_line(2), a_line(3)))
    fewer = an_interception(goods=(a_line(1),))
    two = a_paper(interception=an_interception(goods=(a_line(1), a_line(2))))
    added = verify_paper(render(msgspec.structs.replace(two, interception=more)), keys)
    taken = verify_paper(render(msgspec.structs.replace(two, interception=fewer)), keys)
    assert "line 3 is not in the seal" in said(added)
    assert "line 2 is missing on the paper" in said(taken)


def test_many_lines_are_judged_together() -> None:
    lines = tuple(a_line(number) for number in range(1, 41))
    paper = a_paper(interception=an_interception(goods=lines))
    pdf = render(paper)
    assert verify_paper(pdf, keys).verdict is Verdict.SEAL_ONLY
    forged = altered(pdf, on_paper("B 4711005"), on_paper("B 4711006"))
    assert said(verify_paper(forged, keys)) == ["one or more of the 40 lines differ from the seal"]


def test_a_seal_that_another_key_signed_is_of_an_unknown_key() -> None:
    pdf = render(a_paper(key=OTHER_KEY))
    assert verify_paper(pdf, keys).verdict is Verdict.UNKNOWN_KEY
    assert verify_paper(pdf, lambda _: KEY.verify_key).verdict is Verdict.FORGED


def test_something_appended_to_the_file_is_said() -> None:
    update = b"\n9999 0 obj\n<< >>\nendobj\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n"
    judged = verify_paper(PDF + update, keys, Journal(PAPER))
    assert judged.verdict is Verdict.ALTERED
    assert any("added after the end of the issued file" in words for words in said(judged))


@pytest.mark.parametrize(
    "more",
    [b" ", b"\n", b"\0", b"% a remark", b"x" * 4000, b"\nxref\n0 0\ntrailer\n<<>>\n%%EOF\n"],
    ids=["space", "line", "zero", "remark", "many", "update"],
)
def test_any_byte_behind_the_end_is_altered_without_a_journal_too(more: bytes) -> None:
    judged = verify_paper(PDF + more, keys)
    assert judged.verdict is Verdict.ALTERED
    assert f"there are bytes after the end of the file: {len(more)}" in said(judged)


def test_a_second_table_of_parts_is_altered_without_a_journal_too() -> None:
    """An update that takes the old mark of the end away, so that only one is left."""
    start = PDF[PDF.rindex(b"startxref") :].split()[1]
    update = b"xref\n0 0\ntrailer\n<</Size 18/Root 13 0 R/Prev " + start + b">>\nstartxref\n"
    place = len(PDF.removesuffix(b"%%EOF\n"))
    grown = PDF.removesuffix(b"%%EOF\n") + update + b"%d\n%%%%EOF\n" % place
    judged = verify_paper(grown, keys)
    assert judged.verdict is Verdict.ALTERED
    assert "a second table of its parts" in str(judged)


def test_a_file_of_the_same_words_and_looks_is_altered_and_says_what_differs() -> None:
    described = PDF.replace(b"/Creator (Tidewaiter)", b"/Creator (Tidewaiten)")
    assert described != PDF
    judged = verify_paper(described, keys, Journal(PAPER))
    assert judged.verdict is Verdict.ALTERED
    assert "the file looks like the issued file; the difference is not visible" in said(judged)
    assert "the metadata of the file was changed: Creator" in said(judged)


def test_a_file_with_something_attached_is_altered_and_says_so() -> None:
    document = pypdfium2.PdfDocument(PDF)
    document.new_attachment("hidden.txt").set_data(b"something else")
    out = io.BytesIO()
    document.save(out)
    judged = verify_paper(out.getvalue(), keys, Journal(PAPER))
    assert judged.verdict is Verdict.ALTERED
    assert "files were attached to the paper" in said(judged)


def test_another_seal_under_the_same_number_is_not_the_one_issued() -> None:
    again = a_paper(interception=an_interception(goods=(a_line(1),)))
    judged = verify_paper(render(again), keys, Journal(PAPER))
    assert judged.verdict is Verdict.ALTERED
    assert "the seal is not the one issued with this number" in said(judged)


def covered(pdf: bytes, text: str) -> bytes:
    """`pdf` with a white box painted over the first words that read `text`."""
    left, bottom, right, top = next(w.box for w in read_pdf(pdf).words if text in w.text)
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    box = raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_ALTERNATE, 0)
    raw.FPDFPage_InsertObject(page.raw, box)
    raw.FPDFPage_GenerateContent(page.raw)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_number_painted_over_is_named() -> None:
    judged = verify_paper(covered(PDF, "620 capsule"), keys)
    assert judged.verdict is Verdict.ALTERED
    assert any("is hidden or painted over" in words for words in said(judged))


def test_a_page_that_only_looks_different_is_named_with_the_journal() -> None:
    judged = verify_paper(covered(PDF, "Claims Office"), keys, Journal(PAPER))
    assert "page 1 looks different, though its words are the same" in said(judged)


def locked(user: str) -> bytes:
    """A PDF that is encrypted."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, "owner"))
    canvas.drawString(50, 50, "x")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "neither a PDF nor"),
        (b"not a paper at all", "neither a PDF nor"),
        (b"\x89PNG\r\n\x1a\n garbage", "neither a PDF nor"),
        (PDF[:-2000], "the file is cut"),
        (PDF[: len(PDF) // 2], "the file is cut"),
        (b"%PDF-1.7\nnonsense\n%%EOF", "damaged"),
        (locked("secret"), "locked with a password"),
        (locked(""), "encrypted"),
        (render(a_paper(key=None)), "no seal that can be read"),
        (b"%PDF-" + b"0" * (65 * 1024 * 1024) + b"%%EOF", "too large"),
    ],
    ids=["empty", "text", "picture", "cut", "half", "nonsense", "locked", "owner", "bare", "huge"],
)
def test_a_file_that_cannot_be_judged_gets_one_clear_reason(data: bytes, reason: str) -> None:
    judged = verify_paper(data, keys, Journal(PAPER))
    assert judged.verdict is Verdict.UNREADABLE
    assert len(judged.differences) == 1
    assert reason in str(judged)


def test_every_flipped_byte_of_the_file_is_noticed(long: bool) -> None:
    journal = Journal(PAPER)
    for place in range(0, len(PDF), 997 if long else 1997):
        forged = PDF[:place] + bytes([PDF[place] ^ 0x10]) + PDF[place + 1 :]
        assert verify_paper(forged, keys, journal).verdict is not Verdict.GENUINE


def test_each_verdict_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Verdict)


def test_the_order_of_arabic_letters_is_judged_too() -> None:
    name = (
        "\u0639\u0644\u0628\u0629 \u062f\u0648\u0627\u0621 2026-000123 (\u0645\u0636\u0627\u062f)"
    )
    line = a_line(
        1, description=name, brand="\u0644\u0627 \u0625\u0644\u0627", marks="\u4e2d x\u0301 \u00bd"
    )
    pdf = render(a_paper(interception=an_interception(goods=(line,))))
    assert verify_paper(pdf, keys).verdict is Verdict.SEAL_ONLY
    assert canonical(["\u0639\u0644"]) != canonical(["\u0644\u0639"])

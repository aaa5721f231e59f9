"""A picture of a paper is judged by its seal alone, and never called more than that."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from domain.signing import VerifyKey
from papers.judge.judgement import Verdict
from papers.judge.verify import verify_paper
from papers.receipt.page import render
from papers.seal.seal import key_id
from tests.papers.builders import KEY, a_line, a_paper, an_interception
from tests.papers.paper_text import Journal, altered, on_paper

PAPER = a_paper()
PDF = render(PAPER)


def keys(name: bytes) -> VerifyKey | None:
    """The one key that is known."""
    return KEY.verify_key if name == key_id(KEY.verify_key) else None


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_scan_is_judged_by_its_seal_alone(form: str) -> None:
    picture = (
        pypdfium2.PdfDocument(PDF)[0]
        .render(scale=200 / 72)
        .to_pil()
        .rotate(3, expand=True, fillcolor="white")
    )
    out = io.BytesIO()
    picture.convert("L").save(out, form, **({"quality": 60} if form == "JPEG" else {}))
    judged = verify_paper(out.getvalue(), keys, Journal(PAPER))
    assert judged.verdict is Verdict.SEAL_ONLY
    assert "Only the seal was judged" in str(judged)
    assert judged.seal is not None
    assert judged.seal.receipt_no == PAPER.receipt_no


def drawn(pdf: bytes, scale: float = 200 / 72) -> list[Image.Image]:
    """The pages as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=scale).to_pil().convert("L") for page in document]


def saved(first: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    first.save(out, form, **how)
    return out.getvalue()


def test_a_photo_of_a_changed_quantity_is_never_more_than_its_seal() -> None:
    """The forger's best: the genuine paper and code, another quantity painted in."""
    picture = drawn(altered(PDF, on_paper("560"), on_paper("56")))[0]
    judged = verify_paper(saved(picture), keys, Journal(PAPER))
    assert judged.verdict is Verdict.SEAL_ONLY
    said = str(judged)
    for value in (
        "receipt R-MCN-2026-000123", "seizure XA-MCN-2026-00412-K, revision 1", "goods lines 2",
        "issued 2026-11-23 03:12 UTC+01:00", "totals 620 capsule", "act seizure, post MCN",
        "journal entry 1204", "line 1 as issued: 1 560 capsule", "B 4711002",
    ):  # fmt: skip
        assert value in said, value


def test_a_blank_sheet_with_a_copied_code_is_never_more_than_its_seal() -> None:
    sheet = Image.new("L", (1654, 2339), 255)
    page = drawn(PDF)[0]
    left, top = page.width - 460, 60
    sheet.paste(page.crop((left, top, page.width, top + 460)), (left, top))
    judged = verify_paper(saved(sheet), keys)
    assert judged.verdict is Verdict.SEAL_ONLY
    assert "totals 620 capsule" in str(judged)
    assert "not in the seal, only their hashes" in str(judged)


@pytest.mark.parametrize("resolution", [200.0, 72.0])
def test_a_scan_saved_as_pdf_is_a_picture_and_not_altered(resolution: float) -> None:
    first, *more = drawn(PDF)
    scan = saved(first, "PDF", save_all=True, append_images=more, resolution=resolution)
    judged = verify_paper(scan, keys, Journal(PAPER))
    assert (judged.verdict, judged.differences) == (Verdict.SEAL_ONLY, ())


def test_a_pdf_of_ours_with_a_picture_over_each_page_is_no_scan() -> None:
    document = pypdfium2.PdfDocument(PDF)
    for page in document:
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (8, 8), "white")))
        image.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    assert verify_paper(out.getvalue(), keys).verdict is not Verdict.SEAL_ONLY


def test_the_seal_is_read_from_a_poor_stained_print() -> None:
    paper = a_paper(interception=an_interception(goods=tuple(a_line(n) for n in range(1, 17))))
    picture = pypdfium2.PdfDocument(render(paper))[0].render(scale=150 / 72).to_pil().convert("L")
    ImageDraw.Draw(picture).ellipse((1020, 120, 1070, 170), fill=90)
    poor = picture.rotate(7, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    poor.save(out, "JPEG", quality=40)
    assert verify_paper(out.getvalue(), keys).verdict is Verdict.SEAL_ONLY

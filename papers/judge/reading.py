"""Reads a PDF or a picture: the marked words of a receipt, all its words, its QR codes.

The file may be hostile, so its content is never trusted, only compared.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, UnidentifiedImageError

from domain.words import mark
from papers.errors import PaperUnreadable
from papers.seal.canonical import canonical
from system.pdfium import Handle, PdfDocument, PdfiumError, PdfPage, open_pdf, raw

SIZE_LIMIT = 64 * 1024 * 1024
PAGE_LIMIT = 200
SIDE_LIMIT = 14_400
"""Points; the largest page that ISO 32000-1 (annex C) allows."""
_DRAWN_SIDE = 6_000
"""Pixels of the longer side of a drawn page, at most."""
PIXEL_LIMIT = 80_000_000
_SEAL_PAGES = 3
"""The seal is on the first page of a receipt; one or two cover sheets may come before it."""
_SCALES = (2.5, 5.0)
_TAG = re.compile(r"Tw[A-Z][A-Za-z]*\d{0,4}")
_LEAST_HEIGHT = 3.0
_WHITISH = 200
_MOST = 0.5
"""A page with so large a part covered by pictures, and without marked words, is a scan."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One text object of a page, its characters from left to right."""

    page: int
    tag: str
    """`TwLine2`, `TwReceipt`, ...; empty when it is not marked."""
    text: str
    box: Box
    hidden: bool
    """Invisible, whitish, tiny, off the page, or painted over."""


@dataclass(slots=True)
class PaperReading:
    """The content of a PDF."""

    pages: int
    words: list[PrintedText] = field(default_factory=list)
    annotations: int = 0
    pictured: int = 0
    """Pages that pictures cover for the most part."""
    attachments: int = 0
    described: dict[str, str] = field(default_factory=dict)
    """The metadata of the file: title, author, dates, programs."""

    @property
    def is_scan(self) -> bool:
        """Whether this PDF is a scan; receipts of this program contain no pictures."""
        return self.pictured == self.pages and not self.is_marked

    @property
    def is_marked(self) -> bool:
        """Whether any words are marked by this program; programs that rewrite a PDF remove
        marks."""
        return any(words.tag for words in self.words)

    def tagged(self, tag: str) -> list[PrintedText]:
        """The words with that mark, in the order of the file."""
        return [words for words in self.words if words.tag == tag]

    def canonical(self, tag: str) -> str:
        """The words with that mark in canonical form."""
        return canonical(words.text for words in self.tagged(tag))


def read_pdf(data: bytes) -> PaperReading:
    """The words of a PDF.

    Raises `PaperUnreadable` when it is not a PDF, cut, locked or too large.
    """
    with _opened(data, mark("a page of the file cannot be read")) as document:
        reading = PaperReading(len(document))
        reading.attachments = max(0, raw.FPDFDoc_GetAttachmentCount(document.raw))
        reading.described = document.get_metadata_dict()
        for number in range(len(document)):
            page = document[number]
            reading.annotations += max(0, raw.FPDFPage_GetAnnotCount(page.raw))
            reading.pictured += _is_picture(page)
            reading.words += _words(page, number + 1)
        return reading


@contextmanager
def _opened(data: bytes, page_fault: str) -> Iterator[PdfDocument]:
    """The document in `data`. Raises `PaperUnreadable`, with `page_fault` for a damaged page."""
    if len(data) > SIZE_LIMIT:
        raise PaperUnreadable(mark("the file is too large for a receipt"))
    if b"%%EOF" not in data:
        raise PaperUnreadable(
            mark("the file is cut: its end is missing"), hint=mark("Copy it again.")
        )
    what = mark("the file is damaged and cannot be opened")
    try:
        with open_pdf(data) as document:
            what = page_fault
            _refuse_foreign(document)
            yield document
    except PdfiumError as error:
        if "assword" in str(error):
            what = mark("the file is locked with a password")
        raise PaperUnreadable(what) from error


def _refuse_foreign(document: PdfDocument) -> None:
    if raw.FPDF_GetSecurityHandlerRevision(document.raw) >= 0:
        raise PaperUnreadable(mark("the file is encrypted; receipts of this program are not"))
    if not 0 < len(document) <= PAGE_LIMIT:
        raise PaperUnreadable(mark("the file has too many pages for a receipt"))
    if max(max(document.get_page_size(n)) for n in range(len(document))) > SIDE_LIMIT:
        raise PaperUnreadable(mark("a page of the file is too large for a receipt"))


def pictures(data: bytes, scale: float) -> list[Image.Image]:
    """Each page of a PDF as a grey picture, `scale` pixels a point."""
    with _opened(data, mark("a page of the file cannot be drawn")) as document:
        pages = (document[number] for number in range(len(document)))
        return [_drawn(page, scale).convert("L") for page in pages]


def codes_of_pdf(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes on the first pages, each once."""
    with _opened(data, mark("a page of the file cannot be drawn")) as document:
        for scale in _SCALES:
            found: list[str] = []
            for number in range(min(len(document), _SEAL_PAGES)):
                page = document[number]
                found += _codes(_drawn(page, scale))
            if found:
                return tuple(dict.fromkeys(found))
        return ()


def _drawn(page: PdfPage, scale: float) -> Image.Image:
    scale = min(scale, _DRAWN_SIDE / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def codes_of_picture(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes on a PNG or JPEG. Raises `PaperUnreadable`."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise PaperUnreadable(mark("the picture is too large"))
            return tuple(dict.fromkeys(_codes(picture.convert("L"))))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise PaperUnreadable(
            mark("the file is neither a PDF nor a whole PNG or JPEG picture"),
            hint=mark("Give the PDF of the receipt, or a scan of its first page."),
        ) from error


def _codes(picture: Image.Image) -> list[str]:
    return [
        code.text
        for code in zxingcpp.read_barcodes(
            picture, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    ]


def _words(page: PdfPage, number: int) -> list[PrintedText]:
    objects = list(page.get_objects())
    text_page = page.get_textpage()
    texts = _texts(text_page)
    width, height = page.get_size()
    boxes = [_box(each) for each in objects]
    words = []
    for index, each in enumerate(objects):
        if each.type != raw.FPDF_PAGEOBJ_TEXT:
            continue
        text = texts.get(_address(each.raw), "")
        if not text.strip():
            continue
        box = boxes[index]
        off = box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height
        covered = any(_overlap(box, later) for later in boxes[index + 1 :])
        hidden = off or covered or _unseen(each.raw, box)
        words.append(PrintedText(number, _tag(each.raw), text, box, hidden))
    return words


def _is_picture(page: PdfPage) -> bool:
    width, height = page.get_size()
    boxes = (_box(each) for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return bool(covered >= _MOST * width * height)


def _texts(text_page: Handle) -> dict[int, str]:
    """The characters of each text object, sorted from left to right, by the object's address.

    pdfium gives the characters of a line in reading order, which for right-to-left letters is
    not the order in which they are drawn.
    """
    held: dict[int, list[tuple[float, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        if raw.FPDFText_IsGenerated(text_page.raw, index) == 1:
            continue
        owner = _address(raw.FPDFText_GetTextObject(text_page.raw, index))
        raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        held.setdefault(owner, []).append((round(x.value, 2), chr(code)))
    return {
        owner: "".join(character for _, character in sorted(characters))
        for owner, characters in held.items()
    }


def _address(pointer: Handle) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _tag(each: Handle) -> str:
    """The name of the first mark of this program around a text object."""
    room = ctypes.create_string_buffer(128)
    length = ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(each)):
        found = raw.FPDFPageObj_GetMark(each, index)
        wide = ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR))
        if raw.FPDFPageObjMark_GetName(found, wide, len(room), length) and length.value <= 128:
            name = room.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")
            if _TAG.fullmatch(name):
                return name
    return ""


def _box(each: Handle) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(each.raw, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and up > 1


def _unseen(each: Handle, box: Box) -> bool:
    shades = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(each, *shades)
    red, green, blue, alpha = (shade.value for shade in shades)
    whitish = min(red, green, blue) > _WHITISH or alpha < _WHITISH
    flat = box[3] - box[1] < _LEAST_HEIGHT and box[2] - box[0] < _LEAST_HEIGHT
    drawn: int = raw.FPDFTextObj_GetTextRenderMode(each)
    return whitish or flat or drawn != raw.FPDF_TEXTRENDERMODE_FILL

"""Unpacks an .xlsx file within limits, and refuses what is none, before its parts are read."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Collection, Sequence
from io import BytesIO
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from domain.remark import Remark, remark
from domain.words import mark

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of all parts of a workbook together, unpacked."""
PARTS_LIMIT = 2000
"""Files in a workbook."""
ELEMENTS_LIMIT = 1_500_000
"""XML elements of all parts together: about half a million cells."""
PIECE = 1024 * 1024
ENCRYPTED_PART = 1
"""The flag of a part of a zip file that is encrypted."""
KIND_LENGTH = 40
NOT_A_WORKBOOK = mark("not a workbook (.xlsx)")
ENCRYPTED = mark("the workbook is protected by a password; save it without")
OLD_KIND = mark("a workbook of the old kind (.xls); save it as .xlsx")
OTHER_KIND = mark("a workbook of another kind ({kind}); save it as .xlsx")
MACROS = mark("the workbook has macros (.xlsm); save it as .xlsx, without")
TOO_LARGE = mark(
    "the workbook is larger than {size} MB when unpacked; copy what is needed into a new one"
)
TOO_MANY = mark("the workbook has too many cells; copy the filled ones into a new one")
DAMAGED = mark("the workbook is damaged ({why}); save it anew as .xlsx from a spreadsheet program")
ENTITIES = mark("the workbook defines entities of XML, which no spreadsheet program writes")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES = "[Content_Types].xml"
_NOT_NEEDED = (
    "docProps/", "customXml/", "xl/worksheets/_rels/", "xl/drawings/", "xl/charts/",
    "xl/chartsheets/", "xl/theme/", "xl/externalLinks/", "xl/comments",
    "xl/threadedComments/", "xl/tables/",
)  # fmt: skip
"""Beginnings of the names of parts that hold no cells."""
_NOT_UNPACKED = (
    BadZipFile, LargeZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError,
    ValueError, RuntimeError,
)  # fmt: skip


class WorkbookRefused(Exception):
    """The file is not read; `why` says it for its author."""

    def __init__(self, why: Remark) -> None:
        super().__init__(str(why))
        self.why = why


def parts_of(data: bytes) -> bytes:
    """A zip file with the parts of the workbook that hold its cells. Raises `WorkbookRefused`."""
    if data.startswith(_OLE):
        raise WorkbookRefused(Remark(ENCRYPTED if _ENCRYPTED in data else OLD_KIND))
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _checked(archive)
    except _NOT_UNPACKED as error:
        if not data.startswith(b"PK"):
            raise WorkbookRefused(Remark(NOT_A_WORKBOOK)) from error
        raise WorkbookRefused(remark(DAMAGED, why=str(error))) from error


def _checked(archive: ZipFile) -> bytes:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    _check_kind(archive, infos, names)
    wanted = [info for info in infos if _is_wanted(info.filename)]
    counter = _Counter()
    out, left = BytesIO(), SIZE_LIMIT
    with ZipFile(out, "w", ZIP_STORED) as copy:
        for info in wanted:
            with archive.open(info) as part:
                content = _read(part, left)
            left -= len(content)
            counter.look_at(content)
            copy.writestr(ZipInfo(info.filename), content)
    return out.getvalue()


def _check_kind(archive: ZipFile, infos: Sequence[ZipInfo], names: Collection[str]) -> None:
    if len(infos) > PARTS_LIMIT or sum(info.file_size for info in infos) > SIZE_LIMIT:
        raise WorkbookRefused(remark(TOO_LARGE, size=SIZE_LIMIT // PIECE))
    if any(info.flag_bits & ENCRYPTED_PART for info in infos):
        raise WorkbookRefused(Remark(ENCRYPTED))
    if "mimetype" in names:
        kind = archive.read("mimetype").decode("ascii", "replace").rpartition(".")[2]
        raise WorkbookRefused(remark(OTHER_KIND, kind=kind[:KIND_LENGTH]))
    if CONTENT_TYPES not in names:
        raise WorkbookRefused(Remark(NOT_A_WORKBOOK))
    types = archive.read(CONTENT_TYPES)
    if b"sheet.binary" in types:
        raise WorkbookRefused(remark(OTHER_KIND, kind=".xlsb"))
    by_kind = b"macroEnabled" in types or b"vbaProject" in types
    if by_kind or any(name.endswith("vbaProject.bin") for name in names):
        raise WorkbookRefused(Remark(MACROS))
    if b"spreadsheetml" not in types:
        raise WorkbookRefused(Remark(NOT_A_WORKBOOK))
    if len(names) < len(infos):
        raise WorkbookRefused(remark(DAMAGED, why="a part is there twice"))


def _is_wanted(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and not name.startswith(_NOT_NEEDED)


def _read(part: IO[bytes], left: int) -> bytes:
    """The bytes of a part, at most `left`: a part can be larger than it says."""
    content = part.read(left + 1)
    if len(content) > left:
        raise WorkbookRefused(remark(TOO_LARGE, size=SIZE_LIMIT // PIECE))
    return content


class _Counter:
    """Counts the elements of XML parts, and refuses what could grow when it is read."""

    def __init__(self) -> None:
        self._elements = 0

    def look_at(self, content: bytes) -> None:
        """Go through one part. Raises `WorkbookRefused`."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise WorkbookRefused(remark(DAMAGED, why=str(error))) from error

    def _element(self, name: str, values: object) -> None:  # noqa: ARG002
        self._elements += 1
        if self._elements > ELEMENTS_LIMIT:
            raise WorkbookRefused(Remark(TOO_MANY))


def _refuse_entities(*_: object) -> None:
    raise WorkbookRefused(Remark(ENTITIES))

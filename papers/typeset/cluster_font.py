"""A TrueType font that draws letters which have no character of their own.

Shaping gives glyphs: the joined form of a letter, a mark moved over its letter. reportlab draws
characters. So a cluster (a letter and its marks) becomes one added character of the font, drawn as
one glyph, and the PDF says for which letters it stands. Marks that were drawn apart would be text
objects of their own, which lie over others: `papers.judge` takes that for painting over.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from threading import Lock

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

_FIRST = 0xF0000
"""Added characters come from a plane that Unicode leaves to programs; `clean` drops typed ones."""
_WORDS_ARE_OFFSETS = 0x0001 | 0x0002
_MORE = 0x0020
_LARGEST = 0xFFFF
_ADDED = re.compile(r"<(F[0-9A-F]{4})>")


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph of the font, moved by `right` and `up` units of the font."""

    glyph: int
    right: int
    up: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that are drawn as one character."""

    glyphs: tuple[PlacedGlyph, ...]
    advance: int
    """In units of the font."""
    box: tuple[int, int, int, int]
    """Left, bottom, right, top of what is drawn, in units of the font."""
    letters: str
    """What the PDF says that the character means, from left to right."""


class ClusterFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font to which characters can be added. Each process adds a cluster one time."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.letters: dict[int, str] = {}
        """The letters of each added character."""
        self._added: dict[Cluster, int] = {}
        self._has_room = False
        self._lock = Lock()

    def character(self, cluster: Cluster) -> str:
        """The character that draws `cluster`; added to the font when it is new."""
        with self._lock:
            if cluster not in self._added:
                code = _FIRST + len(self._added)
                self.face.charToGlyph[code] = self._glyph(cluster)
                self.face.charWidths[code] = self.face._pdfScale(cluster.advance)
                self.letters[code] = cluster.letters
                self._added[cluster] = code
            return chr(self._added[cluster])

    def addObjects(self, doc: PDFDocument) -> None:  # the name is reportlab's
        """Write the font into `doc`, with the letters of the added characters."""
        super().addObjects(doc)
        own = f"+{self.face.name.decode('ascii')}"
        for name, each in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and name.endswith(own):
                each.content = _ADDED.sub(self._meaning, each.content)

    def _meaning(self, found: re.Match[str]) -> str:
        letters = self.letters[int(found[1], 16)]
        return f"<{letters.encode('utf-16-be').hex().upper()}>"

    def _glyph(self, cluster: Cluster) -> int:
        """The number of a glyph that draws all of `cluster`."""
        glyphs = cluster.glyphs
        if len(glyphs) == 1 and (glyphs[0].right, glyphs[0].up) == (0, 0):
            return glyphs[0].glyph
        if not self._has_room:
            self._make_room()
        data = struct.pack(">h4h", -1, *cluster.box)
        for number, each in enumerate(glyphs, start=1):
            flags = _WORDS_ARE_OFFSETS | (_MORE if number < len(glyphs) else 0)
            data += struct.pack(">HHhh", flags, each.glyph, each.right, each.up)
        face = self.face
        face._ttf_data += data + bytes(-len(data) % 4)
        face.table["glyf"]["length"] = len(face._ttf_data) - face.table["glyf"]["offset"]
        face.glyphPos.append(face.table["glyf"]["length"])
        # The left side bearing is that of the box, so that readers do not move the glyph.
        face.hmetrics.append((cluster.advance, cluster.box[0] & _LARGEST))
        return len(face.glyphPos) - 2

    def _make_room(self) -> None:
        """Bring the outlines to the end of the font's data, where glyphs can be added.

        The limits on glyphs made of others (OpenType, table `maxp`) are lifted.
        """
        face = self.face
        start, _ = face.get_table_pos("glyf")
        limits, _ = face.get_table_pos("maxp")
        data = bytearray(face._ttf_data)
        struct.pack_into(">2H", data, limits + 10, _LARGEST, _LARGEST)  # points, contours
        struct.pack_into(">2H", data, limits + 28, 64, 16)  # parts, depth
        data += bytes(-len(data) % 4)
        face.table["glyf"].update(offset=len(data), length=face.glyphPos[-1])
        face._ttf_data = bytes(data + data[start : start + face.glyphPos[-1]])
        self._has_room = True

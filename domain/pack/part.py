"""The base of every part of a pack, and how the texts in it are written."""

from __future__ import annotations

from typing import Annotated

import msgspec

from domain.words import Labels

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"
FIELD_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"
HS_PATTERN = r"^\d{4}(\.\d{2}){0,2}$"
POST_PATTERN = r"^[A-Z0-9]{2,6}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
ID_PATTERN = r"^[A-Z0-9][A-Z0-9-]{1,39}$"
VERSION_PATTERN = r"^\d+\.\d+\.\d+$"
"""How these texts are written; `domain.pack.shape` has the words for each."""

CodeText = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN)]
FieldCode = Annotated[str, msgspec.Meta(pattern=FIELD_PATTERN)]


class PackPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part of a pack. A field that the format does not know is refused, not ignored.

    `gc=False`: no part refers to what it is in, so Python need not look for such circles in the
    thousands of parts of a large pack.
    """


class Code(PackPart, frozen=True, kw_only=True):
    """One choice of a code list."""

    code: CodeText
    label: Labels
    group: str = ""
    """A heading shared by neighbouring choices; `Pack.headings` has its words by language."""
    hint: Labels = {}
    other: bool = False
    """A catch-all ("other"): it needs a description."""
    only_for: tuple[CodeText, ...] = msgspec.field(name="for", default=())
    """Codes of profiles, categories and modes of transport that it is for; empty: for all."""

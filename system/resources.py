"""The read-only files that ship with the program: code lists, sample packs, translations."""

from __future__ import annotations

import gettext
import os
import struct
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from domain.pack.check import ProgramLists
from domain.pack.checklist import Terms
from domain.pack.model import Code
from domain.words import Plural, Say, mark
from system.errors import Damaged
from system.program import FOLDER

RESOURCES_VARIABLE = "TIDEWAITER_RESOURCES"
RESOURCES = Path(os.environ.get(RESOURCES_VARIABLE) or FOLDER / "resources")
"""The folder of these files; the environment variable can name another."""
CATALOGUE = "tidewaiter"


class TermsFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of resources/terms: a code list and the day on which it was valid."""

    as_of: str
    """ISO 8601."""
    source: str
    codes: tuple[Code, ...]


@cache
def terms() -> Terms:
    """The code lists that ship, by name. Raises `Damaged` when a file is broken or all are gone."""
    return read_terms(RESOURCES / "terms")


def program_lists() -> ProgramLists:
    """What a pack is checked against. Raises `Damaged`, as `terms` does."""
    return ProgramLists(terms(), languages())


def read_terms(folder: Path) -> Terms:
    """The code lists in `folder`, one file each.

    Raises `Damaged` naming file, position and cause.
    """
    lists = {path.stem: _read_list(path) for path in sorted(folder.glob("*.json"))}
    if not lists:
        raise _damaged(folder, "the folder", "there is no code list")
    return MappingProxyType(lists)


def shipped_packs() -> dict[str, bytes]:
    """The files of the packs that ship, by the name of their folder.

    Raises `Damaged` when there is none: a workstation without a pack can record nothing.
    """
    found = sorted((RESOURCES / "packs").glob("*/pack.json"))
    if not found:
        raise _damaged(RESOURCES / "packs", "the folder", "there is no pack")
    return {path.parent.name: _read(path) for path in found}


def languages() -> tuple[str, ...]:
    """The languages (BCP 47) that the program speaks, English first."""
    found = (RESOURCES / "languages").glob(f"*/LC_MESSAGES/{CATALOGUE}.mo")
    return ("en", *sorted(path.parts[-3].replace("_", "-") for path in found))


def translation(language: str, folder: Path = RESOURCES / "languages") -> Say:
    """Translates texts of the program into `language` (BCP 47); missing texts stay English.

    `folder` holds the catalogues. Raises `Damaged` when one cannot be read.
    """
    tag = language.replace("-", "_")
    try:
        found = gettext.translation(CATALOGUE, folder, [tag, tag.partition("_")[0]], fallback=True)
    except (OSError, ValueError, struct.error) as error:
        raise _damaged(folder / tag, "the catalogue", str(error)) from error

    def say(text: str, number: int | None = None, /) -> str:
        if isinstance(text, Plural) and number is not None:
            return found.ngettext(str(text), text.many, number)
        return found.gettext(text) if text else ""

    return say


def _read_list(path: Path) -> tuple[Code, ...]:
    try:
        codes = msgspec.json.decode(_read(path), type=TermsFile).codes
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        cause, _, position = str(error).partition(" - at `")
        raise _damaged(path, position.rstrip("`") or "$", cause) from error
    known: set[str] = set()
    for number, code in enumerate(codes):
        if code.code in known or not code.label.get("en"):
            cause = "stands here twice" if code.code in known else "has no English label"
            raise _damaged(path, f"$.codes[{number}]", f"{code.code!r} {cause}")
        known.add(code.code)
    return codes


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path, "the file", error.strerror or str(error)) from error


def _damaged(path: Path, position: str, cause: str) -> Damaged:
    return Damaged(
        mark("a file that belongs to the program cannot be used: at {position}: {cause}."),
        about=str(path),
        hint=mark("Install the program again."),
        position=position,
        cause=cause,
    )

"""The code lists and the packs that ship with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from domain.pack.check import ProgramLists
from domain.pack.checklist import Terms
from domain.pack.part import Code
from system.resources import RESOURCES, damaged_resource, languages

FIRST = ("SAMPLE-MED", "SAMPLE-SYN")
"""The packs that a new workstation adopts first; the desk begins with the first one."""


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
        raise damaged_resource(folder, "the folder", "there is no code list")
    return MappingProxyType(lists)


def shipped_packs() -> dict[str, bytes]:
    """The files of the packs that ship, by the name of their folder; `FIRST` come first.

    Raises `Damaged` when there is none: a workstation without a pack can record nothing.
    """
    found = sorted((RESOURCES / "packs").glob("*/pack.json"))
    if not found:
        raise damaged_resource(RESOURCES / "packs", "the folder", "there is no pack")
    files = {path.parent.name: _read(path) for path in found}
    return {name: files[name] for name in (*FIRST, *files) if name in files}


def _read_list(path: Path) -> tuple[Code, ...]:
    try:
        codes = msgspec.json.decode(_read(path), type=TermsFile).codes
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        cause, _, position = str(error).partition(" - at `")
        raise damaged_resource(path, position.rstrip("`") or "$", cause) from error
    known: set[str] = set()
    for number, code in enumerate(codes):
        if code.code in known or not code.label.get("en"):
            cause = "stands here twice" if code.code in known else "has no English label"
            raise damaged_resource(path, f"$.codes[{number}]", f"{code.code!r} {cause}")
        known.add(code.code)
    return codes


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise damaged_resource(path, "the file", error.strerror or str(error)) from error

"""Write a pack as a workbook for a spreadsheet program, and prove that nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import msgspec

from acts.errors import InputRefused, TargetRefused
from domain.errors import PackRefused
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.pack.text import inside
from domain.pack.workbook.about import about
from domain.pack.workbook.check import pack_file_in
from domain.pack.workbook.plan import ABOUT
from domain.pack.workbook.write import tables_of
from domain.words import mark
from system.files import write_whole
from system.resources import translation
from system.workbook import read_workbook, write_workbook


def write_pack_as_workbook(data: bytes, file: Path, target: Path, language: str = "en") -> None:
    """Write the pack in `data`, which was read from `file`, as a workbook, whose first sheet is in
    `language`.

    Raises `PackRefused`, `InputRefused` when a workbook cannot hold it, `TargetRefused` when the
    target exists, `CannotWrite`.
    """
    write_new(target, workbook_of(read_pack(data, str(file)), str(file), language))


def workbook_of(pack: Pack, file: str, language: str = "en") -> bytes:
    """The pack as a workbook. Raises `InputRefused` when a workbook cannot hold it."""
    workbook = write_workbook(about(pack, translation(language)), ABOUT, tables_of(pack))
    lost = _first_lost(pack, workbook)
    if lost:
        raise InputRefused(
            mark("a workbook cannot hold what is at {where}"),
            about=file,
            hint=mark("Look for spaces at its ends, hidden characters, or a very long text."),
            where=lost,
        )
    return workbook


def _first_lost(pack: Pack, workbook: bytes) -> str:
    """The first position that reads otherwise in the workbook; empty when all is the same."""
    data = pack_file_in(read_workbook(workbook))
    try:
        back = read_pack(data, "")
    except PackRefused as error:
        return error.findings[0].position
    if back == pack:
        return ""
    there = dict(inside(_plain(back), "$"))
    for position, value in inside(_plain(pack), "$"):
        kept = there.get(position)
        if not isinstance(value, dict | list) and (kept is None or kept != value):
            return position
    return "$"


def _plain(pack: Pack) -> object:
    """The pack as JSON has it, with what it says by leaving it out."""
    return msgspec.json.decode(msgspec.json.encode(pack))


def write_new(target: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises `TargetRefused`, `CannotWrite`."""
    if target.exists():
        raise TargetRefused(
            mark("this file exists"), about=str(target), hint=mark("Choose another name.")
        )
    write_whole(target, data)

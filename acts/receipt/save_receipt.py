"""Save a receipt as a file, so that each logged copy is written, and written only once.

The bytes are on the disk, under the name of a part file beside the target, before the journal says
that the copy left; they get their own name after it. If the program ends in between, the next save
of the same receipt into that folder finds the part file. A part file named in the journal gets its
own name, and the copy is not counted again; any other part file is deleted.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from acts.errors import TargetRefused
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import find, print_receipt
from acts.session import Session
from domain.changes import Changes
from domain.fold import Receipt
from domain.ids import PaperHash
from domain.words import mark
from storage import cases
from storage.projections import records
from storage.workstation import Workstation
from system.errors import CannotWrite
from system.files import cannot_write, move_durably, write_durably


def give_receipt(
    ws: Workstation, number: str, *, session: Session, language: str, file: Path
) -> str:
    """Save a receipt as `file`, and return its number.

    For a seizure number this is the receipt of the revision in force, issued if there is none yet;
    for a receipt number it is that receipt. Raises as `issue_receipt` and `save_receipt` do.
    """
    target = _target(file)
    record = records.find_number(ws.db, number)
    case = cases.read(ws.db, record)
    wanted = number.strip().upper()
    if wanted == case.number:
        held = [r for r in case.receipts if r.body.entry == case.current.entry]
        held = [r for r in held if r.body.language == language]
        wanted = (
            held[-1].body.number if held else issue_receipt(ws, record, session, language).number
        )
    save_receipt(ws, wanted, session, target)
    return wanted


def save_receipt(ws: Workstation, number: str, session: Session, file: Path) -> Changes:
    """Save the original or the next copy as `file`, which only its owner can read, and log it.

    Raises `NotFound`, `NamesNotHeld`, `TargetRefused` when `file` cannot be such a file, and
    `CannotWrite`; then the copy is logged only if the message says so.
    """
    target = _target(file)
    record, receipt = find(ws, number)
    if _completed(receipt, target):
        return Changes(subjects=frozenset({str(record)}), number=receipt.body.number)
    part = target

    def write(pdf: bytes, copy: int) -> None:
        nonlocal part
        part = _part(target.parent, receipt, copy)
        write_durably(part, pdf)

    try:
        _, changes = print_receipt(ws, number, session, "file", prepare_output=write)
    except BaseException:
        if part != target and not _logged_as(find(ws, number)[1], part):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise
    try:
        move_durably(part, target)
    except CannotWrite as error:
        raise CannotWrite(
            mark("the copy is logged and written, but could not get its name: {cause}"),
            about=str(target),
            hint=mark("It is whole in {part}. Save the receipt there again: it gets its name."),
            cause=error.values.get("cause", error.what),
            part=part.name,
        ) from error
    return changes


def _target(file: Path) -> Path:
    """The file itself, not a link to it. Raises `TargetRefused` when it cannot be a file."""
    target = Path(os.path.realpath(file))
    try:
        folder, other = target.parent.is_dir(), target.exists() and not target.is_file()
    except OSError as error:  # the name is too long, or the folder may not be opened
        raise cannot_write(error, target) from error
    if not folder:
        raise TargetRefused(
            mark("there is no such folder"),
            about=str(target.parent),
            hint=mark("Make the folder, or choose another one."),
        )
    if other:
        raise TargetRefused(
            mark("this is a folder or a device, not a file"),
            about=str(file),
            hint=mark("Name a file for the receipt."),
        )
    return target


def _completed(receipt: Receipt, target: Path) -> bool:
    """Give a copy that was logged before its name `target`; False when there is none.

    Part files of this receipt that the journal does not name are deleted.
    """
    done = False
    name = f".{receipt.body.number}-*.part"
    # the name of a half-written part file has two dots
    for part in sorted([*target.parent.glob(name), *target.parent.glob(f".{name}")]):
        if not done and _logged_as(receipt, part):
            move_durably(part, target)
            done = True
        elif not _logged_as(receipt, part):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return done


def _logged_as(receipt: Receipt, part: Path) -> bool:
    """Whether the journal has the bytes of `part` as the copy in the file's name."""
    try:
        name = PaperHash.of(part.read_bytes())
    except OSError:
        return False
    return any(
        copy.paper == name and _part(part.parent, receipt, copy.copy) == part
        for copy in receipt.copies
    )


def _part(folder: Path, receipt: Receipt, copy: int) -> Path:
    return folder / f".{receipt.body.number}-{copy}.part"

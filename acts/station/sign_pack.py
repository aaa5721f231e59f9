"""Sign a pack with the key of its operation, after the check that workstations make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from acts.errors import TargetRefused
from acts.station.adopt_pack import read_file
from acts.station.operation_key import OpenedKey, open_key_file
from domain.pack.check import checked_pack
from domain.pack.finding import PackFinding
from domain.pack.signature import opened, sign_pack
from domain.words import mark
from storage.keys import Passphrase
from system.files import write_durably
from system.shipped import program_lists


def sign_file(
    file: Path, key: Path, passphrase: Callable[[], Passphrase], out: Path, today: date
) -> tuple[OpenedKey, tuple[PackFinding, ...]]:
    """Write the signed file of the pack in `file` to `out`; returns the key and the remarks.

    The pack in a signed file can be signed anew. Raises `PackRefused` with all its faults,
    `FileUnreadable`, `WrongSecret`, `TargetRefused` when `out` exists.
    """
    if out.exists():
        raise TargetRefused(
            mark("this file exists"), about=str(out), hint=mark("Choose another name.")
        )
    data, _ = opened(read_file(file), str(file))
    _, remarks = checked_pack(data, str(file), program_lists(), today)
    signer = open_key_file(key, passphrase)
    write_durably(out, sign_pack(data, signer.public, signer.signing) + b"\n")
    return signer, remarks

"""`pack`: adopt an operation pack from a file, check or sign it, or trust the key that signs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from acts.errors import OptionsRefused
from acts.receipt.draw_specimens import write_specimens
from acts.station.adopt_pack import adopt_file, read_file
from acts.station.sign_pack import sign_file
from acts.station.trust_key import trust_key
from cli.options.folder import add_home
from cli.options.home import add_officer, open_here, who_acts
from cli.options.operation_key import (
    add_fingerprint,
    confirmed_key,
    key_in_words,
    passphrase_of_key,
)
from cli.options.pack_findings import (
    list_check,
    tell_refused_pack,
    tell_remarks_on_pack,
)
from domain.errors import PackRefused
from domain.pack.check import check_pack
from domain.pack.signature import opened
from domain.words import mark, one_line
from system.clock import system_clock
from system.shipped import program_lists

NEEDS = (
    ("receipts", "check", mark("--receipts needs --check")),
    ("key", "sign", mark("--key needs --sign")),
    ("out", "sign", mark("--out needs --sign")),
    ("fingerprint", "trust", mark("--fingerprint needs --trust")),
)
"""Options that belong to another one."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, help="the pack (docs/pack-format.md), or with --trust"
                        " the public key of an operation")  # fmt: skip
    parser.add_argument(
        "--unsigned",
        action="store_true",
        help="adopt it though nobody signed it; its records and receipts will show it",
    )
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument(
        "--check",
        action="store_true",
        help="adopt nothing and need no workstation: list all faults and remarks",
    )
    deeds.add_argument(
        "--sign",
        action="store_true",
        help="adopt nothing and need no workstation: write the signed file",
    )
    deeds.add_argument(
        "--trust",
        action="store_true",
        help="trust the key in the file: packs that it signs are adopted here",
    )
    parser.add_argument(
        "--receipts",
        type=Path,
        metavar="DIR",
        help="with --check: write a specimen of the receipt there for each category and language",
    )
    parser.add_argument(
        "--key",
        type=Path,
        metavar="KEYFILE",
        help="with --sign: the secret key of the operation; --passphrase-file opens it",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="with --sign: the signed file")
    add_fingerprint(parser)
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when the pack is in use, or it is done; with `--check` 1 when it finds a fault."""
    for option, needed, words in NEEDS:
        if getattr(arguments, option) and not getattr(arguments, needed):
            raise OptionsRefused(words)
    deeds: tuple[tuple[str, Callable[[argparse.Namespace], int]], ...] = (
        ("check", _check),
        ("sign", _sign),
        ("trust", _trust),
    )
    for name, deed in deeds:
        if getattr(arguments, name):
            return deed(arguments)
    return _adopt(arguments)


def _adopt(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        try:
            adoption = adopt_file(ws, file, session, unsigned=arguments.unsigned)
        except PackRefused as error:
            return tell_refused_pack(file, error, "the pack is not adopted", error.hint)
    tell_remarks_on_pack(file, adoption.remarks)
    print(f"adopted {file}")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    receipts: Path | None = arguments.receipts
    data, signature = opened(read_file(file), str(file))
    now = system_clock()
    check = check_pack(data, program_lists(), now.local_date)
    if signature is not None:
        print(one_line(f"{file}: signed by {key_in_words(signature.signer)}"))
    list_check(file, check)
    if receipts is not None and check.pack is not None:
        count = write_specimens(check.pack, data, receipts, now)
        print(one_line(f"{receipts}: {count} specimens of receipts"))
    return 1 if check.faults else 0


def _sign(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    key, out = arguments.key, arguments.out
    if key is None or out is None:
        raise OptionsRefused(mark("--sign needs --key KEYFILE and --out FILE"))
    given = arguments.passphrase_file
    try:
        signer, remarks = sign_file(
            file, key, lambda: passphrase_of_key(given, key), out, system_clock().local_date
        )
    except PackRefused as error:
        return tell_refused_pack(file, error, "the pack is not signed")
    tell_remarks_on_pack(file, remarks)
    print(f"{out}: signed by {key_in_words(signer.public)}")
    return 0


def _trust(arguments: argparse.Namespace) -> int:
    key = confirmed_key(arguments.file, arguments.fingerprint)
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        new, _ = trust_key(ws, key, session)
    print(f"{key_in_words(key)}: {'trusted here from now on' if new else 'was trusted before'}")
    return 0

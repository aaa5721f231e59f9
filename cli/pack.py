"""`pack`: adopt, check, sign, convert or compare operation packs, or trust the key that signs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from acts.errors import OptionsRefused
from acts.pack.check_file import check_file, write_pack_of_workbook
from acts.pack.compare import compare_files
from acts.pack.write_workbook import write_pack_as_workbook
from acts.receipt.draw_specimens import write_specimens
from acts.station.adopt_pack import adopt_file, read_file
from acts.station.adopt_shipped import adopt_shipped
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
from domain.pack.signature import opened
from domain.words import mark, one_line
from system.clock import system_clock
from system.resources import language_of_the_machine, languages, spoken

NEEDS = (
    ("receipts", "check", mark("--receipts needs --check")),
    ("key", "sign", mark("--key needs --sign")),
    ("out", "sign", mark("--out needs --sign")),
    ("fingerprint", "trust", mark("--fingerprint needs --trust")),
    ("language", "to_workbook", mark("--language needs --to-workbook")),
)
"""Options that belong to another one."""
DEEDS = {
    "--shipped": "adopt what this program brings for this post, new or newer than here; names no"
    " FILE",
    "--check": "adopt nothing and need no workstation: list all faults and remarks",
    "--sign": "adopt nothing and need no workstation: write the signed file",
    "--trust": "trust the key in the file: packs that it signs are adopted here",
    "--to-workbook": "write the pack FILE as a new workbook FILE2 (.xlsx) for a spreadsheet"
    " program",
    "--from-workbook": "write the pack in the workbook FILE as the new pack FILE2 (.json)",
    "--diff": "say in words what FILE2 has otherwise than FILE",
}
"""What the command does instead of adopting a file, one at a time, with the help for each."""
OF_TWO_FILES = ("to_workbook", "from_workbook", "diff")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", type=Path, nargs="?", help="the pack (docs/pack-format.md), or"
                        " with --trust the public key of an operation")  # fmt: skip
    parser.add_argument(
        "second",
        type=Path,
        nargs="?",
        metavar="FILE2",
        help="with --to-workbook or --from-workbook the new file, with --diff the newer pack",
    )
    parser.add_argument(
        "--unsigned",
        action="store_true",
        help="adopt it though nobody signed it; its records and receipts will show it",
    )
    deeds = parser.add_mutually_exclusive_group()
    for option, words in DEEDS.items():
        deeds.add_argument(option, action="store_true", help=words)
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
    parser.add_argument(
        "--language",
        default="",
        metavar="TAG",
        help="with --to-workbook: the language of its first sheet; left out: of this computer",
    )
    add_fingerprint(parser)
    add_officer(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, or when `--check` finds no fault; 1 when it finds one, 2 when a file is
    refused.
    """
    for option, needed, words in NEEDS:
        if getattr(arguments, option) and not getattr(arguments, needed):
            raise OptionsRefused(words)
    if arguments.shipped != (arguments.file is None):
        raise OptionsRefused(mark("name the file of the pack, or say --shipped"))
    if any(getattr(arguments, name) for name in OF_TWO_FILES) != (arguments.second is not None):
        raise OptionsRefused(
            mark("--to-workbook, --from-workbook and --diff need two files, all else one")
        )
    deeds: dict[str, Callable[[argparse.Namespace], int]] = {
        "shipped": _adopt_shipped,
        "check": _check,
        "sign": _sign,
        "trust": _trust,
        "to_workbook": _convert,
        "from_workbook": _convert,
        "diff": _compare,
    }
    for name, deed in deeds.items():
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


def _adopt_shipped(arguments: argparse.Namespace) -> int:
    session = who_acts(arguments)
    with open_here(arguments) as ws:
        adopted = adopt_shipped(ws, session)
    for each, _ in adopted:
        print(f"adopted {each.name}")
    if not adopted:
        print("nothing is new: the packs of this program for this post are in use")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    receipts: Path | None = arguments.receipts
    data, signature = opened(read_file(file), str(file))
    now = system_clock()
    found = check_file(data, now.local_date)
    check = found.check
    if signature is not None:
        print(one_line(f"{file}: signed by {key_in_words(signature.signer)}"))
    list_check(file, check)
    if receipts is not None and check.pack is not None and found.data is not None:
        count = write_specimens(check.pack, found.data, receipts, now)
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


def _language(wanted: str) -> str:
    """A language that the program speaks. Raises `OptionsRefused` when the one that was named is
    none.
    """
    if wanted and not spoken(wanted):
        raise OptionsRefused(mark("--language is one of: {known}"), known=", ".join(languages()))
    return spoken(wanted) or language_of_the_machine()


def _convert(arguments: argparse.Namespace) -> int:
    """A workbook of a pack, or a pack of a workbook."""
    file: Path = arguments.file
    target: Path = arguments.second
    try:
        if arguments.to_workbook:
            data, _ = opened(read_file(file), str(file))
            write_pack_as_workbook(data, file, target, _language(arguments.language))
        else:
            today = system_clock().local_date
            tell_remarks_on_pack(file, write_pack_of_workbook(read_file(file), file, target, today))
    except PackRefused as error:
        return tell_refused_pack(Path(error.about), error, "refused; nothing was written")
    print(one_line(f"wrote {target}"))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    old: Path = arguments.file
    new: Path = arguments.second
    try:
        found = compare_files(old, new, system_clock().local_date)
    except PackRefused as error:
        return tell_refused_pack(Path(error.about), error, "refused; nothing was compared")
    for each in found:
        print(one_line(str(each)))
    if not found:
        print(one_line(f"{new}: the same pack as {old}"))
    return 0

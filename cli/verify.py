"""`verify`: verify a paper, or without a file check the whole folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import OptionsRefused
from acts.receipt.verify_paper import read_keys, verify_file, verify_here
from acts.station.check_folder import check_home
from cli.options.folder import add_home
from cli.options.home import open_here
from cli.options.numbers import entries, papers, photos
from cli.options.way import unlock
from domain.words import mark
from papers.judge.judgement import Verdict

ONLY_THE_SEAL = 5
"""Exit status of `verify FILE` when a person has to compare the paper with its seal."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("file", nargs="?", type=Path, help="PDF or picture of a receipt")
    parser.add_argument("--key", type=Path, metavar="FILE", help="public key; no folder is needed")
    parser.set_defaults(unnamed_home=parser.get_default("home"))


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 for genuine, 5 when only the seal was verified, 1 for anything else.

    Raises `OptionsRefused` for a key together with a folder, or without a paper, since one of them
    would be ignored.
    """
    if arguments.key is not None:
        _refuse_beside_key(arguments)
    if arguments.file is None:
        return _verify_folder(arguments)
    if arguments.key is not None:
        judgement = verify_file(arguments.file, read_keys(arguments.key))
    else:
        with open_here(arguments, reading=True) as ws:
            judgement = verify_here(arguments.file, ws)
    print(judgement)
    return {Verdict.GENUINE: 0, Verdict.SEAL_ONLY: ONLY_THE_SEAL}.get(judgement.verdict, 1)


def _refuse_beside_key(arguments: argparse.Namespace) -> None:
    if arguments.file is None:
        raise OptionsRefused(
            mark("--key judges one paper, and no paper was named"),
            hint=mark("Name its file, or leave out --key to check the whole folder."),
        )
    # the same object only when no --home was given
    named = arguments.home is not arguments.unnamed_home
    if named or arguments.passphrase_file or arguments.recovery_key_file:
        raise OptionsRefused(
            mark("--key judges a paper without a folder, and a folder was named"),
            hint=mark(
                "Leave out --key to judge by the folder's journal, or leave out --home and the"
                " file that opens it."
            ),
        )


def _verify_folder(arguments: argparse.Namespace) -> int:
    health = check_home(arguments.home, unlock(arguments))
    for finding in health.findings:
        print(f"{'look at' if finding.warns else 'WRONG'}: {finding}")
    print(
        f"{entries(health.entries)}, {photos(health.photos)}, {papers(health.papers)}: "
        f"{'sound' if health.sound else 'NOT sound'}"
    )
    print(health.end)
    return 0 if health.sound else 1

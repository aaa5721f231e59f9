"""Doors: the exit status of every kind of error, and no secret in an argument list or a log."""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from acts.errors import (
    BadgeNeeded,
    DeedRefused,
    FileRefused,
    FileUnreadable,
    InputRefused,
    NoChecklist,
    NotAPicture,
    OptionsRefused,
    PassphraseNeeded,
    PhotoRefused,
    TargetRefused,
)
from acts.interception.record_file import record_file
from domain.amount import NOT_A_NUMBER
from domain.errors import EntryRefused, ErrorKind, Malformed, RecordRefused, TidewaiterError
from hub.errors import CannotServe
from papers.errors import SealRefused
from storage.errors import NotFound, UnfitFolder, WrongSecret
from storage.keys import Keys, Passphrase, RecoveryKey
from storage.workstation import Workstation
from sync.errors import HubFailed, HubUnintelligible, NoLink
from system.errors import AlreadyOpen, CannotOpen, CannotWrite, Damaged
from tests.builders import a_document
from tests.house.every_command import COMMANDS, parser_of
from tests.house.source import product

STATUS = {
    Malformed: 2, RecordRefused: 2, DeedRefused: 2, FileRefused: 2, PhotoRefused: 2,
    InputRefused: 2, OptionsRefused: 2, TargetRefused: 2, FileUnreadable: 2, NotAPicture: 2,
    PassphraseNeeded: 2, BadgeNeeded: 2,
    NoChecklist: 2, NotFound: 2, SealRefused: 2, AlreadyOpen: 2, WrongSecret: 2, UnfitFolder: 2,
    EntryRefused: 3, CannotOpen: 3, CannotWrite: 3, Damaged: 3, CannotServe: 3, NoLink: 3,
    HubFailed: 3, HubUnintelligible: 3,
}  # fmt: skip
"""Written by hand: 2 is the person's to put right, 3 says that the machine is broken."""


@pytest.mark.parametrize("kind", STATUS, ids=lambda kind: kind.__name__)
def test_each_error_ends_with_the_status_of_its_kind(
    kind: type[TidewaiterError], capsys: pytest.CaptureFixture[str]
) -> None:
    made = {
        RecordRefused: RecordRefused("a", []),
        Malformed: Malformed(NOT_A_NUMBER, about="x.json"),
    }
    error = made[kind] if kind in made else kind("went wrong", about="x.json")

    assert main.report(error, ["list"]) == STATUS[kind]

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("tidewaiter: ")


def test_whatever_is_no_error_of_ours_is_a_fault_of_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.report(KeyError("x"), ["list", "--home", str(tmp_path)]) == ErrorKind.BUG.value == 4
    assert "Traceback" not in capsys.readouterr().err


def test_a_path_with_a_digit_that_is_no_number_is_a_fault_of_the_file(
    ws: Workstation, tmp_path: Path
) -> None:
    """`²` is a digit to Unicode and no number to Python."""
    file = tmp_path / "night.json"
    label = {"consignment": {"as_seen_on_label": ["goods.².medicine.gtin"]}}
    file.write_text(json.dumps(a_document(pack="SAMPLE-MED", **label)), encoding="utf-8")

    with pytest.raises(RecordRefused, match="as_seen_on_label"):
        record_file(ws, file)


def test_a_command_that_nobody_knows_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["recrod"])
    assert ended.value.code == 2


def test_no_option_takes_a_secret_but_the_file_that_holds_it() -> None:
    """What stands in an argument list is read by every account of the computer."""
    secret = re.compile(r"passphrase|password|recovery|secret|token|private|(^|-)key($|-)")
    options = {option for parser in parsers() for option in options_of(parser)}

    taking = {option for option in options if secret.search(option)}

    assert "--passphrase-file" in taking
    assert {option for option in taking if not option.endswith("-file")} <= FILES


FILES = {"--key", "--private-key"}
"""Options that take a file too: a public key, and the key of the hub's certificate."""


def parsers() -> Iterator[argparse.ArgumentParser]:
    """The parsers of every command, those of the hub's too."""
    for words in COMMANDS:
        yield parser_of(*words)


def options_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The options of one command that take a value."""
    for action in parser._actions:
        if action.nargs != 0 and not isinstance(action, argparse._SubParsersAction):
            yield from action.option_strings or (action.dest,)


@pytest.mark.parametrize(
    "held", [Passphrase("the words of it"), RecoveryKey("THE-WORDS"), Keys(b"the words", b"of it")]
)
def test_a_secret_does_not_show_itself(held: object) -> None:
    for shown in (repr(held), str(held), f"{held}"):
        assert "words" not in shown.lower()


def test_no_secret_reaches_the_log_of_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The log names places in the code, never a value: not of the error, not of a variable."""
    words = Passphrase("five words that nobody chose")
    try:
        raise RuntimeError(words.text, words)
    except RuntimeError as error:
        main.report(error, ["list", "--home", str(tmp_path)])

    logs = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"RuntimeError" in logs
    assert b"nobody chose" not in logs
    assert "nobody chose" not in capsys.readouterr().err


def test_no_child_process_is_given_a_secret() -> None:
    """Whoever starts a program here names its words in one list; none of them is a secret."""
    started = {
        f"{source.name}: {ast.unparse(call)}"
        for source in product()
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("subprocess.")
        if re.search(r"\.text\b|master|recovery|token|secret", ast.unparse(call))
    }
    assert started == set()


def test_no_variable_of_the_environment_holds_a_secret() -> None:
    """Children inherit the environment, and crash reports print it."""
    read = {
        text
        for source in product()
        for _, text in source.strings()
        if re.fullmatch(r"TIDEWAITER_[A-Z_]+", text)
    }
    assert {name for name in read if re.search("PASS|KEY|SECRET|TOKEN", name)} == set()

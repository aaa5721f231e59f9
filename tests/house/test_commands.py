"""Every command helps, is described, and ends with a status that is described."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

import main
from tests.house.source import ROOT

COMMANDS = ROOT / "docs" / "commands.md"
WORDS = [word for words in main.ROOMS.values() for word in words]


@cache
def described() -> str:
    return COMMANDS.read_text(encoding="utf-8")


def parsers(word: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parser of a word, and those below it (`hub serve`)."""
    for name, parser in _below(main.parser(word)):
        if name == word:
            yield name, parser
            yield from ((f"{name} {inner}", below) for inner, below in _below(parser))


def _below(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


@pytest.mark.parametrize("room", list(main.ROOMS))
def test_the_door_knows_every_word_of_a_room(room: str) -> None:
    there = {name for name, _ in _below(main.parser(main.ROOMS[room][0]))}
    assert there == set(main.ROOMS[room])


@pytest.mark.parametrize("word", WORDS)
def test_a_command_has_help_and_says_what_runs(word: str) -> None:
    for name, parser in parsers(word):
        assert parser.format_help().startswith("usage:"), name
        assert parser.get_default("run") or list(_below(parser)), name


@pytest.mark.parametrize("word", WORDS)
def test_a_command_and_its_options_are_described(word: str) -> None:
    for name, parser in parsers(word):
        assert f"`main.py {name}" in described(), name
        options = {o for a in parser._actions for o in a.option_strings if o.startswith("--")}
        assert [option for option in options - {"--help"} if option not in described()] == []


@pytest.mark.parametrize("status", ["0", "1", "2", "3", "4", "130"])
def test_every_exit_status_is_described(status: str) -> None:
    assert f"| {status} |" in described()


@pytest.mark.parametrize(
    ("word", "never"),
    [
        ("list", ("PySide6", "starlette", "reportlab", "httpx2")),
        ("desk", ("starlette", "reportlab", "httpx2", "uvicorn")),
        ("demo", ("PySide6", "starlette", "PIL", "reportlab", "httpx2")),
    ],
)
def test_a_command_loads_only_what_it_needs(word: str, never: tuple[str, ...]) -> None:
    """Asking for help costs a tenth of a second, not the whole house."""
    code = (
        "import sys, main\n"
        f"main.parser({word!r})\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(never) & set(done.stdout.split())

"""Every command helps, is described, and ends with a status that is described."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import cli
import cli.hub
from tests.house.every_command import COMMANDS, below, parser_of
from tests.house.source import ROOMS, ROOT, sources

PAGE = ROOT / "docs" / "commands.md"


@cache
def described() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "words"), [("cli", cli.COMMANDS), ("cli/hub", cli.hub.COMMANDS)]
)
def test_the_list_of_commands_names_every_file_that_is_one(
    folder: str, words: dict[str, str]
) -> None:
    """A stranger who adds a command adds its file and its line in the list, and nothing else."""
    commands = {
        Path(source.name).stem
        for source in sources(folder)
        if Path(source.name).parent == Path(folder)
        and "arguments" in {function.name for function in source.functions()}
    }
    assert commands | ({"hub"} if folder == "cli" else set()) == set(words)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_has_help_and_says_what_runs(words: tuple[str, ...]) -> None:
    parser = parser_of(*words)
    assert parser.format_help().startswith("usage:")
    assert parser.get_default("run") or list(below(parser))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_and_its_options_are_described(words: tuple[str, ...]) -> None:
    parser = parser_of(*words)
    assert f"`main.py {' '.join(words)}" in described()
    options = {o for a in parser._actions for o in a.option_strings if o.startswith("--")}
    assert [option for option in options - {"--help"} if option not in described()] == []


@pytest.mark.parametrize("status", ["0", "1", "2", "3", "4", "5", "130"])
def test_every_exit_status_is_described(status: str) -> None:
    assert f"| {status} |" in described()


@pytest.mark.parametrize("words", [[], ["hub"]], ids=["all", "hub"])
def test_the_list_of_commands_loads_none_of_them(words: list[str]) -> None:
    """`--help` names the commands; it costs less than any of them."""
    assert _loaded(*words, "--help") & set(ROOMS) <= {"cli", "domain"}


@pytest.mark.parametrize(
    ("word", "never"),
    [
        ("list", {"PySide6", "starlette", "reportlab", "httpx2", "PIL", "keyring", "openpyxl"}),
        ("desk", {"PySide6", "starlette", "reportlab", "httpx2", "uvicorn", "openpyxl"}),
        ("record", {"PySide6", "starlette", "reportlab", "httpx2", "PIL"}),
        ("enrol", {"PySide6", "starlette", "reportlab"}),
    ],
)
def test_a_command_loads_only_what_it_needs(word: str, never: set[str]) -> None:
    assert not never & _loaded(word)


def _loaded(*words: str) -> set[str]:
    """The packages that are loaded once the door knows what was said."""
    code = (
        "import sys, main\n"
        f"main.parser({words!r})\n"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())

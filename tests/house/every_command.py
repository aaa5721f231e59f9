"""All commands with their parsers, as the door makes them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import cli
import cli.hub
import main

COMMANDS = (*((word,) for word in cli.COMMANDS), *(("hub", word) for word in cli.hub.COMMANDS))
"""The words of each command."""


def parser_of(*words: str) -> argparse.ArgumentParser:
    """The parser of one command, which knows its arguments."""
    found = main.parser(words)
    for word in words:
        found = next(parser for name, parser in below(found) if name == word)
    return found


def below(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The commands that follow those of `parser`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()

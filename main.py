"""Starts Tidewaiter: finds the file of a command, runs it, and prints errors as messages.

Without a command it opens the desk. Exit status: 0 done, 1 a negative result (`verify`, `doctor`),
2 an error that you can correct, 3 a fault of this computer or a folder, 4 a fault of the program, 5
only the seal of a paper was judged.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.errors import ErrorKind, TidewaiterError
from domain.words import one_line

BARE = ("-h", "--help", "--version")
"""Options that need no command. Other options without a command are options of the desk."""


def main(arguments: Sequence[str]) -> int:
    """The exit status of one command."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in BARE):
        arguments = ["desk", *arguments]
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        # A name that cannot be shown must not end a command that has done its work.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = run(arguments)
        if sys.stdout is not None:  # a program without a console has none
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader closed the pipe (`| head`); Python must not try to flush more output at its
        # end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return report(error, arguments)
    return status


def run(arguments: Sequence[str]) -> int:
    """The exit status of one command; the caller reports errors."""
    parsed = parser(arguments).parse_args(arguments)
    if (prepare := getattr(parsed, "prepare", None)) is not None:
        prepare(parsed)  # set by an option that takes values from elsewhere
    status: int = parsed.run(parsed)
    return status


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for all commands, with the arguments of the command in `arguments`."""
    result = argparse.ArgumentParser(
        prog="main.py",
        allow_abbrev=False,
        description="Records customs interceptions offline. Without a command: the desk.",
        epilog="Exit status: 0 done, 1 negative result, 2 an error that you can correct, 3 a fault"
        " of this computer, 4 a fault of the program, 5 only the seal of a paper was judged."
        " docs/commands.md describes every command.",
    )
    result.add_argument(
        "--version", action=ShowVersions, nargs=0, help="every library with its version"
    )
    _add_commands(result, "cli", arguments)
    return result


class ShowVersions(argparse.Action):
    """Prints the versions and ends the program."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Called by argparse when it reads the option."""
        from versions import versions  # asks every library for its version: only when asked

        print(versions())
        parser.exit()


def _add_commands(above: argparse.ArgumentParser, folder: str, arguments: Sequence[str]) -> None:
    """Add the commands of a folder to `above`; only the file of the given command is loaded."""
    commands = above.add_subparsers(required=True, metavar="COMMAND")
    listed: Mapping[str, str] = importlib.import_module(folder).COMMANDS
    for name, sentence in listed.items():
        below = commands.add_parser(name, help=sentence, allow_abbrev=False)
        if name != next(iter(arguments), None):
            continue
        command = importlib.import_module(f"{folder}.{name}")
        if hasattr(command, "COMMANDS"):
            _add_commands(below, command.__name__, arguments[1:])
        else:
            command.arguments(below)
            below.set_defaults(run=command.run)


def report(error: Exception, arguments: Sequence[str]) -> int:
    """Print one sentence on standard error; returns the exit status of the error's kind."""
    from system.fault_log import what_is_lost, write_fault  # only when it went wrong

    ours = error if isinstance(error, TidewaiterError) else _of_the_database(error)
    if ours is not None:
        sentence, kind = one_line(str(ours)), ours.kind
    elif lost := what_is_lost(error):
        sentence, kind = lost, ErrorKind.MACHINE
    else:
        sentence, kind = write_fault(error, arguments[0], _home(arguments)), ErrorKind.BUG
    print(f"tidewaiter: {sentence}", file=sys.stderr)
    return int(kind.value)


def _home(arguments: Sequence[str]) -> Path | None:
    """The folder in `--home`, in any form that a command accepts."""
    known = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    known.add_argument("--home", type=Path)
    try:
        home: Path | None = known.parse_known_args(arguments)[0].home
    except argparse.ArgumentError:
        return None
    return home


def _of_the_database(error: Exception) -> TidewaiterError | None:
    """Our error for an error of the database; None when no database was loaded."""
    database = sys.modules.get("system.database.errors")
    found: TidewaiterError | None = database.as_our_error(error) if database else None
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The one door of Tidewaiter: finds the file of a command, and turns errors into words.

With no word it opens the desk. Exit status: 0 done, 1 a judgement of no (`verify`, `doctor`),
2 something that you can put right, 3 this computer or a folder is broken, 4 a fault of the
program, 5 only the seal of a paper was judged.
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
"""Options that need no command. Any other option without a command is one of the desk's."""


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
        # The reader left (`| head`); what Python would still flush at its end has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return report(error, arguments)
    return status


def run(arguments: Sequence[str]) -> int:
    """The exit status of one command; errors are the caller's to tell."""
    parsed = parser(arguments).parse_args(arguments)
    status: int = parsed.run(parsed)
    return status


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser that knows every word, and the arguments of the command that `arguments` name."""
    result = argparse.ArgumentParser(
        prog="main.py",
        allow_abbrev=False,
        description="Records customs interceptions offline. Without a command: the desk.",
        epilog="Exit status: 0 done, 1 no, 2 yours to put right, 3 the machine is broken, "
        "4 a fault of the program, 5 only the seal of a paper was judged. "
        "docs/commands.md describes every command.",
    )
    result.add_argument(
        "--version", action=ShowVersions, nargs=0, help="every library with its version"
    )
    _add_commands(result, "cli", arguments)
    return result


class ShowVersions(argparse.Action):
    """Prints the versions and ends the program."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """As argparse calls it where the option stands."""
        from versions import versions  # asks every library for its version: only when asked

        print(versions())
        parser.exit()


def _add_commands(above: argparse.ArgumentParser, folder: str, arguments: Sequence[str]) -> None:
    """Add the commands of a folder to `above`; only the file of the one that was said is loaded."""
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
    """One sentence on standard error, and the exit status of the error's kind."""
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
    """The folder that the words name, in any way that a command takes it."""
    known = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    known.add_argument("--home", type=Path)
    try:
        home: Path | None = known.parse_known_args(arguments)[0].home
    except argparse.ArgumentError:
        return None
    return home


def _of_the_database(error: Exception) -> TidewaiterError | None:
    """An error of the database in words, when it was opened at all."""
    database = sys.modules.get("system.database.errors")
    found: TidewaiterError | None = database.as_our_error(error) if database else None
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

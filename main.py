"""The one door of Tidewaiter: finds the room of a command, and turns errors into words.

With no word it opens the desk. Exit status: 0 done, 1 a judgement of no (`verify`, `doctor`),
2 something that you can put right, 3 the place is broken, 4 a fault of the program.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOMS = {
    "acts.commands": ("init", "record", "list", "show", "receipt", "verify", "rebuild", "pack"),
    "sync.commands": ("enrol", "sync", "doctor"),
    "hub.commands": ("hub",),
    "gui.commands": ("desk", "screenshots"),
    "demo.commands": ("demo",),
}
"""The words of each room. Only the room of the word that was said is imported."""


def main(words: Sequence[str]) -> int:
    """The exit status of one command."""
    words = list(words)
    if words == ["--version"]:
        from versions import versions  # asks every library for its version: only when asked

        print(versions())
        return 0
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "desk")
    try:
        arguments = parser(words[0]).parse_args(words)
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader left (`| head`); what Python would still flush at its end has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return tell(error, words)
    return status


def parser(word: str) -> argparse.ArgumentParser:
    """The parser that knows `word`, or all words when no room has that one."""
    result = argparse.ArgumentParser(
        prog="main.py",
        description="Records customs interceptions offline, seals them, and brings them to the "
        "hub exactly once. Without a command: the desk.",
        epilog="Exit status: 0 done, 1 no, 2 yours to put right, 3 the place is broken, "
        "4 a fault of the program. docs/commands.md describes every command.",
    )
    result.add_argument("--version", action="store_true", help="every library with its version")
    commands = result.add_subparsers(required=True, metavar="COMMAND", dest="word")
    rooms = [room for room, held in ROOMS.items() if word in held] or list(ROOMS)
    for room in rooms:
        importlib.import_module(room).add_commands(commands)
    return result


def tell(error: Exception, words: Sequence[str]) -> int:
    """One sentence on standard error, and the exit status of the error's kind."""
    from domain.errors import TidewaiterError  # not before something went wrong

    if isinstance(error, TidewaiterError):
        print(f"tidewaiter: {error}", file=sys.stderr)
        return error.kind.value
    print(f"tidewaiter: {program_fault(error, words)}", file=sys.stderr)
    return 4


def program_fault(error: Exception, words: Sequence[str]) -> str:
    """The sentence for a fault of the program. Where it happened goes to a log file.

    The log has places in the code and names of errors; never a value, which could be a name.
    """
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {words[0]}"]
    for cause in _causes(error):
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    sentence = f"a fault of the program ({type(error).__name__}); what was saved is safe."
    try:
        log = _log_folder(words) / "faults.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return f"{sentence} Where: {lines[-1].strip()}."
    return f"{sentence} Where it happened is written in {log}."


def _log_folder(words: Sequence[str]) -> Path:
    if "--home" in words[:-1]:
        home = Path(words[words.index("--home") + 1])
        if home.is_dir():
            return home / "log"
    import platformdirs  # not before something went wrong

    return Path(platformdirs.user_log_dir("tidewaiter", appauthor=False))


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

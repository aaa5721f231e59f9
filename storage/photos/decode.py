"""Decodes photos through a child process that is kept for the next one, and replaced if it dies."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import msgspec

DECODER = Path(__file__).with_name("decoder.py")
SECONDS = 20.0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the decoder found. `why` says what is wrong when it is not readable."""

    readable: bool
    why: str = ""
    """`not a picture`, `cut short`, `damaged`, `too large`, `took too long` or `crashed`."""
    width: int | None = None
    """Pixels as seen, after the file's orientation."""
    height: int | None = None
    captured_at: str = ""
    """ISO 8601 from EXIF, without offset where the camera wrote none; empty when unknown."""
    format: str | None = None


class Decoded(msgspec.Struct, frozen=True):
    """The facts, a preview (up to 1600 pixels) and a thumbnail (256), JPEG; empty if unreadable."""

    facts: Facts
    preview: bytes
    thumbnail: bytes


class Decoder:
    """One child process, used by one thread at a time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def decode(self, data: bytes, *, seconds: float = SECONDS) -> Decoded:
        """What can be seen of a photo; never raises for what is in it.

        A child that hangs beyond `seconds` or dies is ended and the photo is called unreadable.
        """
        with self._lock:
            child = self._running()
            late = threading.Event()

            def give_up() -> None:
                late.set()
                child.kill()

            alarm = threading.Timer(seconds, give_up)
            alarm.start()
            try:
                return self._ask(child, data)
            except (OSError, EOFError, msgspec.MsgspecError):
                self._end()
                why = "took too long" if late.is_set() else "crashed"
                return Decoded(Facts(readable=False, why=why), b"", b"")
            finally:
                alarm.cancel()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-I", str(DECODER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONIOENCODING": "utf-8"},
            )
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], data: bytes) -> Decoded:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(len(data).to_bytes(8, "big") + data)
        child.stdin.flush()
        facts = msgspec.json.decode(_part(child.stdout), type=Facts)
        return Decoded(facts, _part(child.stdout), _part(child.stdout))

    def _end(self) -> None:
        if self._child is not None:
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    # what a dead child did not read is of no use to anyone
                    with contextlib.suppress(OSError):
                        stream.close()
            self._child.kill()
            self._child.wait()
            self._child = None


def _part(answers: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(answers, 8), "big")
    if length > 64 * 1024 * 1024:
        raise EOFError
    return _exactly(answers, length)


def _exactly(answers: IO[bytes], count: int) -> bytes:
    data = answers.read(count)
    if len(data) < count:
        raise EOFError
    return data

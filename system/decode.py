"""Decodes photos in child processes, which stay for the next photo and are replaced if they die."""

from __future__ import annotations

import atexit
import contextlib
import functools
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from domain.words import mark
from system.errors import CannotDecode
from system.program import PIPE, Child, part, start_child

DECODER = Path(__file__).with_name("decoder.py")
SECONDS = 20.0
"""Time limit for one photo."""
START_SECONDS = 60.0
"""Time limit for the start of the child; a virus scanner may check every file that it loads."""
DECODERS = 2
"""Number of child processes: one slow photo does not delay all others."""
PART_LIMIT = 160 * 1024 * 1024
"""Bytes of one part of an answer: the pixels of the largest whole picture fit in."""
READY = b"decoder2"
"""The first output of the child, when it has loaded all that it needs."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The decoder's facts about a photo. `why` is the reason when it is not readable."""

    readable: bool
    why: str = ""
    """`not a picture`, `cut short`, `damaged`, `too large`, `took too long` or `crashed`."""
    width: int | None = None
    """Pixels, after turning the picture as the file's orientation says."""
    height: int | None = None
    captured_at: str = ""
    """Time of capture, ISO 8601 from EXIF, without offset where the camera wrote none; else
    empty."""
    format: str | None = None
    shown_width: int = 0
    """Pixels of a whole picture; smaller than `width` where the photo is very large."""
    shown_height: int = 0


class Decoded(msgspec.Struct, frozen=True):
    """The facts, a preview (up to 1600 pixels), a thumbnail (256) and a small preview (900), JPEG.

    All pictures are empty if it is unreadable. The small preview is coarser, and empty where it
    would be larger than 200 KB.
    """

    facts: Facts
    preview: bytes
    thumbnail: bytes
    small: bytes = b""


class Whole(msgspec.Struct, frozen=True):
    """A whole picture, turned as the file says: its pixels as red, green, blue, 3 bytes each.

    `pixels` is empty if it is unreadable.
    """

    facts: Facts
    pixels: bytes


class Decoder:
    """One child process, used by one thread at a time; `script` is what it runs."""

    def __init__(self, script: Path = DECODER) -> None:
        self._script = script
        self._child: Child | None = None
        self._lock = threading.Lock()

    def decode(self, data: bytes, *, seconds: float = SECONDS) -> Decoded:
        """The facts and previews of a photo; never raises because of its content.

        A child that needs more than `seconds` or dies is ended, and the photo is reported as
        unreadable. Raises `CannotDecode` when no child starts.
        """
        facts, pictures = self._answer(data, b"p", 3, seconds)
        return Decoded(facts, *pictures)

    def whole(self, data: bytes, *, seconds: float = SECONDS) -> Whole:
        """The facts and all pixels of a photo, in the same way."""
        facts, pictures = self._answer(data, b"w", 1, seconds)
        return Whole(facts, *pictures)

    def _answer(
        self, data: bytes, wanted: bytes, count: int, seconds: float
    ) -> tuple[Facts, list[bytes]]:
        with self._lock:
            child = self._running()
            late = threading.Event()

            def give_up() -> None:
                late.set()
                child.kill()

            alarm = threading.Timer(seconds, give_up)
            alarm.start()
            try:
                return _ask(child, data, wanted, count)
            except (OSError, EOFError, msgspec.MsgspecError):
                self._end()
                why = "took too long" if late.is_set() else "crashed"
                return Facts(readable=False, why=why), [b""] * count
            finally:
                alarm.cancel()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _running(self) -> Child:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = _start(self._script)
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    # the rest of the data for a dead child is not needed
                    with contextlib.suppress(OSError):
                        stream.close()
            self._child.kill()
            self._child.wait()
            self._child = None


class Decoders:
    """A few child processes for any number of threads; each starts when it is first needed."""

    def __init__(self, count: int = DECODERS, script: Path = DECODER) -> None:
        self._all = tuple(Decoder(script) for _ in range(count))
        self._idle: queue.LifoQueue[Decoder] = queue.LifoQueue()
        for decoder in self._all:
            self._idle.put(decoder)

    def decode(self, data: bytes, *, seconds: float = SECONDS) -> Decoded:
        """As `Decoder.decode`, by an idle child; waits for one if there is none."""
        with self._one() as decoder:
            return decoder.decode(data, seconds=seconds)

    def whole(self, data: bytes, *, seconds: float = SECONDS) -> Whole:
        """As `Decoder.whole`, in the same way."""
        with self._one() as decoder:
            return decoder.whole(data, seconds=seconds)

    def close(self) -> None:
        """End the children."""
        for decoder in self._all:
            decoder.close()

    @contextlib.contextmanager
    def _one(self) -> Iterator[Decoder]:
        decoder = self._idle.get()
        try:
            yield decoder
        finally:
            self._idle.put(decoder)


@functools.cache
def shared_decoders() -> Decoders:
    """The decoders of this program, for all folders that it opens. They end with the program."""
    made = Decoders()
    atexit.register(made.close)
    return made


def _ask(child: Child, data: bytes, wanted: bytes, count: int) -> tuple[Facts, list[bytes]]:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(wanted + len(data).to_bytes(8, "big"))
    child.stdin.write(data)
    child.stdin.flush()
    facts = msgspec.json.decode(_part(child.stdout), type=Facts)
    return facts, [_part(child.stdout) for _ in range(count)]


def _start(script: Path) -> Child:
    """Start a child and wait until it is ready. Raises `CannotDecode`."""
    try:
        command = part("decoder", script)
        child = start_child(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, bare=True)
    except OSError as error:
        raise _cannot_start(error.strerror or str(error)) from error
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    alarm = threading.Timer(START_SECONDS, child.kill)
    alarm.start()
    try:
        if child.stdout.read(len(READY)) == READY:
            return child
        child.kill()
        messages = child.stderr.read().decode("utf-8", "replace").split("\n")
        status = child.wait()
    finally:
        alarm.cancel()
        child.stderr.close()
    child.stdin.close()
    child.stdout.close()
    # No photo has been sent yet, so this text contains only names of modules and program files.
    cause = next((line.strip() for line in reversed(messages) if line.strip()), "")
    raise _cannot_start(cause or f"it ended with status {status}")


def _cannot_start(cause: str) -> CannotDecode:
    return CannotDecode(
        mark("the program that reads pictures cannot be started: {cause}"),
        hint=mark(
            "The picture is not the cause. Check whether a virus scanner blocks the "
            "program, or install it again."
        ),
        cause=cause.rstrip("."),
    )


def _part(answers: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(answers, 8), "big")
    if length > PART_LIMIT:
        raise EOFError
    return _exactly(answers, length)


def _exactly(answers: IO[bytes], count: int) -> bytes:
    data = answers.read(count)
    if len(data) < count:
        raise EOFError
    return data

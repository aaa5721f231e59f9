"""A courier: a connected workstation brings bundles from a stick to the hub, and carries the hub's
answers back on it. It cannot read the bundles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from acts.hub.join_hub import EnrolledHub
from domain.errors import TidewaiterError
from domain.words import mark
from storage import exports
from storage.workstation import Workstation
from sync.errors import HubRefused
from sync.http.bundles import bring_bundle
from sync.http.meet import with_token
from sync.stick.answers import put_answer, read_before, take_own_answer
from sync.wire.age import FIRST_LINE, expect_age
from sync.wire.courier import BundleAnswer
from sync.wire.errors import AcknowledgementRefused, BundleRefused
from sync.wire.stick import bundles_on, device_in
from system.stick import as_stick, digest_of

Shown = Callable[[Path, int, int], None]
"""Called with the file, the bytes that are at the hub and its size."""


@dataclass(frozen=True)
class Carried:
    """What came of one bundle: the hub's answer, or why there is none."""

    path: Path
    answer: BundleAnswer | None
    problem: TidewaiterError | None = None

    @property
    def complete(self) -> bool:
        """Whether the hub took everything in it."""
        return self.answer is not None and self.answer.complete


def to_carry(ws: Workstation, path: Path) -> tuple[Path, ...]:
    """The bundles on the stick, or the bundle `path`, that the hub has not read yet by the answers
    on the stick and by what this workstation knows. Raises `StickFailed`.
    """
    with as_stick(path):
        files = bundles_on(path) if path.is_dir() else (path,)
    return tuple(file for file in files if not _is_read(ws, file))


def _is_read(ws: Workstation, file: Path) -> bool:
    device = device_in(file)
    if device is None:
        return False
    bundle = file.name.removeprefix(f"tidewaiter-{device}-").removesuffix(".age")
    if device == ws.device and exports.is_known(ws.db, bundle):
        return not exports.still_waits(ws.db, bundle)
    return bundle in read_before(ws, file.parent, device)


def carry(
    ws: Workstation, path: Path, *, hub: EnrolledHub, shown: Shown = lambda *_: None
) -> Carried:
    """Bring the bundle to the hub over the network, and put the hub's answer on its stick.

    `hub` has proved its key. A file that is no bundle is not sent, and one that the hub refuses is
    `Carried` with the reason. Raises `NoLink` and the other errors
    of the link, after which the same call goes on where it was cut, and `StickFailed`.
    """
    with as_stick(path):
        with path.open("rb") as file:
            start = file.read(len(FIRST_LINE))
        size, sha256 = path.stat().st_size, digest_of(path)
    try:
        expect_age(start)
    except BundleRefused as error:
        return Carried(path, None, error)
    with with_token(hub) as http, as_stick(path):
        try:
            answer = bring_bundle(http, path, sha256, lambda at: shown(path, at, size))
        except HubRefused as error:
            return Carried(path, None, error)
    try:
        put_answer(ws, path.parent, answer.device, answer.answer.encode())
        if answer.device == ws.device:
            take_own_answer(ws, path.parent)
    except TidewaiterError as error:
        return Carried(path, answer, error)
    if answer.complete:
        return Carried(path, answer)
    why = answer.problem or mark("a part of it is missing, or was refused")
    return Carried(path, answer, AcknowledgementRefused(why))

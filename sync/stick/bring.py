"""Takes everything that a stick brings to a workstation, and carries the bundles of others on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from acts.errors import OldAnswer
from acts.hub.join_hub import EnrolledHub, enrolled_hub
from domain.changes import joined
from domain.errors import TidewaiterError
from domain.ids import PackHash
from domain.statement import Acknowledgement
from storage import journal
from storage.workstation import Workstation
from sync.errors import NoLink, SyncError
from sync.feed import FeedOutcome, take_feed
from sync.http.carrier import HttpCarrier
from sync.http.meet import proven
from sync.stick.answers import take_answer_file, take_own_answer
from sync.stick.courier import Carried, Shown, carry, to_carry
from sync.stick.feed import take_feed_from
from sync.wire.enrolment import OfferedPack
from sync.wire.errors import WireError
from sync.wire.feed import FeedItem, FeedPage, read_feed
from sync.wire.feed_files import put_feed
from system.errors import StickFailed
from system.stick import expect_file_or_folder, flush_disk


@dataclass
class ImportOutcome:
    """What came of a stick."""

    answer: Acknowledgement | None = None
    """The hub's answer for this workstation, when it was taken."""
    lacking: int = 0
    """Branch ends of this workstation that the hub has and this folder does not."""
    passed_over: TidewaiterError | None = None
    """Why the answer on the stick was not taken: it is old, or is not the hub's."""
    feed: FeedOutcome = field(default_factory=FeedOutcome)
    carried: Sequence[Carried] = ()
    waiting: Sequence[Path] = ()
    """Bundles that are not at the hub yet: there is no link."""
    no_link: TidewaiterError | None = None
    feed_is_there: bool = False
    """Whether the hub's feed was put on the stick, for posts without a link."""

    @property
    def nothing(self) -> bool:
        """Whether there was nothing on it for this workstation, and nothing to bring to the hub."""
        found = self.answer or self.passed_over or self.feed.items or self.feed.problems
        return not (found or self.carried or self.waiting)

    @property
    def complete(self) -> bool:
        """Whether everything on the stick reached its goal."""
        carried = all(bundle.complete and not bundle.problem for bundle in self.carried)
        old = self.passed_over is None or isinstance(self.passed_over, OldAnswer)
        here = not self.lacking and not self.waiting
        return carried and old and here and not self.feed.problems


def import_stick(
    ws: Workstation,
    path: Path,
    *,
    url: str = "",
    shown: Shown = lambda *_: None,
    trying: Callable[[SyncError], bool] = lambda _: False,
) -> ImportOutcome:
    """Take the hub's answer and feed from the folder `path`, then bring the bundles on it to the
    hub and put its answers and feed on the stick. `path` may also be one bundle or one answer.

    `trying` is asked after an error of the link whether to try again, and may wait before it
    answers. Raises `StickFailed` when the stick cannot be read, and `NotFound` when this
    workstation is not enrolled.
    """
    outcome = ImportOutcome()
    hub = enrolled_hub(ws).at(url)
    expect_file_or_folder(path)
    if path.suffix == ".json":
        _answer(ws, outcome, lambda: take_answer_file(ws, path))
        return outcome
    if path.is_dir():
        _answer(ws, outcome, lambda: take_own_answer(ws, path))
        outcome.feed = take_feed_from(ws, path)
    waiting = to_carry(ws, path)
    carried: dict[Path, Carried] = {}
    while waiting and outcome.no_link is None:
        try:
            hub = proven(hub)
            for file in waiting:
                if file not in carried:
                    carried[file] = carry(ws, file, hub=hub, shown=shown)
            break
        except SyncError as error:
            if not trying(error):
                outcome.no_link = error
    outcome.carried = tuple(carried.values())
    outcome.waiting = tuple(file for file in waiting if file not in carried)
    if carried and outcome.no_link is None:
        _bring_feed(ws, path if path.is_dir() else path.parent, hub, outcome)
    elif outcome.nothing and path.is_dir():
        # an empty stick is one for a post that has nothing to send; without a link it stays empty
        with suppress(NoLink):
            _bring_feed(ws, path, proven(hub), outcome)
        problems = outcome.feed.problems
        problems[:] = [error for error in problems if not isinstance(error, NoLink)]
    return outcome


def _answer(
    ws: Workstation, outcome: ImportOutcome, take: Callable[[], Acknowledgement | None]
) -> None:
    try:
        outcome.answer = take()
        tips = outcome.answer.tips if outcome.answer else ()
        outcome.lacking = sum(not journal.holds(ws.db, tip.hash) for tip in tips)
    except (OldAnswer, WireError) as error:
        outcome.passed_over = error


def _bring_feed(ws: Workstation, folder: Path, hub: EnrolledHub, outcome: ImportOutcome) -> None:
    """Take the feed over the network, and put it on the stick for the posts it goes back to."""
    carrier = HttpCarrier(hub, ws.device)

    def pack_of(item: FeedItem) -> bytes:
        sha256 = PackHash(item.sha256.raw)
        return carrier.pack(OfferedPack(id=item.name, version=item.version, sha256=sha256))

    def page_after(after: int) -> tuple[bytes, FeedPage]:
        data = carrier.feed_bytes(after, for_all=True)
        return data, read_feed(data, hub.key, hub.id)

    try:
        done = take_feed(ws, carrier)
        outcome.feed.items += done.items
        outcome.feed.changes = joined((outcome.feed.changes, done.changes))
        outcome.feed.problems += done.problems
        put_feed(folder, page_after, pack_of)
        flush_disk(folder)
        outcome.feed_is_there = True
    except (SyncError, WireError, StickFailed) as error:
        outcome.feed.problems.append(error)
    finally:
        carrier.close()

"""The photos of a run: which are asked about, which are sent, and which the hub signed for.

A photo of which the hub cannot hold a byte is sent without a question. The others are asked about
in one question, beside the entries. A photo that cannot be sent does not stop the others.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from itertools import islice

from domain.errors import TidewaiterError
from domain.given_settings import CHECKED
from domain.ids import PhotoHash
from domain.statement import Acknowledgement
from domain.words import mark
from storage import hub_memory, hub_photos
from storage.errors import NotFound
from storage.hub_memory import HubFact
from storage.in_force import in_force
from sync.context import RunContext
from sync.errors import HubFailed, HubRefused, HubUnintelligible, ItemRefused, NoLink, TooLarge
from sync.plan import PHOTOS_ASKED_AT_ONCE, PHOTOS_SENT_AT_ONCE, TRIES_OF_ONE, lanes_for
from sync.previews import Previews
from system.database import transaction
from system.errors import MachineError

NOTED_AT_ONCE = 16
"""Photos that one transaction notes as begun."""
ASKED_AFTER = 15.0
"""Seconds after which the hub is asked to sign for what was sent, also when there is more."""


class PhotoLanes:
    """Each photo that waits is in one of the collections of this object."""

    def __init__(self, run: RunContext, allowed: Callable[[], bool]) -> None:
        self._run, self._allowed = run, allowed
        self._previews = Previews(run)
        self._taken_up: set[PhotoHash] = set()
        """All photos of this run that the hub has not signed for."""
        self._unclear: list[PhotoHash] = []
        """To be asked about before anything is sent."""
        self._next: deque[PhotoHash] = deque()
        """To be sent, the smallest first."""
        self._cut: deque[PhotoHash] = deque()
        """Sent in part when the link was cut; they go on first."""
        self._sent_afresh: set[PhotoHash] = set()
        """Begun at their first byte in this run."""
        self._going: set[PhotoHash] = set()
        self._finding: set[PhotoHash] = set()
        """On their way, and the hub has not yet answered where they go on."""
        self._sent: list[PhotoHash] = []
        """Sent whole; the hub has not signed yet."""
        self._too_large: Counter[PhotoHash] = Counter()
        """How often a proxy refused the smallest piece of a photo."""
        self._sent_since = 0.0
        self._since: float | None = None
        """When the first photo began."""
        self._begun: set[PhotoHash] = set()
        """The hub may hold a part of these."""
        self._noted: set[PhotoHash] = set()
        """Those of which the workstation knows that too, after a crash."""
        self._sizes: dict[PhotoHash, int] = {}
        self._offsets: dict[PhotoHash, int] = {}
        self._check: tuple[PhotoHash, ...] | None = None
        """Held photos for the spot check of this run; None before the first question."""
        self._asking = False
        self._may_go = True
        """Whether photos may go now; lanes read it in the middle of a photo."""

    @property
    def waits(self) -> bool:
        """Whether a photo is still to be asked about, to be sent, or to be signed for."""
        lists = (self._unclear, self._going, self._sent, self._check)
        return self._asking or any(lists) or (self._is_left and self._allowed())

    @property
    def _is_left(self) -> bool:
        """Whether a photo or a preview is to be sent."""
        return bool(self._next or self._cut or self._previews.waits)

    @property
    def bytes_arrived(self) -> tuple[int, int]:
        """Bytes of photos that arrived in this run, of how many."""
        return sum(self._offsets.values()), sum(self._sizes.values())

    def look(self) -> None:
        """Take up the photos that wait; call it at the start and when others may wait."""
        db, photos = self._run.ws.db, self._run.ws.photos
        begun = hub_photos.begun_photos(db)
        for name in hub_memory.waiting_photos(db):
            if name in self._taken_up:
                continue
            self._taken_up.add(name)
            size = photos.size(name)
            self._sizes[name] = size or 0
            if name in begun:
                self._begun.add(name)
                self._noted.add(name)
            if size is None or name in begun:
                self._unclear.append(name)
            else:
                self._next.append(name)
                self._previews.add(name, size)
        self._arrange()
        if self._check is None:
            self._check = self._spot_check()

    def ask(self) -> None:
        """Ask about photos, when there are some to ask about and no question is on its way."""
        if self._asking:
            return
        sent = tuple(self._sent) if self._is_time_to_ask() else ()
        asked = (sent + tuple(self._unclear))[:PHOTOS_ASKED_AT_ONCE]
        check = (self._check or ())[: PHOTOS_ASKED_AT_ONCE - len(asked)]
        if not asked and not check:
            return
        self._asking = True
        losses = self._run.losses

        def answered(statement: Acknowledgement) -> None:
            self._asking = False
            held = {photo.hash for photo in statement.photos}
            if check:
                self._note_check()
            for name in asked:
                self._answered(name, is_held=name in held)
            self._arrange()

        self._run.ask(
            lambda: self._run.carrier.photos(asked + check, losses),
            answered,
            self._not_answered,
            asked + check,
        )

    def begin(self) -> None:
        """Send as many photos at the same time as there are lanes, where they may go now."""
        self._may_go = self._allowed()
        if not self._may_go:
            return
        if self._previews.waits and self._run.protocol is None:
            return  # the first statement says whether the hub takes previews
        lanes = self._lanes()
        self._previews.begin(lanes - len(self._going))
        if self._previews.waits:
            return
        while len(self._going) < lanes and (self._cut or self._next):
            # one lane at a time asks where to go on; the others need no answer for a fresh photo
            if self._cut and not (self._next and self._finding):
                self._begin(self._cut.popleft())
            else:
                self._note_begun()
                self._begin(self._next.popleft())

    def _lanes(self) -> int:
        now = self._run.lanes.now()
        if self._since is None:
            self._since = now
        return lanes_for(sum(self._offsets.values()), now - self._since)

    def _begin(self, name: PhotoHash) -> None:
        try:
            data = self._run.ws.photos.original(name)
        except (NotFound, MachineError) as error:
            self._set_aside(name, error)
            return
        self._going.add(name)
        self._sizes[name] = len(data)
        begun = name in self._begun
        self._begun.add(name)
        if begun:
            self._finding.add(name)
        else:
            self._sent_afresh.add(name)
        lanes = self._run.lanes

        def sent() -> None:
            lanes.post(self._run.sign)

        def reached(offset: int) -> None:
            lanes.post(lambda: self._reached(name, offset))

        self._run.start(
            lambda stops: self._run.carrier.send_photo(
                name,
                data,
                begun=begun,
                sent=sent,
                reached=reached,
                cancelled=lambda: stops() or not self._may_go,
            ),
            lambda whole: self._ended(name, whole=whole),
            lambda error: self._failed(name, error),
        )

    def _reached(self, name: PhotoHash, offset: int) -> None:
        """The hub holds so many bytes of the photo."""
        self._finding.discard(name)
        if offset > self._offsets.get(name, 0):
            self._offsets[name] = offset
            self._run.progressed()

    def _ended(self, name: PhotoHash, *, whole: bool) -> None:
        self._leave(name)
        if whole:
            self._reached(name, self._sizes[name])
            if not self._sent:
                self._sent_since = self._run.lanes.now()
            self._sent.append(name)
        else:
            self._cut.append(name)

    def _failed(self, name: PhotoHash, error: TidewaiterError) -> None:
        """After a cut it goes on first; where the hub fails, the others are tried before it."""
        self._leave(name)
        if isinstance(error, NoLink):
            self._cut.append(name)
        elif isinstance(error, HubFailed) or self._goes_again(name, error):
            self._next.append(name)
        elif isinstance(error, HubUnintelligible | HubRefused | MachineError):
            if isinstance(error, ItemRefused):
                self._note_refused(name, error)
            self._set_aside(name, error)
        else:
            raise error

    def _goes_again(self, name: PhotoHash, error: TidewaiterError) -> bool:
        """Whether a refusal for the size, which is not the hub's own, may be a garbled answer."""
        self._too_large[name] += isinstance(error, TooLarge)
        return isinstance(error, TooLarge) and self._too_large[name] < TRIES_OF_ONE

    def _leave(self, name: PhotoHash) -> None:
        self._going.discard(name)
        self._finding.discard(name)

    def _note_refused(self, name: PhotoHash, error: ItemRefused) -> None:
        """No later run sends it by itself; a person may let it be tried again."""
        with transaction(self._run.ws.db):
            hub_memory.refuse_photo(
                self._run.ws.db, name, str(error.values.get("why", "")), self._run.ws.now()
            )

    def _set_aside(self, name: PhotoHash, error: TidewaiterError) -> None:
        """It cannot be sent now; it waits for the next run, and the error names it."""
        number = hub_photos.number_of_photo(self._run.ws.db, name)
        error.about = f"{number} {name.short}".strip()
        self._run.problems.append(error)
        self._sizes.pop(name, None)
        self._offsets.pop(name, None)

    def _answered(self, name: PhotoHash, *, is_held: bool) -> None:
        """Note what the hub signed about a photo that was sent, or was unclear."""
        if name in self._sent:
            self._sent.remove(name)
            if not is_held and name not in self._sent_afresh:
                # the hub took an upload for whole whose bytes it lost since
                self._begun.discard(name)
                self._next.append(name)
            elif not is_held:
                self._set_aside(name, _not_signed_for(name))
        else:
            self._unclear.remove(name)
            if not is_held:
                self._next.append(name)
        if is_held:
            self._taken_up.discard(name)
            self._reached(name, self._sizes[name])

    def _not_answered(self, error: TidewaiterError) -> None:
        self._asking = False
        if not isinstance(error, NoLink | HubFailed):
            raise error

    def _is_time_to_ask(self) -> bool:
        """Not after each photo: one question about many costs the link less."""
        since = self._run.lanes.now() - self._sent_since
        return (
            len(self._sent) >= PHOTOS_SENT_AT_ONCE
            or since >= ASKED_AFTER
            or not (self._going or (self._is_left and self._allowed()))
        )

    def _arrange(self) -> None:
        self._next = deque(sorted(self._next, key=lambda name: self._sizes.get(name, 0)))

    def _note_begun(self) -> None:
        """Store durably that the next photos are begun, before their first byte is sent."""
        fresh = [name for name in islice(self._next, NOTED_AT_ONCE) if name not in self._noted]
        if self._next[0] in self._noted:
            return
        with transaction(self._run.ws.db):
            hub_memory.note_begun(self._run.ws.db, fresh)
        self._noted.update(fresh)

    def _spot_check(self) -> tuple[PhotoHash, ...]:
        """Once a day the hub is asked about some of the photos that it signed for."""
        db, today = self._run.ws.db, self._run.ws.now().local_date.isoformat()
        if hub_memory.remembered(db, HubFact.CHECKED_ON) == today.encode():
            return ()
        return hub_photos.photos_to_check(db, in_force(self._run.ws, CHECKED).value)

    def _note_check(self) -> None:
        db, today = self._run.ws.db, self._run.ws.now().local_date.isoformat()
        self._check = ()
        with transaction(db):
            hub_memory.remember(db, HubFact.CHECKED_ON, today.encode())


def _not_signed_for(photo: PhotoHash) -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub received all bytes of a photo but does not sign for it"),
        about=photo.short,
        hint=mark("The photo waits here; tell the hub's administrator."),
    )

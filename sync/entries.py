"""The lane of entries: brings journal and hub together, before and beside the photos."""

from __future__ import annotations

from collections.abc import Callable

from acts.hub.take_back import take_back
from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.ids import EntryHash
from domain.statement import Acknowledgement, Refusal
from domain.words import in_english, mark
from storage import hub_entries, hub_memory, journal
from sync.context import RunContext
from sync.errors import HubFailed, HubUnintelligible, NoLink, TooLarge
from sync.plan import (
    ENTRIES_AT_ONCE,
    TRIES_OF_ONE,
    FetchEntries,
    NothingToSend,
    SendEntries,
    Step,
    next_step,
)
from system.database import transaction


class EntryLane:
    """One question or batch at a time."""

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._before: Step | None = None
        self._noticed: tuple[EntryHash | None, Acknowledgement | None] | None = None
        self._stuck: EntryHash | None = None
        """The head of the journal when the hub did not take what was sent."""
        self._finished = False
        self._at_once = ENTRIES_AT_ONCE
        """Entries of a batch: fewer after a proxy refused one for its size."""
        self._refused_alone = 0
        """Times in a row that a batch of one entry was refused for its size."""
        self.busy = False
        self.came_back = 0
        """Entries that were missing here and came back from the hub."""

    def begin(self) -> None:
        """Start what is next, if anything is: there may be a new entry, or a new statement."""
        head = journal.head_hash(self._run.ws.db)
        if self._noticed != (head, self._run.statement):
            self._noticed = (head, self._run.statement)
            self._finished = head is not None and head == self._stuck
        if self.busy or self._finished or not self._run.may_ask():
            return
        step = self._next_step()
        if isinstance(step, NothingToSend):
            self._finished = True
        elif step == self._before:
            self._finished, self._stuck = True, head
            self._run.problems.append(_does_not_take())
        elif isinstance(step, FetchEntries):
            self._before = step
            self._fetch(step)
        else:
            self._before = step
            self._send(step)

    def ask(self) -> None:
        """Ask which entries the hub stores."""
        losses = self._run.losses
        self._ask(lambda: self._run.carrier.tips(losses))

    @property
    def waits(self) -> bool:
        """Whether an entry or an answer about entries is still to come."""
        return self.busy or not self._finished

    def _next_step(self) -> Step:
        db, device = self._run.ws.db, self._run.ws.device
        statement = self._run.statement
        named = [tip.hash for tip in statement.tips] if statement else []
        known = [name for name in named if journal.holds(db, name)]
        # finding our own ends costs a look at the whole journal
        is_behind = len(known) < len(named)
        ours = [name for name, _ in journal.tips(db, device)] if is_behind else []
        waiting = hub_entries.waiting_entries(db, device, self._at_once)
        lacking = (journal.entry(db, name) for name in waiting)
        return next_step(ours, named, known, lacking, fetches=self._run.fetches)

    def _send(self, step: SendEntries) -> None:
        losses = self._run.losses

        def taken() -> None:
            self._refused_alone = 0
            if any(hub_memory.is_held(self._run.ws.db, entry.hash) for entry in step.entries):
                self._run.progressed()

        self._ask(lambda: self._run.carrier.send(step.entries, losses), taken)

    def _ask(
        self,
        question: Callable[[], Acknowledgement],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        self.busy = True

        def answered(_: Acknowledgement) -> None:
            self.busy = False
            then()

        self._run.ask(question, answered, self._failed)

    def _fetch(self, step: FetchEntries) -> None:
        """Put our entries from the hub into the journal, then ask again what it stores."""
        self.busy = True

        def came(entries: tuple[Entry, ...]) -> None:
            taken = take_back(self._run.ws, entries)
            self._run.changed(taken)
            self.came_back += len(taken.entries)
            self._run.fetches = bool(taken.entries)
            if taken.entries:
                self._run.progressed()
            else:
                self._run.problems.append(_not_given_out())
            self.ask()

        self._run.start(lambda _: self._run.carrier.fetch(step.held), came, self._failed)

    def _failed(self, error: TidewaiterError) -> None:
        self.busy = False
        step, self._before = self._before, None
        if isinstance(error, TooLarge) and isinstance(step, SendEntries):
            self._at_once = max(1, len(step.entries) // 2)
            self._refused_alone += len(step.entries) == 1
            if self._refused_alone >= TRIES_OF_ONE:
                self._set_aside(step.entries[0], error)
            return
        if not isinstance(error, NoLink | HubFailed):
            raise error

    def _set_aside(self, entry: Entry, error: TooLarge) -> None:
        """It and the entries after it wait for the next run; photos go all the same."""
        db = self._run.ws.db
        self._finished, self._stuck = True, journal.head_hash(db)
        number = hub_entries.number_of_entry(db, entry.hash)
        error.about = f"{number} {entry.hash.short}".strip()
        self._run.problems.append(error)
        with transaction(db):
            refusal = Refusal(entry.hash, in_english(error.what), curable=True)
            hub_memory.refuse(db, refusal, self._run.ws.now())


def _does_not_take() -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub does not accept the next entries of the journal"),
        hint=mark("Everything waits here; tell the hub's administrator."),
    )


def _not_given_out() -> HubUnintelligible:
    return HubUnintelligible(
        mark("the hub lists entries of this workstation but does not return them"),
        hint=mark("Nothing is lost here; tell the hub's administrator."),
    )

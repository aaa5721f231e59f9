"""The error tree, for every room.

TidewaiterError
├── DomainError
│   ├── Malformed            an id, an instant or an amount that cannot be read
│   ├── PackRefused          a checklist that is broken
│   ├── PackUntrusted        a checklist that nobody who is trusted here signed
│   │   ├── PackKeyUnknown   ... and whose key a person here can confirm
│   │   └── PackUnsigned     ... and that nobody signed
│   ├── RecordRefused        an interception with faults
│   └── EntryRefused         a journal entry that cannot be read, is altered or forged
├── system.errors.MachineError ...
│   └── storage.errors.StorageError ...
├── acts.errors.ActError ...
├── papers.errors.PaperError ...
├── sync.errors.SyncError ...
└── hub.errors.HubError ...

Every error says what happened, to which thing, and what to do about it. `main.py` turns the
kind into an exit status; `gui/words.py` turns the error into the officer's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, Self

from domain.fault import Fault, FaultKind
from domain.pack.finding import PackFinding, in_one_sentence
from domain.words import filled, joined, mark


class ErrorKind(Enum):
    """Who can correct the error; the value is the exit status of the command line."""

    PERSON = 2
    MACHINE = 3
    """This computer, its disk, its folders, or the way to the hub."""
    BUG = 4


class WayOut(NamedTuple):
    """What a person does next, where the command line and the desk name different things.

    Both are templates, filled from the values of the error.
    """

    command: str = ""
    """Names a command or an option; English only."""
    desk: str = ""
    """Names a screen and a button."""


class TidewaiterError(Exception):
    """An error with a message for a person.

    `what` and `hint` are templates (marked for translation) filled from `values`;
    `about` names the thing: a file, a number, a field. `way_out` follows the hint: `str()` has the
    words for the command line, the desk takes its own.
    """

    kind = ErrorKind.PERSON

    def __init__(self, what: str, *, about: str = "", hint: str = "", **values: object) -> None:
        self.what = what
        self.about = about
        self.hint = hint
        self.way_out = WayOut()
        self.values = values
        super().__init__(what, about)

    def with_way_out(self, command: str, desk: str) -> Self:
        """This error with a way out in the words of the command line, and in those of the desk."""
        self.way_out = WayOut(command, desk)
        return self

    def __str__(self) -> str:
        texts = (self.what, self.hint, self.way_out.command)
        what, hint, way_out = (filled(text, self.values) for text in texts)
        head = f"{self.about}: {what}" if self.about else what
        return joined(joined(head, hint), way_out)


class DomainError(TidewaiterError):
    """A rule of the domain was broken."""


class Malformed(DomainError):
    """A text that should be an id, an instant or an amount and is not; `fault` says why."""

    def __init__(self, fault: FaultKind, /, *, about: str = "", **values: object) -> None:
        super().__init__(fault.what, about=about, hint=fault.hint, **values)
        self.fault = fault


class PackRefused(DomainError):
    """A pack with faults: `about` is the file, `findings` are all its faults, then its remarks."""

    def __init__(self, file: str, findings: Sequence[PackFinding]) -> None:
        self.findings = tuple(findings)
        self.faults = tuple(found for found in self.findings if not found.warns)
        super().__init__(
            mark("the pack cannot be used: at {list}."),
            about=file,
            hint=mark("Ask headquarters for a corrected pack; drafts keep the pack they have."),
            list=in_one_sentence(self.faults),
        )


class PackUntrusted(DomainError):
    """A pack with a signature that does not hold, or with that of a key that is not trusted."""


class PackKeyUnknown(PackUntrusted):
    """A pack with a good signature by a key that nobody trusts yet; a person can confirm it."""


class PackUnsigned(PackUntrusted):
    """A pack without a signature; a person can take it all the same."""


class RecordRefused(DomainError):
    """An interception that cannot become final; `faults` are all its faults.

    `remarks` are doubts that the officer should check; they do not stop the record.
    """

    def __init__(self, about: str, faults: Sequence[Fault], remarks: Sequence[Fault] = ()) -> None:
        self.faults = tuple(faults)
        self.remarks = tuple(remarks)
        super().__init__(
            mark(
                "{count} to put right before it can be final: {list}",
                "{count} to put right before it can be final: {list}",
            ),
            about=about,
            count=len(self.faults),
            list="; ".join(f"{fault.path}: {fault}" for fault in self.faults),
        )


class EntryRefused(DomainError):
    """A journal entry that cannot be read, or whose hash or signature is wrong."""

    kind = ErrorKind.MACHINE
